package job

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
)

// Prepared brings what a job will work with, or the reason why there is none: then the job has ended.
type Prepared[T any] struct {
	Job  *Job
	Made T
	Err  error
}

// Prepare makes what the job j will work with, once the job before has left the processor, and returns it as a Prepared[T].
// Without a job before, before is nil. A model that does not start j then must refuse it.
func Prepare[T any](j, before *Job, prepare func(ctx context.Context) (T, error)) tea.Cmd {
	return func() (msg tea.Msg) {
		failed := func(err error) tea.Msg {
			j.Refuse()
			return Prepared[T]{Job: j, Err: err}
		}
		defer func() {
			if cause := recover(); cause != nil {
				msg = failed(lab.Fault(cause))
			}
		}()
		if err := before.await(j.ctx); err != nil {
			return failed(err)
		}
		made, err := prepare(j.ctx)
		if err != nil {
			return failed(err)
		}
		return Prepared[T]{Job: j, Made: made}
	}
}
