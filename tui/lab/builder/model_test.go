package builder

import (
	"context"
	"errors"
	"flag"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "Which layers hold the parameters, and which of them can you do without?"

func settings() lab.BuilderSettings {
	return lab.BuilderSettings{Hidden: []int{256, 64}, Latent: 16, Images: 20000, Epochs: 2, Seed: 1}
}

// recorded are the events of a trial with the loss scaled.
func recorded(steps int, scale float64) []lab.Event {
	var events []lab.Event
	for i := 1; i <= steps; i++ {
		progress := float64(i) / 157
		loss := scale * (0.025 + 0.2*math.Exp(-float64(i)/20) + 0.02*math.Exp(-float64(i)/100) + 0.001*math.Sin(float64(i)*12.9898))
		events = append(events, engine.StepEvent{Step: i, Epochs: 2, Progress: progress, Loss: loss})
		if i%20 == 0 {
			events = append(events, engine.ValidationEvent{Step: i, Progress: progress, Loss: loss * 1.02})
		}
	}
	preview := engine.PreviewEvent{}
	for digit := range 10 {
		input, redrawn := make([]float32, 784), make([]float32, 784)
		for i := range input {
			y, x := float64(i/28)-13.5, float64(i%28)-13.5
			d := math.Hypot(x*1.3, y) - 4 - float64(digit)/2
			input[i], redrawn[i] = float32(math.Exp(-d*d/3)), float32(0.8*math.Exp(-d*d/6))
		}
		preview.Inputs, preview.Reconstructions = append(preview.Inputs, input), append(preview.Reconstructions, redrawn)
	}
	return append(events, preview)
}

func done(a engine.Architecture, err float64) lab.TrialDone {
	return lab.TrialDone{
		DoneEvent: engine.DoneEvent{ValLoss: err}, Architecture: a.String(), Parameters: a.Parameters(), Task: lab.BuilderTask(a, err),
	}
}

func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// screens are the states of the lab that a learner meets.
func screens(*testing.T) map[string]screen.Screen {
	fresh := func(keys ...string) *Model {
		m := New(nil, settings(), question)
		press(m, keys...)
		return m
	}
	all := map[string]screen.Screen{
		"opening": fresh(), "fault": fresh("down", "down", "down", "down", "down", "d"),
		"nothing": fresh("d", "d", "d", "d", "d", "d"),
		"tall":    fresh("a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "K"),
	}
	m := fresh("enter")
	m.Update(job.Msg{Job: m.job, Events: recorded(200, 1)})
	all["training"] = m

	m = fresh("enter")
	m.Update(job.Msg{Job: m.job, Events: append(recorded(314, 1), done(m.stack, 0.0262))})
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(m, "d", "down", "down", "d", "up", "up", "enter")
	m.Update(job.Msg{Job: m.job, Events: append(recorded(314, 1.4), done(m.stack, 0.0348))})
	m.Update(job.Msg{Job: m.job, Ended: true})
	all["trained"] = m

	m = fresh("enter")
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("the loss became NaN at step 3")})
	all["failed"] = m
	return all
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "trained") }

// fake is a work that a test drives.
type fake struct {
	events chan lab.Event
	asked  []string
}

func (f *fake) try(ctx context.Context, a engine.Architecture, emit func(lab.Event)) error {
	f.asked = append(f.asked, a.String())
	for {
		select {
		case e, ok := <-f.events:
			if !ok {
				return nil
			}
			emit(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func play(t *testing.T, script func(p *labtest.Player, m *Model, f *fake)) {
	t.Helper()
	var m *Model
	f := &fake{}
	labtest.Play(t, func() screen.Screen {
		f.events = make(chan lab.Event)
		m = New(f.try, settings(), question)
		return m
	}, func(p *labtest.Player) { script(p, m, f) })
}

func tell(p *labtest.Player, f *fake, events ...lab.Event) {
	for _, e := range events {
		f.events <- e
	}
	p.Settle()
}

func TestKeysEditTheStack(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"", "784–256–64–16–64–256–784"},
		{"a", "784–256–128–64–16–64–256–784"},
		{"d", "784–64–16–64–256–784"},
		{"down down left", "784–256–64–12–64–256–784"},
		{"right", "784–384–64–16–64–256–784"},
		{"down J", "784–256–16–64–64–256–784"},
		{"down K", "784–64–256–16–64–256–784"},
		{"K", "784–256–64–16–64–256–784"},
		{"down down down down down a", "784–256–64–16–64–256–384–784"},
	} {
		m := New(nil, settings(), question)
		press(m, strings.Fields(c.keys)...)
		if got := m.stack.String(); got != c.want || m.fault != nil {
			t.Errorf("%q makes %s, %v, want %s", c.keys, got, m.fault, c.want)
		}
	}
	m := New(nil, settings(), question)
	press(m, "r")
	if m.stack.Encoder[0].Activation != engine.Tanh {
		t.Errorf("r makes %s", m.stack.Encoder[0].Activation)
	}
	press(m, "down", "c")
	if m.stack.Latent() != 64 || len(m.stack.Encoder) != 2 {
		t.Errorf("c makes a code of %d after %d layers", m.stack.Latent(), len(m.stack.Encoder))
	}
}

func TestMistakesAreExplained(t *testing.T) {
	for keys, want := range map[string]string{
		"down down down down down d":    "the last layer gives 256 values, the input has 784 (give the last layer 784 units",
		"down down down down down c":    "there is no decoder",
		"d d d":                         "there is no encoder",
		"d d d d d d":                   "a adds a layer",
		"down down down down down left": "the last layer gives 512 values",
	} {
		m := New(nil, settings(), question)
		press(m, strings.Fields(keys)...)
		text := strings.Join(strings.Fields(ansi.Strip(m.View(80, 22, labtest.Themes()["no-colour"]))), " ")
		if !strings.Contains(text, want) || !strings.Contains(text, "no code") {
			t.Errorf("%q: the screen does not say %q:\n%s", keys, want, text)
		}
		if cmd := m.train(); cmd != nil {
			t.Errorf("%q: the stack is trained all the same", keys)
		}
	}
}

func TestCodeFollowsTheSelectedLayer(t *testing.T) {
	m := New(nil, settings(), question)
	for i, l := range m.layers() {
		m.at = i
		code := strings.Join(m.code(52, 3, labtest.Themes()["no-colour"]), "\n")
		if !strings.Contains(code, "DenseWithBias(") || !strings.Contains(code, closing(l.Units)) {
			t.Errorf("layer %d of %d units has the code\n%s", i, l.Units, code)
		}
	}
}

func closing(units int) string {
	return map[int]string{256: "256)", 64: "64)", 16: "16)", 784: "784)"}[units]
}

func TestWrapCode(t *testing.T) {
	const line = `  h := layers.DenseWithBias(s.In("0"), x, 256)`
	for width, want := range map[int]string{
		60: line,
		30: "  h := layers.DenseWithBias(\n    s.In(\"0\"), x, 256)",
	} {
		if got := strings.Join(wrapCode(line, width), "\n"); got != want {
			t.Errorf("in %d cells it is\n%s", width, got)
		}
	}
	for width := 1; width < 60; width++ {
		for _, part := range wrapCode(line, width) {
			if ansi.StringWidth(part) > width {
				t.Errorf("%q is wider than %d", part, width)
			}
		}
	}
}

func TestTrials(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		p.Press("x")
		p.Expect("nothing trains now")
		p.Press("enter")
		tell(p, f, recorded(100, 1)...)
		p.Expect("training 784–256–64–16–64–256–784", "error 0.0")
		p.Press("d")
		p.Expect("the stack has changed, so the trial ended")
		p.Press("down", "down", "d", "enter") // The decoder's wide layer goes, too.
		if len(f.asked) != 2 || f.asked[1] != m.stack.String() {
			t.Fatalf("trained were %v, the stack is %s", f.asked, m.stack)
		}
		tell(p, f, append(recorded(314, 1.4), done(engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{64}, 16), 0.0348))...)
		p.Expect("reached ✓", "error 0.0348", "before 0.0")
		p.Press("enter")
		tell(p, f, append(recorded(314, 2), done(m.stack, 0.05))...)
		if !m.Task().Reached {
			t.Error("the task did not stay reached")
		}
	})
}

func TestCloseEndsEverything(t *testing.T) {
	play(t, func(p *labtest.Player, _ *Model, f *fake) { p.Press("enter"); tell(p, f, recorded(10, 1)...) })
	play(t, func(p *labtest.Player, m *Model, _ *fake) { p.Press("enter", "enter", "a"); m.Close(); m.Close() })
}

func TestAFailedTrialIsOver(t *testing.T) {
	m := New(nil, settings(), question)
	press(m, "enter")
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("the loss became NaN at step 3")})
	press(m, "up")
	if view := ansi.Strip(m.View(80, 22, labtest.Themes()["no-colour"])); strings.Contains(view, "training") {
		t.Errorf("nothing trains any more:\n%s", view)
	}
}
