package plain

import (
	"bufio"
	"io"
)

// input reads lines in a goroutine of its own, because reading a terminal cannot be given up.
type input struct {
	lines chan string // closed at the end
	err   error       // why it ended; set before lines is closed, nil at the end of the input
	stop  chan struct{}
}

func newInput(r io.Reader) *input {
	in := &input{lines: make(chan string), stop: make(chan struct{})}
	go func() {
		defer close(in.lines)
		scanner := bufio.NewScanner(r)
		for scanner.Scan() {
			select {
			case in.lines <- scanner.Text():
			case <-in.stop:
				return
			}
		}
		in.err = scanner.Err()
	}()
	return in
}

// close ends the reading, at the latest with the next line.
func (in *input) close() { close(in.stop) }
