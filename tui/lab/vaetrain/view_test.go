package vaetrain

import (
	"errors"
	"flag"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "Which β puts the codes where N(0, 1) draws?"

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

func show(m *Model, events ...lab.Event) { m.Update(job.Msg{Job: m.job, Events: events}) }

// ready is a model whose fake run has just started; no goroutine works.
func ready() *Model {
	m := New(nil, recordedSettings(), question)
	show(m, recordedStart(newFakeRun()))
	return m
}

// screens are the states of the lab that a learner meets.
func screens() map[string]screen.Screen {
	states := map[string]screen.Screen{}
	states["opening"] = New(nil, recordedSettings(), question)
	states["first step"] = ready()

	m := ready()
	show(m, recorded(1204, 1)...)
	states["training"] = m

	m = ready()
	show(m, recorded(4690, 1.1)...)
	end := look(4690, 1)
	end.Whole, end.Samples.Grey = true, 0.19
	end.Task = lab.VAETask(end.KL, end.Samples)
	show(m, end, lab.VAEDone{
		DoneEvent:      engine.DoneEvent{Epochs: 10, Seconds: 31.7, SamplesPerSecond: 20110, Ending: engine.Finished},
		Reconstruction: 143.1, KL: 5.84, Samples: end.Samples, Task: end.Task,
	})
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["done"] = m

	m = ready()
	show(m, recorded(4690, 1.1)...)
	press(m, "left", "left", "left", "left", "left", "r")
	show(m, recordedStart(newFakeRun()))
	show(m, recorded(1204, 1)...)
	show(m, look(1204, 9))
	press(m, "right", "space")
	states["overlay, paused"] = m

	m = ready()
	show(m, recorded(300, 1)...)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("the loss became NaN at step 301: the steps are too large; start over with a learning rate well below 10")})
	states["failed"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "overlay, paused") }
