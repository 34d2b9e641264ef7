package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	waitLimit = 3 * time.Minute // for any text to come onto the screen; a lab may have to train first
	frameGap  = 5 * time.Millisecond
)

// terminal is a program in an emulated terminal.
type terminal struct {
	cmd    *exec.Cmd
	file   *os.File
	screen *vt.Emulator
	output chan []byte // closed when the program has ended
}

// open starts a program in a terminal, with variables added to its environment.
func open(ctx context.Context, width, height int, program string, args, env []string) (*terminal, error) {
	t := &terminal{
		cmd:    exec.CommandContext(ctx, program, args...),
		screen: vt.NewEmulator(width, height), output: make(chan []byte, 1024),
	}
	t.screen.SetDefaultBackgroundColor(background())
	t.screen.SetDefaultForegroundColor(foreground())
	t.cmd.Env = slices.Concat(os.Environ(), []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "NO_COLOR="}, env)
	var err error
	if t.file, err = pty.StartWithSize(t.cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		return nil, fmt.Errorf("opening a terminal: %w", err)
	}
	go func() { // Reading must not wait for the emulator, nor the program for its reader.
		defer close(t.output)
		for {
			chunk := make([]byte, 32<<10)
			n, err := t.file.Read(chunk)
			if err != nil {
				return
			}
			t.output <- chunk[:n]
		}
	}()
	go func() { // The emulator's answers to the program's questions, which would block it if nobody read them.
		answer := make([]byte, 1024)
		for {
			n, err := t.screen.Read(answer)
			if err != nil {
				return
			}
			if _, err := t.file.Write(answer[:n]); err != nil {
				return
			}
		}
	}()
	return t, nil
}

func (t *terminal) press(keys string) error {
	_, err := t.file.WriteString(keys)
	return err
}

// until waits until a text, given as a regular expression, is on the screen or is not.
func (t *terminal) until(text string, there bool) error {
	pattern, err := regexp.Compile(text)
	if err != nil {
		return err
	}
	limit := time.After(waitLimit)
	for pattern.MatchString(t.text()) != there {
		select {
		case chunk, more := <-t.output:
			if !more {
				return fmt.Errorf("the program ended before its screen showed %q (%v):\n%s", text, there, t.text())
			}
			if _, err := t.screen.Write(chunk); err != nil {
				return err
			}
		case <-limit:
			return fmt.Errorf("waited %v for the screen to show %q (%v):\n%s", waitLimit, text, there, t.text())
		}
	}
	return nil
}

// settle waits for the end of a frame: the program writes each at once, and the next one comes later than frameGap.
func (t *terminal) settle() error {
	for {
		select {
		case chunk, more := <-t.output:
			if !more {
				return errors.New("the program ended before its picture was taken")
			}
			if _, err := t.screen.Write(chunk); err != nil {
				return err
			}
		case <-time.After(frameGap):
			return nil
		}
	}
}

// text is what the screen shows, without colours.
func (t *terminal) text() string {
	var b strings.Builder
	for y := range t.screen.Height() {
		for x := range t.screen.Width() {
			if cell := t.screen.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// close ends the program: what it was doing is of no use once its picture is taken.
func (t *terminal) close() error {
	// It fails only when the program has ended.
	_ = t.cmd.Process.Kill()
	for range t.output {
		continue // What it still writes is not shown.
	}
	var killed *exec.ExitError
	if err := t.cmd.Wait(); err != nil && !errors.As(err, &killed) {
		return err
	}
	return t.file.Close()
}
