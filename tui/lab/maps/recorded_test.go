package maps

import (
	"errors"
	"testing"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]screen.Screen {
	t.Helper()
	state := func(ended bool, err error, events ...lab.Event) *Model {
		m := New(Work{}, settings(), "Which map keeps the digits apart?")
		m.Update(job.Msg{Job: m.making, Events: events, Ended: ended, Err: err})
		return m
	}
	press := func(m *Model, keys ...string) *Model {
		for _, key := range keys {
			m.Update(keymap.Press(key))
		}
		return m
	}
	points, _ := recordedPoints(1)
	live := append(recorded(0), labtest.Training("the autoencoder of digits with 16 latent units", 784, 900)...)
	live = append(live, lab.PlaneEvent{On: lab.OnAutoencoder, Points: points})
	many := recordedClusters(lab.OnVAE, 26, 0.47)
	return map[string]screen.Screen{
		"opening":  state(false, nil),
		"pca":      state(false, nil, recorded(0)...),
		"live":     press(state(false, nil, live...), "down"),
		"waiting":  press(state(false, nil, live...), "down", "down"),
		"paused":   press(state(false, nil, live...), "space"),
		"trained":  press(state(true, nil, append(recorded(2), recordedClusters(lab.OnVAE, 10, 0.524))...), "down", "down"),
		"clusters": press(state(true, nil, append(recorded(2), many)...), "down", "down", "c"),
		"failed":   state(true, errors.New("t10k-images-idx3-ubyte.gz: truncated"), recorded(0)...),
	}
}
