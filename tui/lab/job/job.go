// Package job works a lab's computation in a goroutine of its own and hands what it tells to the lab's model in batches.
package job

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
)

// Job is one piece of work. Its address is its id: messages of a job that is not the model's present one are stale, also
// when they come from another lab that was open before.
type Job struct {
	ctx    context.Context
	cancel context.CancelFunc
	events chan lab.Event
	err    error         // of the work; set before events is closed
	ended  chan struct{} // closed once the work has ended, or will never begin
	shown  time.Time     // when the last batch was handed over; only Next touches it
}

// buffered is how many events wait while a frame is drawn; work that is further ahead waits.
const buffered = 1024

// frame is the least time between two batches. Training with small batches makes thousands of events a second; drawing
// after each would take the processor from the training.
const frame = time.Second / 30

// New makes a job that does nothing yet.
func New() *Job {
	ctx, cancel := context.WithCancel(context.Background())
	return &Job{ctx: ctx, cancel: cancel, events: make(chan lab.Event, buffered), ended: make(chan struct{})}
}

// Msg brings the events since the last one. Ended says that no more will come, and Err why the work failed. The model
// that takes it and is not at the end answers with the command Next.
type Msg struct {
	Job    *Job
	Events []lab.Event
	Ended  bool
	Err    error
}

// Stop ends the job; it returns at once, and the work within its next step.
func (j *Job) Stop() { j.cancel() }

// Ended is closed once the work has ended.
func (j *Job) Ended() <-chan struct{} { return j.ended }

// Refuse ends a job whose work cannot begin.
func (j *Job) Refuse() { close(j.ended) }

// Start begins the work in a goroutine of its own and returns its first batch. A job starts once.
func (j *Job) Start(work func(ctx context.Context, emit func(lab.Event)) error) tea.Cmd {
	return func() tea.Msg {
		go func() {
			defer close(j.ended)
			defer close(j.events)
			// A panic here would end the whole program with the terminal in raw mode.
			defer func() {
				if cause := recover(); cause != nil {
					j.err = lab.Fault(cause)
				}
			}()
			j.err = work(j.ctx, j.emit)
		}()
		return j.Next()
	}
}

// StartAfter is Start for work that waits until the job before has left the processor. Without one, before is nil.
func (j *Job) StartAfter(before *Job, work func(ctx context.Context, emit func(lab.Event)) error) tea.Cmd {
	return j.Start(func(ctx context.Context, emit func(lab.Event)) error {
		if err := before.await(ctx); err != nil {
			return err
		}
		return work(ctx, emit)
	})
}

// await waits until the work has ended, or fails when ctx ends before. There is nothing to wait for on a nil job.
func (j *Job) await(ctx context.Context) error {
	if j != nil {
		select {
		case <-j.ended:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// emit hands one event over, or drops it when the job is stopped and nobody will read it.
func (j *Job) emit(e lab.Event) {
	select {
	case j.events <- e:
	case <-j.ctx.Done():
	}
}

// Next waits for an event, then takes all that are there by the next frame. It returns nothing for a stopped job.
func (j *Job) Next() tea.Msg {
	msg := Msg{Job: j}
	if j.ctx.Err() != nil {
		return nil
	}
	select {
	case e, ok := <-j.events:
		if !ok {
			return j.end(msg)
		}
		msg.Events = append(msg.Events, e)
	case <-j.ctx.Done():
		return nil
	}
	if wait := frame - time.Since(j.shown); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-j.ctx.Done():
			return nil
		}
	}
	j.shown = time.Now()
	for len(msg.Events) <= buffered {
		select {
		case e, ok := <-j.events:
			if !ok {
				return j.end(msg)
			}
			msg.Events = append(msg.Events, e)
		default:
			return msg
		}
	}
	return msg
}

// end completes the last batch. A job that was stopped tells nothing: its error is that it was stopped.
func (j *Job) end(msg Msg) tea.Msg {
	if j.ctx.Err() != nil {
		return nil
	}
	msg.Ended, msg.Err = true, j.err
	return msg
}
