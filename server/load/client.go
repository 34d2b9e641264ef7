package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// The size of a learner's screen.
const columns, rows = 100, 30

// patience is how long a client waits for an answer before it counts as dropped.
const patience = 30 * time.Second

func freePort(ctx context.Context) (string, error) {
	var listening net.ListenConfig
	l, err := listening.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func newSigner() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return ssh.NewSignerFromKey(private)
}

func clientConfig(signer ssh.Signer) *ssh.ClientConfig {
	return &ssh.ClientConfig{
		User: "load", Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, Timeout: patience,
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // The server is one that this program started itself.
	}
}

// runCommand runs a command of the server and returns what it printed.
func runCommand(address string, signer ssh.Signer, command, input string) (string, error) {
	client, err := ssh.Dial("tcp", address, clientConfig(signer))
	if err != nil {
		return "", err
	}
	session, err := client.NewSession()
	if err != nil {
		return "", errors.Join(err, client.Close())
	}
	session.Stdin = strings.NewReader(input)
	out, err := session.CombinedOutput(command)
	_ = client.Close() // The session is over.
	return string(out), err
}

// learner is a client with a pty.
type learner struct {
	client *ssh.Client
	keys   io.Writer
	output chan struct{} // holds a token once something was drawn
	gone   atomic.Bool
}

// visit opens a page of the workshop as a known learner.
func visit(address string, signer ssh.Signer, page string) (*learner, error) {
	client, err := ssh.Dial("tcp", address, clientConfig(signer))
	if err != nil {
		return nil, err
	}
	session, err := client.NewSession()
	if err != nil {
		return nil, errors.Join(err, client.Close())
	}
	l := &learner{client: client, output: make(chan struct{}, 1)}
	out, err := session.StdoutPipe()
	if err == nil {
		l.keys, err = session.StdinPipe()
	}
	if err == nil {
		err = session.RequestPty("xterm-256color", rows, columns, ssh.TerminalModes{})
	}
	if err == nil {
		err = session.Start("open " + page)
	}
	if err != nil {
		return nil, errors.Join(err, client.Close())
	}
	go func() {
		buffer := make([]byte, 32<<10)
		for {
			if _, err := out.Read(buffer); err != nil {
				l.gone.Store(true)
				close(l.output)
				return
			}
			select {
			case l.output <- struct{}{}:
			default:
			}
		}
	}()
	return l, l.wait()
}

var errDropped = errors.New("the session was dropped")

// wait waits until something is drawn.
func (l *learner) wait() error {
	select {
	case _, open := <-l.output:
		if !open {
			return errDropped
		}
		return nil
	case <-time.After(patience):
		return errDropped
	}
}

// press presses a key and returns how long it took until something was drawn.
func (l *learner) press(key string) (time.Duration, error) {
	select { // What was drawn before is no answer.
	case <-l.output:
	default:
	}
	start := time.Now()
	if _, err := io.WriteString(l.keys, key); err != nil {
		return 0, err
	}
	err := l.wait()
	return time.Since(start), err
}

func (l *learner) leave() { _ = l.client.Close() }
