package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/train"
)

// knownNames is what the directives of the lessons may name.
func knownNames() lessons.Known {
	return lessons.Known{Labs: map[string][]string{lab.TrainID: lab.Keys(lab.TrainParams())}}
}

// labs opens labs for one session.
type labs struct {
	// backend is opened by the first lab that computes, and shared by those that follow.
	backend func() (*engine.Backend, error)
}

func newLabs(backend string) labs {
	return labs{backend: sync.OnceValues(func() (*engine.Backend, error) { return openBackend(backend) })}
}

// open makes the screen of a lesson's lab.
func (l labs) open(block lessons.Lab) (screen.Screen, error) {
	if block.ID != lab.TrainID {
		return nil, fmt.Errorf("there is no lab %q", block.ID)
	}
	settings := lab.DefaultTrainSettings()
	for key, value := range block.Set {
		if err := settings.Set(key, value); err != nil {
			return nil, err
		}
	}
	return train.New(l.prepareTrain, settings, train.Task{Error: lab.TrainTaskError, Latent: lab.TrainTaskLatent}), nil
}

func (l labs) prepareTrain(ctx context.Context, s lab.TrainSettings) (train.Prepared, error) {
	backend, err := l.backend()
	if err != nil {
		return train.Prepared{}, err
	}
	run, err := lab.NewTrainRun(backend, s, true)
	if err != nil {
		return train.Prepared{}, err
	}
	set, err := data.MNISTTrain()
	if err != nil {
		return train.Prepared{}, err
	}
	architecture := s.Architecture()
	return train.Prepared{
		Run: run, Architecture: architecture.String(), Parameters: architecture.Parameters(),
		Backend: backend.String(), Examples: set.Len(),
	}, ctx.Err()
}
