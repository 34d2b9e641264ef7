package server

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// silent is the input of a program that is told by messages what is typed: nothing comes until ctx ends.
type silent struct{ ctx context.Context }

// Read implements io.Reader.
func (s silent) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, io.EOF
}

// maxPasted is how many bytes may come of which nothing can be made yet, as of a text that is pasted or of a control
// sequence. What is not whole is looked at again with all that comes, which takes the square of its length.
const maxPasted = 256 << 10

// errLong is what a learner hears who sends more.
var errLong = refusal{fmt.Sprintf("More than %d KB came in one piece, so the session was closed. What you did before "+
	"is kept.", maxPasted>>10)}

// pieces is what comes from a client.
type pieces struct {
	client io.Reader
	length atomic.Int64 // bytes of the piece that is not whole
}

// Read implements io.Reader.
func (p *pieces) Read(b []byte) (int, error) {
	n, err := p.client.Read(b)
	if p.length.Add(int64(n)) > maxPasted {
		return 0, errLong
	}
	return n, err
}

// decode gives a program what comes from a client, and returns when the client has left. Bubble Tea would decode it in
// a goroutine of its own, where a panic over bytes that nobody thought of ends the whole server. Here it is an error.
func decode(ctx context.Context, client io.Reader, term string, program *tea.Program) error {
	in := &pieces{client: client}
	events := make(chan uv.Event)
	failed := make(chan error, 1)
	go func() {
		defer close(events)
		defer func() {
			if value := recover(); value != nil {
				failed <- fmt.Errorf("%v\n%s", value, debug.Stack())
			}
		}()
		failed <- uv.NewTerminalReader(in, term).StreamEvents(ctx, events)
	}()
	for event := range events {
		in.length.Store(0)
		if _, told := event.(uv.WindowSizeEvent); told {
			continue // How large the window is comes from the client by SSH, and only that is bounded.
		}
		program.Send(event)
	}
	return <-failed
}
