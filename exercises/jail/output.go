package jail

import (
	"errors"
	"io"
	"os"
	"time"
)

// lastWords is how long the output of a program that has ended may still take to arrive. Only a process that escaped
// could keep a channel open for longer.
const lastWords = 200 * time.Millisecond

// channel is one pipe from the program, read in the background up to a limit.
type channel struct {
	read, write *os.File
	kept        []byte
	failed      error
	done        chan struct{}
}

func newChannel() (*channel, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	return &channel{read: r, write: w, done: make(chan struct{})}, nil
}

// collect reads to the end of the pipe. It calls exceeded once when more than limit bytes came.
func (c *channel) collect(limit int64, exceeded func()) {
	defer close(c.done)
	kept, err := io.ReadAll(io.LimitReader(c.read, limit))
	c.kept = kept
	if err == nil {
		var more int
		if more, err = io.ReadFull(c.read, make([]byte, 1)); more > 0 {
			exceeded()
			_, err = io.Copy(io.Discard, c.read)
		}
	}
	if !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.failed = err
	}
}

// finish waits for what is still in the pipe of a program that has ended, and closes it.
func (c *channel) finish() error {
	// Where the system has no deadlines for pipes, the pipe ends with the program.
	if err := c.read.SetReadDeadline(time.Now().Add(lastWords)); err != nil && !errors.Is(err, os.ErrNoDeadline) {
		return err
	}
	<-c.done
	return errors.Join(c.failed, c.read.Close())
}
