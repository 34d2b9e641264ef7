package train

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// preparedMsg brings a run that is ready to start, or the reason why there is none.
type preparedMsg struct {
	job      *job.Job
	prepared Prepared
	err      error
}

// prepareRun waits for the run before this one to leave the processor, then makes the run.
func prepareRun(j *job.Job, prepare Prepare, s lab.TrainSettings, before *job.Job) tea.Cmd {
	return func() (msg tea.Msg) {
		failed := func(err error) tea.Msg {
			j.Refuse()
			return preparedMsg{job: j, err: err}
		}
		defer func() {
			if cause := recover(); cause != nil {
				msg = failed(lab.Fault(cause))
			}
		}()
		if before != nil {
			select {
			case <-before.Ended():
			case <-j.Context().Done():
			}
		}
		if err := j.Context().Err(); err != nil {
			return failed(err)
		}
		prepared, err := prepare(j.Context(), s)
		if err != nil {
			return failed(err)
		}
		return preparedMsg{job: j, prepared: prepared}
	}
}
