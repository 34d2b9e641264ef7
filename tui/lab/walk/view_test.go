package walk

import (
	"context"
	"flag"
	"testing"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "What does each model draw where no digit was encoded?"

// ready is a lab at a place, with all decoded; no goroutine works.
func ready(at lab.Place, keys ...string) *Model {
	w := &recordedWalker{}
	m := New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{recordedOpened(w)}})
	sight, _ := w.Look(context.Background(), at)
	draws, _ := w.Draw(context.Background(), 1)
	m.at = at
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{seen{sight, &draws, 1}}, Ended: true})
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
	return m
}

// screens are the states of the lab that a learner meets.
func screens() map[string]screen.Screen {
	at := lab.Place{0.75, -0.5}
	states := map[string]screen.Screen{
		"opening": New(nil, 0.25, 1, question), "both": ready(at), "vae": ready(at, "c"), "autoencoder": ready(at, "c", "c"),
		"grid": ready(at, "g"), "grid of one": ready(at, "c", "g"), "samples": ready(at, "n"), "samples of one": ready(at, "c", "n"),
	}
	m := New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: labtest.Training("the VAE of digits with 2 latent units", 784, 900)})
	states["training"] = m
	m = New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errNoRoom})
	states["failed"] = m
	m = New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{recordedOpened(&recordedWalker{})}})
	states["before the first look"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "both") }
