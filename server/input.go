package server

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"

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

// decode gives a program what comes from a client, and returns when the client has left. Bubble Tea would decode it in a
// goroutine of its own, where a panic over bytes that nobody thought of ends the whole server. Here it is an error.
func decode(ctx context.Context, client io.Reader, term string, program *tea.Program) error {
	events := make(chan uv.Event)
	failed := make(chan error, 1)
	go func() {
		defer close(events)
		defer func() {
			if value := recover(); value != nil {
				failed <- fmt.Errorf("%v\n%s", value, debug.Stack())
			}
		}()
		failed <- uv.NewTerminalReader(client, term).StreamEvents(ctx, events)
	}()
	for event := range events {
		program.Send(event)
	}
	return <-failed
}
