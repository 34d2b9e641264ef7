package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"golang.org/x/crypto/ssh"
)

// crash kills the server at random moments while a learner reads, again and again, and looks whether all that it had
// told as done is there after the next start.
func crash(ctx context.Context, o options) (found figures, err error) {
	state, err := os.MkdirTemp("", "aetutor-load-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(state)) }()
	var told member
	var signer ssh.Signer
	lost, facts := 0, 0
	for n := range o.crashes + 1 {
		s, err := start(ctx, o, state)
		if err != nil {
			return nil, err
		}
		if told.Name != "" {
			kept, err := memberOf(s.address, signer)
			if err != nil || kept.Name != told.Name || kept.Pages < told.Pages {
				lost++
			}
		}
		if n == o.crashes {
			return figures{"crashes": n, "crash_facts": facts, "crash_lost": lost}, s.stop()
		}
		if signer, err = newSigner(); err != nil {
			return nil, errors.Join(err, s.kill())
		}
		killed := time.AfterFunc(time.Duration(50+rand.IntN(700))*time.Millisecond, func() { _ = s.command.Process.Kill() })
		told = readUntilKilled(s.address, signer, fmt.Sprint("reader ", n))
		if told.Name != "" {
			facts += 1 + told.Pages
		}
		killed.Stop()
		_ = s.kill()
		if ctx.Err() != nil {
			return nil, fmt.Errorf("given up after %d crashes: %w", n, ctx.Err())
		}
	}
	return nil, nil
}

// readUntilKilled joins as a learner and turns pages until the server is gone. It returns the last that the server told
// of the learner.
func readUntilKilled(address string, signer ssh.Signer, name string) (told member) {
	if _, err := runCommand(address, signer, "join "+name, ""); err != nil {
		return member{}
	}
	told.Name = name
	l, err := visit(address, signer, "representations")
	if err != nil {
		return told
	}
	defer l.leave()
	for {
		if _, err := l.press("n"); err != nil {
			return told
		}
		now, err := memberOf(address, signer)
		if err != nil {
			return told
		}
		told = now
	}
}
