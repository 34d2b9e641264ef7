package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/creack/pty"

	"github.com/charmbracelet/x/vt"
)

const (
	benchColumns, benchRows = 80, 24

	frameStarts = 9                // starts of the program; the median counts
	keyPresses  = 300              // the 99th percentile is the third slowest
	waitLimit   = 30 * time.Second // for anything to come onto the screen
)

// benchScreen starts this program in a terminal of its own and reads the screen as a person does. It measures the time
// from the start of the process to the first whole frame, and, while the lab train works at full speed, the time from a
// key to its answer on the screen.
func benchScreen(ctx context.Context, backend string) ([]figure, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var starts []float64
	for range frameStarts {
		s, err := openScreen(ctx, program, "--backend", backend, "--lesson", "autoencoder")
		if err != nil {
			return nil, err
		}
		took, err := s.until(lastLine, "quit")
		if err := errors.Join(err, s.close()); err != nil {
			return nil, err
		}
		starts = append(starts, milliseconds(took))
	}
	keys, err := benchKeys(ctx, program, backend)
	if err != nil {
		return nil, err
	}
	slices.Sort(starts)
	slices.Sort(keys)
	return []figure{
		{"first_frame_ms", starts[len(starts)/2], fmt.Sprintf("from the start to the first frame, median of %d", len(starts))},
		{"key_p50_ms", keys[len(keys)/2], fmt.Sprintf("from a key to its answer on the screen while a lab trains, median of %d", len(keys))},
		{"key_p99_ms", keys[len(keys)*99/100], "the same, 99th percentile"},
	}, nil
}

// benchKeys turns the learning rate up and down while the lab trains, and waits for each new rate on the screen.
func benchKeys(ctx context.Context, program, backend string) (taken []float64, err error) {
	s, err := openScreen(ctx, program, "--backend", backend, "--lesson", "autoencoder/train-it")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := s.until(lastLine, "open the lab"); err != nil {
		return nil, err
	}
	s.press("\r")
	if _, err := s.until(rate, "1.0e-3"); err != nil {
		return nil, err
	}
	if _, err := s.until(wholeScreen, "0.0"); err != nil { // the first loss
		return nil, err
	}
	for i := range keyPresses {
		key, want := "+", "2.0e-3"
		if i%2 == 1 {
			key, want = "-", "1.0e-3"
		}
		s.press(key)
		took, err := s.until(rate, want)
		if err != nil {
			return nil, err
		}
		taken = append(taken, milliseconds(took))
		// Keys fall at any moment between two frames, as a person's do.
		time.Sleep(time.Duration(20+i*7%31) * time.Millisecond)
	}
	return taken, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// seenScreen is this program in a terminal.
type seenScreen struct {
	terminal *os.File
	cmd      *exec.Cmd
	emulator *vt.Emulator
	chunks   chan []byte
	since    time.Time // the last key, or the start
	ended    chan struct{}
}

// openScreen starts a program in a terminal.
func openScreen(ctx context.Context, program string, args ...string) (*seenScreen, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8")
	s := &seenScreen{cmd: cmd, emulator: vt.NewEmulator(benchColumns, benchRows), chunks: make(chan []byte, 1024), ended: make(chan struct{})}
	s.since = time.Now()
	var err error
	s.terminal, err = pty.StartWithSize(cmd, &pty.Winsize{Cols: benchColumns, Rows: benchRows})
	if err != nil {
		return nil, fmt.Errorf("opening a terminal: %w", err)
	}
	go func() { // Reading the screen must not wait for its evaluation.
		defer close(s.chunks)
		for {
			chunk := make([]byte, 32<<10)
			n, err := s.terminal.Read(chunk)
			if err != nil {
				return
			}
			s.chunks <- chunk[:n]
		}
	}()
	go func() { // The emulator answers the program's questions; unread answers would block it.
		defer close(s.ended)
		answer := make([]byte, 1024)
		for {
			n, err := s.emulator.Read(answer)
			if err != nil {
				return
			}
			if _, err := s.terminal.Write(answer[:n]); err != nil {
				return
			}
		}
	}()
	return s, nil
}

func (s *seenScreen) press(key string) {
	s.since = time.Now()
	// A key that does not arrive has no answer on the screen, which until reports.
	_, _ = s.terminal.WriteString(key)
}

// until waits for a text in a part of the screen and returns the time since the last key or the start.
func (s *seenScreen) until(part func(*seenScreen) string, text string) (time.Duration, error) {
	if err := s.untilThat(func() bool { return strings.Contains(part(s), text) }, waitLimit); err != nil {
		return 0, fmt.Errorf("the screen does not show %q: %w", text, err)
	}
	return time.Since(s.since), nil
}

// untilThat waits until the screen is as is wants it, which looks at it after each of the program's writes.
func (s *seenScreen) untilThat(is func() bool, patience time.Duration) error {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for !is() {
		select {
		case chunk, open := <-s.chunks:
			if !open {
				return errors.New("the program has ended")
			}
			if _, err := s.emulator.Write(chunk); err != nil {
				return err
			}
		case <-limit.C:
			return fmt.Errorf("waited for %v", patience)
		}
	}
	return nil
}

// line is a line of the screen from a column on.
func (s *seenScreen) line(y, from int) string {
	var b strings.Builder
	for x := from; x < s.emulator.Width(); x++ {
		if cell := s.emulator.CellAt(x, y); cell != nil {
			b.WriteString(cell.Content)
		}
	}
	return b.String()
}

// lastLine is the line of keys, which every frame has.
func lastLine(s *seenScreen) string { return s.line(benchRows-1, 0) }

// rate is where the lab train tells its learning rate.
func rate(s *seenScreen) string { return s.line(7, benchColumns-28) }

// wholeScreen is all of it.
func wholeScreen(s *seenScreen) string {
	var b strings.Builder
	for y := range s.emulator.Height() {
		b.WriteString(s.line(y, 0) + "\n")
	}
	return b.String()
}

// close leaves the program as a person does and waits for its end.
func (s *seenScreen) close() error {
	s.press("q")
	return s.wait()
}

// wait waits for the program's end and shows what it still writes.
func (s *seenScreen) wait() error {
	for chunk := range s.chunks {
		if _, err := s.emulator.Write(chunk); err != nil {
			return err
		}
	}
	err := s.cmd.Wait()
	// Closing the emulator itself would race with the goroutine that reads its answers; the end of its pipe ends both.
	if answers, ok := s.emulator.InputPipe().(io.Closer); ok {
		err = errors.Join(err, answers.Close())
	}
	<-s.ended
	return errors.Join(err, s.terminal.Close())
}
