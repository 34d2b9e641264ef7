package train

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

// feed carries one run from its start to its end: it prepares the run, works it in a goroutine of its own and hands
// its events to the model in batches. Its address is the run's id: messages of a feed that is not the model's present
// one are stale, also when they come from another lab that was open before.
type feed struct {
	ctx    context.Context
	cancel context.CancelFunc
	events chan engine.Event // closed when the run's goroutine has ended
	ended  chan struct{}     // closed with events, or by prepare when there is no goroutine
	shown  time.Time         // when the last batch was handed over; only next touches it
}

// buffered is how many events wait while a frame is drawn; a run that is further ahead waits.
const buffered = 1024

// frame is the least time between two batches. A run of small batches makes thousands of events a second; drawing
// after each would take the processor from the training.
const frame = time.Second / 30

func newFeed() *feed {
	ctx, cancel := context.WithCancel(context.Background())
	return &feed{ctx: ctx, cancel: cancel, events: make(chan engine.Event, buffered), ended: make(chan struct{})}
}

// preparedMsg brings a run that is ready to start, or the reason why there is none.
type preparedMsg struct {
	feed     *feed
	prepared Prepared
	err      error
}

// eventsMsg brings the events since the last batch. closed says that no more will come.
type eventsMsg struct {
	feed   *feed
	events []engine.Event
	closed bool
}

// prepare waits for the run before this one to leave the processor, then makes the run.
func (f *feed) prepare(prepare Prepare, s lab.TrainSettings, before *feed) tea.Cmd {
	return func() (msg tea.Msg) {
		failed := func(err error) tea.Msg {
			close(f.ended)
			return preparedMsg{feed: f, err: err}
		}
		defer func() {
			if cause := recover(); cause != nil {
				msg = failed(internalError(cause))
			}
		}()
		if before != nil {
			select {
			case <-before.ended:
			case <-f.ctx.Done():
			}
		}
		if err := f.ctx.Err(); err != nil {
			return failed(err)
		}
		prepared, err := prepare(f.ctx, s)
		if err != nil {
			return failed(err)
		}
		return preparedMsg{feed: f, prepared: prepared}
	}
}

// start works run in its own goroutine and returns its first batch.
func (f *feed) start(run Run) tea.Cmd {
	return func() tea.Msg {
		go func() {
			defer close(f.ended)
			defer close(f.events)
			// A panic here would end the whole program with the terminal in raw mode.
			defer func() {
				if cause := recover(); cause != nil {
					f.emit(engine.ErrorEvent{Err: internalError(cause)})
				}
			}()
			run.Start(f.ctx, f.emit)
		}()
		return f.next()
	}
}

// emit hands one event over, or drops it when the feed is closed and nobody will read it.
func (f *feed) emit(e engine.Event) {
	select {
	case f.events <- e:
	case <-f.ctx.Done():
	}
}

// next waits for an event, then takes all that are there by the next frame.
func (f *feed) next() tea.Msg {
	msg := eventsMsg{feed: f}
	select {
	case e, ok := <-f.events:
		if !ok {
			msg.closed = true
			return msg
		}
		msg.events = append(msg.events, e)
	case <-f.ctx.Done():
		return nil
	}
	if wait := frame - time.Since(f.shown); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-f.ctx.Done():
			return nil
		}
	}
	f.shown = time.Now()
	for len(msg.events) <= buffered {
		select {
		case e, ok := <-f.events:
			if !ok {
				msg.closed = true
				return msg
			}
			msg.events = append(msg.events, e)
		default:
			return msg
		}
	}
	return msg
}

// internalError turns a panic into an error that a learner can act on.
func internalError(cause any) error {
	return fmt.Errorf("the run met an internal error: %v; this is a fault of the program, not of your settings", cause)
}
