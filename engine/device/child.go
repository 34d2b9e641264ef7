package device

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// What a child process is asked for. Each names the arguments that follow.
const (
	askNVIDIA  = "nvidia"  // none
	askPlugin  = "plugin"  // its path
	askBackend = "backend" // its name
	askInstall = "install" // what, and the directory
)

// recordStart begins the answer in whatever else a child prints, as in JSON text sequences (RFC 7464).
const recordStart = 0x1e

// reply is what a child writes: a value or an error.
type reply struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

// Answer is the child's side of Inspect and Install: it does what the arguments ask for and writes the answer to w. The
// program calls it from the command that Options.Child names. open opens a backend and closes it again.
func Answer(w io.Writer, request []string, open func(name string) (Backend, error)) error {
	var r reply
	value, err := answer(request, open)
	if err == nil {
		r.Value, err = json.Marshal(value)
	}
	if err != nil {
		r.Error = err.Error()
	}
	record, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%c%s\n", recordStart, record)
	return err
}

func answer(request []string, open func(name string) (Backend, error)) (value any, err error) {
	// Foreign code that panics is told as an error with the rest of what can go wrong with it.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v", strings.Join(request, " "), p)
		}
	}()
	switch {
	case len(request) == 1 && request[0] == askNVIDIA:
		return askDriver(), nil
	case len(request) == 2 && request[0] == askPlugin:
		return probePlugin(request[1])
	case len(request) == 2 && request[0] == askBackend:
		return open(request[1])
	case len(request) == 3 && request[0] == askInstall:
		return nil, download(request[1], request[2])
	default:
		return nil, fmt.Errorf("cannot answer %q", request)
	}
}

// childMark is set in the environment of a child, which asks no children of its own: a command that is no program of
// this kind, such as a test binary, would otherwise start itself without end.
const childMark = "AETUTOR_CHILD"

// child starts processes that answer.
type child struct {
	command  []string
	patience time.Duration // 0 waits as long as the context does
	env      []string      // in addition to this process's environment
}

// ask puts a request to a process of its own and decodes the answer into value, which may be nil.
func (c child) ask(ctx context.Context, value any, request ...string) error {
	if len(c.command) == 0 {
		return errors.New("no command is given that could look at native code from a process of its own")
	}
	if os.Getenv(childMark) != "" {
		return errors.New("a process that answers asks no other")
	}
	limited := ctx
	if c.patience > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, c.patience)
		defer cancel()
	}
	args := append(c.command[1:len(c.command):len(c.command)], request...)
	cmd := exec.CommandContext(limited, c.command[0], args...)
	cmd.Env = append(append(os.Environ(), childMark+"=1"), c.env...)
	cmd.WaitDelay = time.Second
	stdout, stderr := tail{keep: 1 << 20}, tail{keep: 1 << 18}
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	ended := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return fmt.Errorf("no answer within %v", c.patience)
	}
	at := bytes.LastIndexByte(stdout.bytes, recordStart)
	var r reply
	if at < 0 || json.NewDecoder(bytes.NewReader(stdout.bytes[at+1:])).Decode(&r) != nil {
		return silent(ended, lastWords(string(stderr.bytes)))
	}
	switch {
	case r.Error != "":
		return errors.New(r.Error)
	case value == nil:
		return nil
	}
	return json.Unmarshal(r.Value, value)
}

// silent is the error of a process that ended without an answer.
func silent(ended error, words string) error {
	end := "without an answer"
	if ended != nil {
		end = "with " + ended.Error()
	}
	if words != "" {
		return fmt.Errorf("the process ended %s; its last words: %s", end, words)
	}
	return fmt.Errorf("the process ended %s", end)
}

// lastWords is the end of what a process told on standard error, on one line, without the registers and stacks that the
// Go runtime adds when native code aborts.
func lastWords(text string) string {
	for _, dump := range []string{"\nPC=", "\ngoroutine "} {
		text, _, _ = strings.Cut(text, dump)
	}
	words := strings.Join(strings.Fields(text), " ")
	const most = 500
	return strings.ToValidUTF8(words[max(0, len(words)-most):], "")
}

// tail keeps the end of what is written to it, because nothing bounds what native code prints.
type tail struct {
	keep  int
	bytes []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.bytes = append(t.bytes, p...)
	if extra := len(t.bytes) - t.keep; extra > 0 {
		t.bytes = append(t.bytes[:0], t.bytes[extra:]...)
	}
	return len(p), nil
}
