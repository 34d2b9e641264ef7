package exercises

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"time"
)

// command is a program to run.
type command struct {
	Path              string
	Args, Env         []string
	Dir               string
	Read, Write, Exec []string
	Stdin             io.Reader
	Time              time.Duration
}

// result is how a run ended.
type result struct {
	ExitCode                int
	Stdout, Stderr, Answers []byte
	TimedOut, OutOfMemory   bool
}

func run(ctx context.Context, c command) (result, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Time)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Env, cmd.Dir, cmd.Stdin = c.Env, c.Dir, c.Stdin
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	r, w, err := os.Pipe()
	if err != nil {
		return result{}, err
	}
	cmd.ExtraFiles = []*os.File{w}
	cmd.Env = append(cmd.Env, "AETUTOR_ANSWERS=3")
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return result{}, errors.Join(err, r.Close(), w.Close())
	}
	_ = w.Close()
	answers, err := io.ReadAll(r)
	if err != nil {
		return result{}, err
	}
	_ = r.Close()
	err = cmd.Wait()
	res := result{Stdout: stdout.Bytes(), Stderr: stderr.Bytes(), Answers: answers, TimedOut: ctx.Err() != nil}
	res.ExitCode = cmd.ProcessState.ExitCode()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) && ctx.Err() == nil {
		return res, err
	}
	return res, nil
}
