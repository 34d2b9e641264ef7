package main

import (
	"context"
	"fmt"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/analogies"
	"github.com/aetutor/aetutor/tui/lab/bottleneck"
	"github.com/aetutor/aetutor/tui/lab/builder"
	"github.com/aetutor/aetutor/tui/lab/devices"
	"github.com/aetutor/aetutor/tui/lab/features"
	"github.com/aetutor/aetutor/tui/lab/fewlabels"
	"github.com/aetutor/aetutor/tui/lab/latentmap"
	"github.com/aetutor/aetutor/tui/lab/maps"
	"github.com/aetutor/aetutor/tui/lab/noisebench"
	"github.com/aetutor/aetutor/tui/lab/race"
	"github.com/aetutor/aetutor/tui/lab/threshold"
	"github.com/aetutor/aetutor/tui/lab/train"
	"github.com/aetutor/aetutor/tui/lab/vaetrain"
	"github.com/aetutor/aetutor/tui/lab/walk"
)

// knownNames is what the directives of the lessons may name.
func knownNames() (lessons.Known, error) {
	known := lessons.Known{Labs: map[string][]string{}, Exercises: map[string]bool{}}
	for _, l := range lab.All() {
		known.Labs[l.ID] = lab.Keys(l.Params)
	}
	all, err := exercises.Embedded()
	for _, e := range all {
		known.Exercises[e.Name] = true
	}
	return known, err
}

// openLab makes the screen of a lesson's lab.
func openLab(env lab.Env, block lessons.Lab) (screen.Screen, error) {
	l, ok := lab.Find(block.ID)
	if !ok {
		return nil, fmt.Errorf("there is no lab %q", block.ID)
	}
	values := l.Defaults()
	for key, value := range block.Set {
		if err := values.Set(key, value); err != nil {
			return nil, err
		}
	}
	switch l.ID {
	case "feature-bench":
		open := func(ctx context.Context) (*lab.FeatureBench, error) {
			return lab.OpenFeatureBench(ctx, values.Text("features"), values.Seed())
		}
		return features.New(open, l.Question), nil
	case "devices":
		inspect := func(ctx context.Context, emit func(lab.Event)) error { return lab.Devices(ctx, env, emit) }
		return devices.New(inspect, l.Question), nil
	case "matmul-race":
		run := func(ctx context.Context, seed int64, emit func(lab.Event)) error {
			return lab.Race(ctx, env, seed, emit)
		}
		return race.New(run, values.Whole("prediction"), values.Seed(), l.Question), nil
	case "train":
		prepare := func(ctx context.Context, s lab.TrainSettings) (train.Prepared, error) {
			return prepareTrain(ctx, env, s)
		}
		m := train.New(prepare, lab.TrainSettingsOf(values), l.Question)
		if env.Own != nil {
			m.Offer(env.Own.TrainSettings(values.Seed()))
		}
		return m, nil
	case "threshold":
		score := func(ctx context.Context, s lab.ThresholdSettings, emit func(lab.Event)) (*lab.ThresholdScores, error) {
			return lab.ScoreThreshold(ctx, env, s, emit)
		}
		return threshold.New(score, lab.ThresholdSettingsOf(values), env.ThresholdKinds(), l.Question), nil
	case "noise-bench":
		return openNoiseBench(env, values, l.Question), nil
	case "few-labels":
		return openFewLabels(env, values, l.Question), nil
	case "vae-train":
		work := func(ctx context.Context, s lab.VAESettings, emit func(lab.Event)) error {
			return lab.TrainVAE(ctx, env, s, emit)
		}
		return vaetrain.New(work, lab.VAESettingsOf(values), l.Question), nil
	case "walk":
		open := func(ctx context.Context, emit func(lab.Event)) (walk.Opened, error) {
			w, err := lab.OpenWalk(ctx, env, emit)
			if err != nil {
				return walk.Opened{}, err
			}
			return walk.Opened{Walker: w, Maps: w.Maps, Digits: w.Digits}, nil
		}
		return walk.New(open, values.Number("step"), values.Seed(), l.Question), nil
	case "builder":
		settings := lab.BuilderSettingsOf(values)
		try := func(ctx context.Context, a engine.Architecture, emit func(lab.Event)) error {
			return lab.TryStack(ctx, env, settings, a, emit)
		}
		return builder.New(try, settings, l.Question), nil
	case "bottleneck":
		settings := lab.BottleneckSettingsOf(values)
		compare := func(ctx context.Context, emit func(lab.Event)) error {
			return lab.CompareSizes(ctx, env, settings, emit)
		}
		return bottleneck.New(compare, l.Question), nil
	case "latent-map":
		explore := func(ctx context.Context, s lab.LatentMapSettings, pixels bool, emit func(lab.Event)) error {
			return lab.ExploreDigits(ctx, env, s, pixels, emit)
		}
		return latentmap.New(explore, lab.LatentMapSettingsOf(values), l.Question), nil
	case "maps":
		return maps.New(mapsWork(env), lab.MapsSettingsOf(values), l.Question), nil
	case "analogies":
		return analogies.New(analogiesWork(env), lab.AnalogiesSettingsOf(values), l.Question), nil
	default:
		return nil, fmt.Errorf("the lab %s has no screen", l.ID)
	}
}

func prepareTrain(ctx context.Context, env lab.Env, s lab.TrainSettings) (train.Prepared, error) {
	p, err := lab.PrepareTrain(env, s, true)
	if err != nil {
		return train.Prepared{}, err
	}
	return train.Prepared{
		Run: p.Run, Architecture: p.Start.Architecture, Parameters: p.Start.Parameters, Backend: p.Start.Backend,
		Examples: p.Examples, Columns: p.Columns, Rows: p.Rows,
	}, ctx.Err()
}

func openNoiseBench(env lab.Env, values lab.Values, question string) screen.Screen {
	bench := lab.NewNoiseBench(env)
	work := noisebench.Work{Prepare: bench.Prepare, Compare: bench.Compare}
	work.NewRun = func(ctx context.Context, s lab.NoiseSettings) (noisebench.Run, error) { return bench.NewRun(ctx, s) }
	return noisebench.New(work, lab.NoiseSettingsOf(values), question)
}

func openFewLabels(env lab.Env, values lab.Values, question string) screen.Screen {
	work := func(ctx context.Context, s lab.FewLabelsSettings, emit func(lab.Event)) error {
		return lab.FewLabels(ctx, env, s, emit)
	}
	return fewlabels.New(work, lab.FewLabelsSettingsOf(values), question)
}

func analogiesWork(env lab.Env) analogies.Work {
	return analogies.Work{
		Words: func(ctx context.Context, s lab.AnalogiesSettings, emit func(lab.Event)) error {
			_, err := lab.TrainWords(ctx, env, s, emit)
			return err
		},
		Digits: func(ctx context.Context, emit func(lab.Event)) (analogies.Solver, error) {
			return lab.LoadDigitCodes(ctx, env, emit)
		},
	}
}

func mapsWork(env lab.Env) maps.Work {
	return maps.Work{
		Make: func(ctx context.Context, s lab.MapsSettings, emit func(lab.Event)) error {
			return lab.MakeMaps(ctx, env, s, emit)
		},
		Cluster: func(ctx context.Context, f *lab.Features, k int, seed int64, emit func(lab.Event)) (lab.ClusterEvent, error) {
			return f.Cluster(ctx, k, seed, emit)
		},
	}
}
