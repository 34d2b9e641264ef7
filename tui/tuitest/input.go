package tuitest

import (
	"io"
	"sync"
)

// input is what the terminal sends to the program. Writing never blocks, however slowly the program reads: otherwise
// the program, while it draws, could wait for a terminal that waits for the program to read its answer.
type input struct {
	mu      sync.Mutex
	arrived sync.Cond
	bytes   []byte
	reads   int // begun so far
	closed  bool
}

func newInput() *input {
	in := &input{}
	in.arrived.L = &in.mu
	return in
}

// Write implements io.Writer.
func (in *input) Write(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.bytes = append(in.bytes, p...)
	in.arrived.Broadcast()
	return len(p), nil
}

// Read implements io.Reader. It waits for a byte, or until another Read begins: of two the first was given up. That of a
// file would be cut short then.
func (in *input) Read(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.reads++
	own := in.reads
	in.arrived.Broadcast()
	for len(in.bytes) == 0 && !in.closed && in.reads == own {
		in.arrived.Wait()
	}
	if len(in.bytes) == 0 || in.reads != own {
		return 0, io.EOF
	}
	n := copy(p, in.bytes)
	in.bytes = in.bytes[n:]
	return n, nil
}

// Close implements io.Closer.
func (in *input) Close() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
	in.arrived.Broadcast()
	return nil
}
