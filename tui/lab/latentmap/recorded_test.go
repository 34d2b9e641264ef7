package latentmap

import (
	"context"
	"math"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

const (
	asked = 300
	found = 600
)

// strokes are pictures of bars that lean more from class to class, n in all.
func strokes(t *testing.T, n int) *data.Dataset {
	t.Helper()
	pixels, labels := make([]byte, n*28*28), make([]byte, n)
	for i := range n {
		labels[i] = byte(i % 10)
		lean := float64(int(labels[i])-5)/4 + float64(i%7-3)/20
		for y := 5; y < 23; y++ {
			for x := range 28 {
				d := float64(x) - 13.5 - lean*(float64(y)-13.5)
				pixels[i*784+y*28+x] = byte(255 * math.Exp(-d*d/3))
			}
		}
	}
	d, err := data.NewImages("strokes", 28, 28, pixels, labels, []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func digits(t *testing.T) lab.DigitsEvent {
	t.Helper()
	return lab.DigitsEvent{References: strokes(t, found), Queries: strokes(t, asked), Found: found, Asked: asked}
}

// spaceOf is a space in which the votes of queries whose number is divisible by wrong are wrong.
func spaceOf(name string, width, queries, wrong int, top float64) lab.SpaceEvent {
	e := lab.SpaceEvent{Space: name, Width: width, Queries: queries, Ended: queries == asked, PerQuery: float64(width) / 900, Bytes: 4 * 20000 * width}
	for q := range queries {
		for j := range lab.MostNeighbors {
			e.Neighbors = append(e.Neighbors, (q%10+10*j+(j%4)/3)%found)
		}
	}
	for k := range lab.MostNeighbors {
		e.Accuracies = append(e.Accuracies, top-0.0001*math.Pow(float64(k-4), 2))
		votes := make([]uint8, queries)
		for q := range votes {
			votes[q] = uint8(q % 10)
			if q%wrong == 0 {
				votes[q] = uint8((q + 1) % 10)
			}
		}
		e.Votes = append(e.Votes, votes)
	}
	return e
}

// mapOf lays the classes out on a circle.
func mapOf(name string, width int) lab.MapEvent {
	e := lab.MapEvent{Space: name, Width: width, Explained: 0.4}
	place := func(i int) [2]float64 {
		angle := 2 * math.Pi * float64(i%10) / 10
		radius := 3 + 0.9*math.Sin(float64(i)*12.9898)
		return [2]float64{radius * math.Cos(angle+0.2*math.Sin(float64(i))), radius * math.Sin(angle+0.2*math.Sin(float64(i)))}
	}
	for i := range asked {
		e.Queries = append(e.Queries, place(i))
	}
	for i := range found {
		e.References = append(e.References, place(i+3000))
	}
	if name == lab.Latent {
		e.Codes = make([]float32, asked*width)
		for i := range e.Codes {
			e.Codes[i] = float32(i/width) / asked
		}
		e.Decode = func(_ context.Context, codes []float32) ([]float32, error) {
			pixels := make([]float32, len(codes)/width*784)
			for i := range pixels {
				pixels[i] = codes[i/784*width]
			}
			return pixels, nil
		}
	}
	return e
}

func settings() lab.LatentMapSettings {
	return lab.LatentMapSettings{Latent: 8, K: 5, References: found, Queries: asked}
}

const question = "Which digits lie side by side, and what do their neighbours have in common?"

// fake is a work that a test drives: it emits what comes through events and ends with err when that is closed.
type fake struct {
	events chan lab.Event
	err    error
	calls  []lab.LatentMapSettings
	pixels []bool
}

func (f *fake) explore(ctx context.Context, s lab.LatentMapSettings, pixels bool, emit func(lab.Event)) error {
	f.calls, f.pixels = append(f.calls, s), append(f.pixels, pixels)
	for {
		select {
		case e, ok := <-f.events:
			if !ok {
				return f.err
			}
			emit(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// show is a model that was told some events; no goroutine works.
func show(events ...lab.Event) *Model {
	m := New(nil, settings(), question)
	m.Update(job.Msg{Job: m.job, Events: events})
	return m
}

func everything(t *testing.T) []lab.Event {
	t.Helper()
	return []lab.Event{
		digits(t), spaceOf(lab.Pixels, 784, asked, 17, 0.941), mapOf(lab.Pixels, 784), mapOf(lab.Latent, 8),
		spaceOf(lab.Latent, 8, asked, 11, 0.902),
	}
}

// training are the events up to the middle of the training of the autoencoder.
func training(t *testing.T) []lab.Event {
	t.Helper()
	before := []lab.Event{digits(t), spaceOf(lab.Pixels, 784, asked, 17, 0.941), mapOf(lab.Pixels, 784)}
	return append(before, labtest.Training("the autoencoder of digits with 8 latent units", 784, 900)...)
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]screen.Screen {
	t.Helper()
	all := map[string]screen.Screen{
		"opening": New(nil, settings(), question),
		"searching": show(digits(t), spaceOf(lab.Pixels, 784, 30, 17, 0.941),
			lab.Progress{Doing: "comparing pixels", Fraction: 0.1}),
		"training": show(training(t)...),
	}
	m := show(training(t)...)
	press(m, "tab")
	all["training-with-a-query"] = m

	m = show(everything(t)...)
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(m, "tab", "tab", "+", "+")
	all["explored"] = m

	m = show(everything(t)...)
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(m, "w", "i", "tab", "tab")
	m.Update(job.Msg{Job: m.path, Events: []lab.Event{pathEvent{blends(row(m, m.from), row(m, m.query), pathSteps)}}})
	all["between"] = m

	m = show(digits(t))
	m.Update(job.Msg{Job: m.job, Ended: true, Err: context.DeadlineExceeded})
	all["failed"] = m
	return all
}

func row(m *Model, i int) []float32 {
	pixels := make([]float32, 784)
	m.digits.Queries.Row(pixels, i)
	return pixels
}
