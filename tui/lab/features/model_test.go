package features

import (
	"context"
	"errors"
	"flag"
	"math"
	"testing"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "Which features tell an ectopic beat?"

// recorded is four beats with two features, of which the second tells the classes apart.
func recorded(context.Context) (*lab.FeatureBench, error) {
	b := &lab.FeatureBench{Names: []string{"maximum", "RR interval"}, Labels: []int{0, 1, 0, 1}}
	for i := range b.Labels {
		beat := make([]float32, 128)
		for j := range beat {
			off := float64(j-45) / float64(3+6*(i%2))
			beat[j] = float32(math.Exp(-off * off))
		}
		b.Beats = append(b.Beats, beat)
		b.Raw = append(b.Raw, []float64{1 + float64(i)/10, 1 - float64(i%2)/3})
		b.X = append(b.X, []float64{float64(i) - 1.5, 1 - 2*float64(i%2)})
	}
	return b, nil
}

// screens are the states that a learner meets; no goroutine works.
func screens() map[string]screen.Screen {
	ready := func(keys ...string) *Model {
		m := New(recorded, question)
		bench, _ := recorded(context.Background())
		m.Update(job.Msg{Job: m.job, Events: []lab.Event{opened{bench}}, Ended: true})
		for _, key := range keys {
			m.Update(keymap.Press(key))
		}
		return m
	}
	failed := New(recorded, question)
	failed.Update(job.Msg{Job: failed.job, Ended: true, Err: errors.New("simulating failed")})
	return map[string]screen.Screen{
		"opening": New(recorded, question), "failed": failed, "first": ready(),
		"moved": ready("right", "right", "down", "left", "tab", "right", "n"),
	}
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "moved") }

func play(t *testing.T, open Open, script func(p *labtest.Player, m *Model)) {
	t.Helper()
	var m *Model
	labtest.Play(t, func() screen.Screen {
		m = New(open, question)
		return m
	}, func(p *labtest.Player) { script(p, m) })
}

func TestKeysMoveWeights(t *testing.T) {
	play(t, recorded, func(p *labtest.Player, m *Model) {
		p.Expect("beat 1 of 4, normal", "accuracy 50.0 %", "normal 2 of 2, ectopic 0 of 2", "task", "50.0 %")
		p.Press("right", "l")
		p.Expect("[0.50]", "-0.75 so it is normal", "normal 1 of 2, ectopic 1 of 2")
		p.Press("w")
		p.Expect("beat 2 of 4, ectopic", "is taken for normal", "wrong")
		p.Press("0", "down", "left", "n")
		p.Expect("[-0.25]", "beat 3 of 4", "accuracy 100.0 %", "reached ✓")
		p.Press("w")
		p.Expect("every beat is classified right")
		p.Press("up", "up", "up", "tab", "j", "k")
		if m.chosen != 0 || m.class != 0 {
			t.Errorf("weight %d of class %d is chosen", m.chosen, m.class)
		}
		for range 30 {
			p.Press("h")
		}
		p.Expect("[-5.00]", "weights go from -5 to 5")
		p.Press("r")
		p.Expect("[0.00]", "accuracy 50.0 %")
		if !m.Task().Reached {
			t.Error("a task that was reached is lost")
		}
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	fails := true
	open := func(ctx context.Context) (*lab.FeatureBench, error) {
		if fails {
			return nil, errors.New("no beats")
		}
		return recorded(ctx)
	}
	play(t, open, func(p *labtest.Player, m *Model) {
		p.Expect("no beats; r tries again")
		fails = false
		p.Press("r")
		p.Expect("beat 1 of 4")
		m.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		p.Expect("Which features")
	})
}

func TestCloseEndsTheWork(t *testing.T) {
	forever := func(ctx context.Context) (*lab.FeatureBench, error) { <-ctx.Done(); return nil, ctx.Err() }
	play(t, forever, func(p *labtest.Player, m *Model) {
		p.Press("down")
		p.Expect("the beats are not there yet")
	})
}
