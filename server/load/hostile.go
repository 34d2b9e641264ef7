package main

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"

	"golang.org/x/crypto/ssh"
)

// abandon opens connections and leaves them in each phase: before a word, after the version, in the key exchange, with
// an unknown way to authenticate, and before and after a pty. Then it looks whether anything of them stayed.
func abandon(ctx context.Context, s *server, o options) (figures, error) {
	signer, err := newSigner()
	if err != nil {
		return nil, err
	}
	phases := []func(ctx context.Context, address string, signer ssh.Signer) error{
		silent, versionOnly, halfExchange, withoutKey, withoutSession, withoutShell,
	}
	round := func(n int) error {
		for _, phase := range phases {
			if err := parallel(n, 32, func(int) error { return phase(ctx, s.address, signer) }); err != nil {
				return err
			}
		}
		return nil
	}
	// A first round has the server make what stays once.
	if err := round(max(o.abandoned/10, 1)); err != nil {
		return nil, err
	}
	before, err := s.settled(ctx)
	if err != nil {
		return nil, err
	}
	memory, err := s.gauge(ctx, "go_memstats_heap_inuse_bytes")
	if err != nil {
		return nil, err
	}
	if err := round(o.abandoned); err != nil {
		return nil, err
	}
	after, err := s.settled(ctx)
	if err != nil {
		return nil, err
	}
	memoryAfter, err := s.gauge(ctx, "go_memstats_heap_inuse_bytes")
	return figures{
		"abandoned_connections": o.abandoned * len(phases), "abandoned_goroutines_left": after - before,
		"abandoned_heap_growth_bytes": memoryAfter - memory,
	}, err
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: patience}
	return dialer.DialContext(ctx, "tcp", address)
}

func silent(ctx context.Context, address string, _ ssh.Signer) error {
	c, err := dial(ctx, address)
	if err != nil {
		return err
	}
	return c.Close()
}

func versionOnly(ctx context.Context, address string, _ ssh.Signer) error {
	c, err := dial(ctx, address)
	if err != nil {
		return err
	}
	_, err = io.WriteString(c, "SSH-2.0-load\r\n")
	return errors.Join(err, c.Close())
}

// halfExchange begins a key exchange and cuts the connection after a random number of bytes.
func halfExchange(ctx context.Context, address string, signer ssh.Signer) error {
	c, err := dial(ctx, address)
	if err != nil {
		return err
	}
	cut := &cutConn{Conn: c, left: 30 + rand.IntN(1500)}
	_, _, _, err = ssh.NewClientConn(cut, address, clientConfig(signer))
	_ = c.Close() // It may be closed already.
	if err == nil {
		return errors.New("a cut connection was opened")
	}
	return nil
}

// cutConn closes after some bytes were written.
type cutConn struct {
	net.Conn
	left int
}

func (c *cutConn) Write(p []byte) (int, error) {
	if len(p) > c.left {
		_, _ = c.Conn.Write(p[:c.left])
		return 0, errors.Join(io.ErrClosedPipe, c.Close())
	}
	c.left -= len(p)
	return c.Conn.Write(p)
}

func withoutKey(_ context.Context, address string, _ ssh.Signer) error {
	config := clientConfig(nil)
	config.Auth = []ssh.AuthMethod{ssh.Password("x")}
	if _, err := ssh.Dial("tcp", address, config); err == nil {
		return errors.New("the server takes passwords")
	}
	return nil
}

func withoutSession(_ context.Context, address string, signer ssh.Signer) error {
	client, err := ssh.Dial("tcp", address, clientConfig(signer))
	if err != nil {
		return err
	}
	return client.Close()
}

func withoutShell(_ context.Context, address string, signer ssh.Signer) error {
	client, err := ssh.Dial("tcp", address, clientConfig(signer))
	if err != nil {
		return err
	}
	session, err := client.NewSession()
	if err == nil {
		err = session.RequestPty("xterm", rows, columns, ssh.TerminalModes{})
	}
	return errors.Join(err, client.Close())
}
