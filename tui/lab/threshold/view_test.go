package threshold

import (
	"errors"
	"flag"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "How much error is too much?"

// kinds are the data of somebody without a table.
func kinds() []string { return lab.Env{}.ThresholdKinds() }

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// ready is a model whose fake scores are there; no goroutine works.
func ready(t *testing.T, kind string) *Model {
	t.Helper()
	settings := lab.ThresholdSettings{Data: kind, Share: lab.ThresholdShare(kind), Seed: 1}
	s, err := newSets(recorded(kind), settings.Share)
	if err != nil {
		t.Fatal(err)
	}
	kinds := kinds()
	if kind == "own" || kind == "unlabelled" {
		settings.Data, kinds = "own", lab.Env{Own: &lab.Own{}}.ThresholdKinds()
	}
	m := New(nil, settings, kinds, question)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{readyMsg{s}}, Ended: true})
	return m
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]screen.Screen {
	t.Helper()
	states := map[string]screen.Screen{}
	m := New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	states["opening"] = m

	m = New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	m.Update(job.Msg{Job: m.job, Events: labtest.Training("the autoencoder of digits with 16 latent units", 784, 900)})
	states["training"] = m

	m = New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["failed"] = m

	states["first"] = ready(t, "images")

	m = ready(t, "images")
	press(m, "m", "enter")
	states["judged"] = m

	m = ready(t, "images")
	press(m, "u", "w", "w")
	states["misses"] = m

	m = ready(t, "images")
	press(m, "c", "f", "right", "a")
	states["curve"] = m

	m = ready(t, "table")
	press(m, "u", "w")
	states["rows"] = m

	m = ready(t, "series")
	press(m, "u", "w", "w")
	states["beats"] = m

	m = ready(t, "own")
	press(m, "u")
	states["own"] = m
	m = ready(t, "unlabelled")
	press(m, "u")
	states["unlabelled"] = m
	m = ready(t, "unlabelled")
	press(m, "u", "w", "b")
	states["flagged-rows"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "judged") }
