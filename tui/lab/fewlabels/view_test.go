package fewlabels

import (
	"errors"
	"flag"
	"math"
	"strconv"
	"testing"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "From how many labels a class on does scratch match the frozen encoder?"

func settings() lab.FewLabelsSettings {
	return lab.FewLabelsSettings{Pictures: 60000, Epochs: 3, Hidden: 0.5, Repeats: 2, HeldOut: 2000, Most: 200, Guess: 5, Seed: 1}
}

// rings are n examples, thicker or thinner, with the left half of each cut off.
func rings(n int, width float64, half bool) [][]float32 {
	var all [][]float32
	for i := range n {
		out := make([]float32, 28*28)
		for at := range out {
			y, x := float64(at/28)-13.5, float64(at%28)-13.5
			u := (math.Hypot(x*1.3, y) - 4 - float64(i%10)/3) / width
			if !half || x > 0 {
				out[at] = float32(math.Exp(-u * u))
			}
		}
		all = append(all, out)
	}
	return all
}

func masked() lab.MaskedEvent {
	return lab.MaskedEvent{Clean: rings(10, 1.6, false), Masked: rings(10, 1.6, true), Filled: rings(10, 2.5, false)}
}

func labelled(n int) lab.LabelledEvent {
	e := lab.LabelledEvent{Labels: n, Pictures: rings(10*min(n, 5), 1.6, false)}
	for i := range e.Pictures {
		e.Classes = append(e.Classes, strconv.Itoa(i%10))
	}
	return e
}

// points are two draws of all ways for each number of labels up to most. Scratch meets frozen between 20 and 50.
func points(most int) []lab.Event {
	var events []lab.Event
	frozen := map[int]float64{1: 0.44, 2: 0.52, 5: 0.68, 10: 0.75, 20: 0.78, 50: 0.82, 100: 0.84, 200: 0.86}
	scratch := map[int]float64{1: 0.40, 2: 0.50, 5: 0.64, 10: 0.72, 20: 0.77, 50: 0.83, 100: 0.86, 200: 0.88}
	for _, n := range settings().LabelCounts() {
		if n > most {
			break
		}
		events = append(events, labelled(n))
		for repeat := 1; repeat <= 2; repeat++ {
			off := 0.02 * float64(2*repeat-3) / math.Sqrt(float64(n))
			for i, a := range []float64{frozen[n], scratch[n] + 0.03, scratch[n]} {
				events = append(events, lab.AccuracyEvent{Way: lab.Ways()[i], Labels: n, Repeat: repeat, Accuracy: a + off})
			}
		}
	}
	return events
}

// bare is a model whose job was never begun.
func bare() *Model {
	m := New(nil, settings(), question)
	m.job, m.gate = job.New(), job.NewGate()
	return m
}

func tell(m *Model, events ...lab.Event) { m.Update(job.Msg{Job: m.job, Events: events}) }

func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// screens are the states of the lab that a learner meets.
func screens() map[string]screen.Screen {
	states := map[string]screen.Screen{"opening": bare()}

	m := bare()
	tell(m, labtest.Training("the encoder on masked digits", 784, 500)...)
	tell(m, masked())
	states["pretraining"] = m

	m = bare()
	tell(m, masked())
	tell(m, points(1)[:2]...)
	states["first point"] = m

	m = bare()
	tell(m, points(20)...)
	press(m, "right", "right")
	states["points"] = m

	m = bare()
	tell(m, points(10)...)
	press(m, "space")
	states["paused"] = m

	m = bare()
	m.settings.Guess = 30
	tell(m, points(200)...)
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["reached"] = m

	m = bare()
	tell(m, points(10)...)
	m.settings.Most = 10
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["never"] = m

	m = bare()
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["failed"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "points") }
