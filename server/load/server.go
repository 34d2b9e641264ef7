package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a started server.
type server struct {
	command *exec.Cmd
	address string // of SSH, on 127.0.0.1
	metrics string
}

// start starts the program's server with its state in a directory. It listens at free ports of 127.0.0.1.
func start(ctx context.Context, o options, state string) (*server, error) {
	metrics, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, o.program, "serve", "--listen", "127.0.0.1:0", "--state", state, "--metrics", metrics,
		"--max-per-address", "5000", "--max-new-per-minute", "600000", "--max-sessions", "1000", "--handshake-time", "20s")
	command.Env = append(os.Environ(), "AETUTOR_CACHE="+o.cache)
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(filepath.Join(state, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // The server has a descriptor of its own.
	command.Stderr = log
	if err := command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err != nil || len(words) < 4 {
		return nil, errors.Join(fmt.Errorf("the server does not say where it serves: %q; see %s", line, log.Name()),
			command.Process.Kill(), command.Wait())
	}
	return &server{command, strings.TrimSuffix(words[3], ";"), metrics}, nil
}

// withServer has a phase use a server of its own.
func withServer(phase func(context.Context, *server, options) (figures, error)) func(context.Context, options) (
	figures, error,
) {
	return func(ctx context.Context, o options) (found figures, err error) {
		state, err := os.MkdirTemp("", "aetutor-load-")
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(state)) }()
		s, err := start(ctx, o, state)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, s.stop()) }()
		return phase(ctx, s, o)
	}
}

// stop ends the server as an operator would.
func (s *server) stop() error {
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.command.Wait()
}

// kill ends it at once. That it was killed is no error.
func (s *server) kill() error {
	err := s.command.Process.Kill()
	_ = s.command.Wait()
	return err
}

var residentLine = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+) kB`)

// resident is the memory of the server's process in bytes, on Linux.
func (s *server) resident() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	found := residentLine.FindSubmatch(text)
	if found == nil {
		return 0, errors.New("the system does not tell the memory of a process")
	}
	kilobytes, err := strconv.ParseInt(string(found[1]), 10, 64)
	return kilobytes << 10, err
}

// gauge reads one of the server's metrics.
func (s *server) gauge(ctx context.Context, name string) (float64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+" "); ok {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("there is no metric %s", name)
}

// settled waits until the server has no session and its goroutines no longer become fewer, and returns their number.
func (s *server) settled(ctx context.Context) (goroutines float64, err error) {
	const quiet, most = 5, 120
	same := 0
	for range most {
		now, err := s.gauge(ctx, "go_goroutines")
		if err != nil {
			return 0, err
		}
		if now >= goroutines && goroutines > 0 {
			same++
		} else {
			same = 0
		}
		if goroutines = now; same >= quiet {
			break
		}
		time.Sleep(time.Second / 2)
	}
	return goroutines, nil
}
