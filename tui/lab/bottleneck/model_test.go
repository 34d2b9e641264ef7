package bottleneck

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

const question = "How much does each number more in the code gain, and when does PCA win?"

// ring is a ring whose edge is soft.
func ring(soft float64) []float32 {
	pixels := make([]float32, 784)
	for i := range pixels {
		y, x := float64(i/28)-13.5, float64(i%28)-13.5
		d := math.Hypot(x*1.3, y) - 8
		pixels[i] = float32(math.Exp(-d * d / soft))
	}
	return pixels
}

// recorded are the events up to a size, the last of the autoencoders still learning.
func recorded(upTo int) []lab.Event {
	pca := map[int]float64{2: 0.054, 4: 0.047, 8: 0.0375, 16: 0.0274, 32: 0.0174, 64: 0.0093}
	autoencoder := map[int]float64{2: 0.045, 4: 0.034, 8: 0.025, 16: 0.018, 32: 0.016, 64: 0.014}
	events := []lab.Event{lab.SampleEvent{Label: "7", Picture: ring(2)}}
	for i, size := range lab.BottleneckSizes() {
		if size > upTo {
			break
		}
		if i == 1 {
			for _, size := range lab.BottleneckSizes() {
				events = append(events, lab.SizeEvent{Method: lab.PCA, Latent: size, Error: pca[size], Ended: true, Picture: ring(40 / float64(size))})
			}
		}
		events = append(events,
			lab.Progress{Doing: "training an autoencoder", Fraction: 0.4},
			lab.SizeEvent{Method: lab.Autoencoder, Latent: size, Error: autoencoder[size], Ended: size < upTo || upTo == 64, Picture: ring(3 + 20/float64(size))})
	}
	return events
}

func screens(*testing.T) map[string]screen.Screen {
	show := func(events ...lab.Event) *Model {
		m := New(nil, question)
		m.Update(job.Msg{Job: m.job, Events: events})
		return m
	}
	all := map[string]screen.Screen{"opening": show(), "first": show(recorded(2)...), "training": show(recorded(16)...)}
	m := show(recorded(64)...)
	m.Update(job.Msg{Job: m.job, Ended: true})
	m.Update(keymap.Press("right"))
	all["compared"] = m
	m = show(recorded(4)...)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("the loss became NaN at step 3")})
	all["failed"] = m
	return all
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "compared") }

func play(t *testing.T, script func(p *labtest.Player, m *Model, tell func(...lab.Event))) {
	t.Helper()
	var m *Model
	var events chan lab.Event
	labtest.Play(t, func() screen.Screen {
		events = make(chan lab.Event)
		m = New(func(ctx context.Context, emit func(lab.Event)) error {
			for {
				select {
				case e := <-events:
					emit(e)
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}, question)
		return m
	}, func(p *labtest.Player) {
		script(p, m, func(told ...lab.Event) {
			for _, e := range told {
				events <- e
			}
			p.Settle()
		})
	})
}

func TestMarkingTheRightSizeReachesTheTask(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, tell func(...lab.Event)) {
		p.Press("left")
		p.Expect("the sizes are 2 to 64")
		tell(recorded(16)...)
		p.Press("right", "right")
		p.Expect("▸ 8", "8: 0.0250, PCA 0.0274")
		p.ExpectNot("reached") // Larger sizes are not there yet.
		tell(recorded(64)...)
		p.Expect("reached ✓")
		p.Press("right")
		p.Expect("▸ 16", "reached ✓")
		before := m.job
		p.Press("r")
		p.ExpectNot("0.0250")
		p.Send(job.Msg{Job: before, Events: recorded(64)})
		p.ExpectNot("0.0250")
		tell(recorded(4)...)
		p.Expect("0.0450")
	})
}

func TestCloseEndsEverything(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, tell func(...lab.Event)) {
		tell(recorded(4)...)
		p.Press("r", "r")
		m.Close()
	})
}
