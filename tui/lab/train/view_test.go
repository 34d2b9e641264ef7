package train

import (
	"errors"
	"flag"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// pressed is the command that a key gives.
func pressed(m *Model, key string) tea.Cmd {
	_, cmd := m.Update(keymap.Press(key))
	return cmd
}

// press presses keys; no goroutine works the commands that they give.
func press(t *testing.T, m *Model, keys ...string) {
	t.Helper()
	for _, key := range keys {
		pressed(m, key)
	}
}

// ready is a model whose fake run is about to start; no goroutine works.
func ready(t *testing.T) *Model {
	t.Helper()
	m := New(nil, recordedSettings(), "What comes back first?")
	prepared(t, m)
	return m
}

func prepared(t *testing.T, m *Model) {
	t.Helper()
	m.Update(job.Prepared[Prepared]{Job: m.job, Made: Prepared{
		Run: newFakeRun(), Architecture: "784–256–64–16–64–256–784", Parameters: 437664, Backend: "go, simd, 2 cores",
		Examples: 60000,
	}})
}

func show(m *Model, events ...engine.Event) {
	msg := job.Msg{Job: m.job}
	for _, e := range events {
		msg.Events = append(msg.Events, e)
	}
	m.Update(msg)
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]screen.Screen {
	t.Helper()
	states := map[string]screen.Screen{}
	states["opening"] = New(nil, recordedSettings(), "What comes back first?")

	states["first step"] = ready(t)

	m := ready(t)
	show(m, recorded(1204, 1)...)
	states["training"] = m

	m = ready(t)
	show(m, recorded(4690, 1.4)...)
	show(m, engine.DoneEvent{TrainLoss: 0.0224, ValLoss: 0.0233, Epochs: 10, Seconds: 24.7, SamplesPerSecond: 24290, Ending: engine.Finished})
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(t, m, "+", "r")
	prepared(t, m)
	show(m, recorded(1204, 1)...)
	press(t, m, "space")
	states["overlay, paused"] = m

	m = ready(t)
	show(m, recorded(4690, 0.7)...)
	show(m, engine.DoneEvent{TrainLoss: 0.0112, ValLoss: 0.0118, Epochs: 10, Seconds: 124.7, SamplesPerSecond: 24290, Ending: engine.Finished})
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["done"] = m

	m = ready(t)
	show(m, recorded(300, 1)...)
	show(m, engine.ErrorEvent{Err: errors.New("the loss became NaN at step 301: the steps are too large; start over with a learning rate well below 10")})
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(t, m, "-")
	states["failed"] = m

	m = New(nil, ownSettings(), "What comes back first?")
	m.Offer(recordedSettings())
	m.Update(job.Prepared[Prepared]{Job: m.job, Made: Prepared{
		Run: newFakeRun(), Architecture: "7–4–2–4–7", Parameters: 81, Backend: "go, simd, 2 cores", Examples: 120,
		Columns: ownColumns(), Rows: []string{"line 3", "line 17", "line 140", "line 9"},
	}})
	show(m, recorded(1204, 3)...)
	show(m, rowsPreview())
	states["own table"] = m

	m = New(nil, recordedSettings(), "What comes back first?")
	m.Update(job.Prepared[Prepared]{Job: m.job, Err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["nothing to train on"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "overlay, paused") }

func TestErrorKeepsItsAdvice(t *testing.T) {
	frame := screens(t)["failed"].View(80, 22, labtest.Themes()["no-colour"])
	for _, want := range []string{"NaN at step 301", "learning rate well below 10", "r starts over", "5.0e-4 in the next run"} {
		if !strings.Contains(strings.Join(strings.Fields(ansi.Strip(frame)), " "), want) {
			t.Errorf("the screen does not say %q:\n%s", want, ansi.Strip(frame))
		}
	}
}

func BenchmarkView(b *testing.B) {
	m := New(nil, recordedSettings(), "What comes back first?")
	show(m, recorded(4690, 1)...)
	th := labtest.Themes()["dark"]
	for b.Loop() {
		m.View(200, 58, th)
	}
}
