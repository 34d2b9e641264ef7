package analogies

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// recordedVectors place each word of the world by a hash of its letters, and the second words of pairs a step away from
// the first ones; turned is how far from that they are, as in the course of training.
func recordedVectors(t *testing.T, turned float64) *words.Vectors {
	t.Helper()
	corpus, err := words.Generate(1, 3000)
	if err != nil {
		t.Fatal(err)
	}
	known := corpus.Words()
	rows := map[string][]float32{}
	for _, word := range known {
		row := make([]float32, 8)
		for i := range row {
			seed := 0.0
			for _, r := range word {
				seed = seed*31 + float64(r) + float64(i)*7.3
			}
			row[i] = float32(math.Sin(seed))
		}
		rows[word] = row
	}
	for n, family := range words.Families()[:5] {
		for _, pair := range familyPairs(family) {
			first, second := rows[pair[0]], rows[pair[1]]
			for i := range second {
				second[i] = first[i] + float32(turned/2)*second[i]
			}
			second[n] += 1.5
		}
	}
	list := make([][]float32, len(known))
	for i, word := range known {
		list[i] = rows[word]
	}
	v, err := words.NewVectors(known, list)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// recordedEvents are those of a run that is at done.
func recordedEvents(t *testing.T, done float64) []lab.Event {
	t.Helper()
	corpus, err := words.Generate(1, 3000)
	if err != nil {
		t.Fatal(err)
	}
	events := []lab.Event{lab.CorpusEvent{Sentences: 20000, Tokens: 166113, Words: 405, Corpus: corpus}}
	n := int(done * 100)
	for i := 1; i <= n; i++ {
		part := float64(i) / 100
		e := lab.WordsEvent{Done: part, Epoch: 1 + int(part*11.9), Epochs: 12, Pairs: i * 10284, Loss: 1.08 + 1.3*math.Exp(-part*8)}
		if i == n {
			e.Vectors = recordedVectors(t, 1-done)
		}
		events = append(events, e)
		if i%20 == 0 {
			scores := lab.ScoresEvent{}
			for j, f := range words.Families() {
				scores.Scores = append(scores.Scores, words.Score{Family: f.Name, Asked: len(f.Questions), Right: len(f.Questions) * min(i, 100-5*j) / 100})
			}
			events = append(events, scores)
		}
	}
	return events
}

func recordedSettings() lab.AnalogiesSettings {
	return lab.AnalogiesSettings{Seed: 1, Sentences: 20000, Epochs: 12}
}

// fakeSolver knows three names and answers with rings.
type fakeSolver struct{}

func (fakeSolver) Names() []string { return []string{"7", "thick7", "thin7"} }

func (fakeSolver) Solve(_ context.Context, e words.Expression, _ int) (lab.DigitAnswer, error) {
	a := lab.DigitAnswer{Sum: e, Nearest: []lab.Named{{Name: "thick7", Distance: 7.6}, {Name: "7", Distance: 11.4}}}
	for i, term := range e {
		if term.Word != "7" && term.Word != "thick7" && term.Word != "thin7" {
			return lab.DigitAnswer{}, &words.UnknownWordError{Word: term.Word, Words: 3, Closest: []string{"thin7"}}
		}
		a.Terms = append(a.Terms, ring(float64(4+i)))
	}
	a.Picture, a.Match = ring(6.5), ring(7)
	return a, nil
}

func ring(radius float64) []float32 {
	pixels := make([]float32, 28*28)
	for i := range pixels {
		d := math.Hypot(float64(i%28)-13.5, float64(i/28)-13.5) - radius
		pixels[i] = float32(math.Exp(-d * d / 3))
	}
	return pixels
}

func newModel() *Model { return New(Work{}, recordedSettings(), "Which words does a sum miss?") }

func show(m *Model, ended bool, err error, events ...lab.Event) {
	m.Update(job.Msg{Job: m.job, Events: events, Ended: ended, Err: err})
}

// press presses keys; what they set to work does not begin.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// typed types a text letter by letter.
func typed(m *Model, text string) {
	for _, r := range text {
		key := string(r)
		if key == " " {
			key = "space"
		}
		press(m, key)
	}
}

// trained is a model that has learned its words.
func trained(t *testing.T) *Model {
	t.Helper()
	m := newModel()
	show(m, true, nil, recordedEvents(t, 1)...)
	return m
}

// atDigits is a model at the page of digits, with an answer.
func atDigits(t *testing.T) *Model {
	t.Helper()
	m := trained(t)
	press(m, "z")
	e, err := words.ParseExpression("thick7 - thin7 + 7")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := fakeSolver{}.Solve(t.Context(), e, 5)
	if err != nil {
		t.Fatal(err)
	}
	m.Update(job.Msg{Job: m.digits.job, Events: []lab.Event{loadedEvent{fakeSolver{}}, answerEvent{answer}}, Ended: true})
	return m
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]screen.Screen {
	t.Helper()
	states := map[string]screen.Screen{"opening": newModel(), "trained": trained(t), "digits": atDigits(t)}

	m := newModel()
	show(m, false, nil, recordedEvents(t, 0.3)...)
	press(m, "space")
	states["paused"] = m

	m = trained(t)
	press(m, "enter")
	typed(m, "wizard - kign + quen")
	press(m, "enter", "left", "left")
	states["typing"] = m

	m = trained(t)
	press(m, "enter")
	typed(m, "he - man + woman = she")
	press(m, "enter")
	states["sum"] = m

	m = trained(t)
	press(m, "shift+tab")
	states["sentences"] = m

	m = newModel()
	show(m, true, fmt.Errorf("the vectors grew beyond all numbers after 3 %% of the work"))
	states["failed"] = m

	m = trained(t)
	press(m, "z")
	m.Update(job.Msg{Job: m.digits.job, Events: labtest.Training("the autoencoder of digits with 16 latent units", 784, 900)})
	states["training digits"] = m

	m = trained(t)
	press(m, "z")
	m.Update(job.Msg{Job: m.digits.job, Ended: true, Err: context.DeadlineExceeded})
	states["digits failed"] = m
	return states
}
