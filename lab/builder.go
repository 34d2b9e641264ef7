package lab

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// BuilderSettings are the parameters of the lab builder: the stack that it begins with, and how it is tried.
type BuilderSettings struct {
	Hidden []int // units of the encoder's layers before the code; the decoder mirrors them
	Latent int
	Images int // training images of a trial
	Epochs int
	Seed   int64
}

// The task of the lab builder: an error below builderTaskError after a trial with the default number of images and
// epochs, with at most builderTaskLatent values of the code and builderTaskParameters parameters.
const (
	builderTaskError      = 0.037
	builderTaskLatent     = 16
	builderTaskParameters = 120_000
)

// builderHeldOut is how many held-out images judge a trial.
const builderHeldOut = 2000

func builderLab() Lab {
	return Lab{
		ID: "builder", Lesson: "autoencoder",
		About:    "builds an autoencoder layer by layer and trains it briefly",
		Question: "Which layers hold the parameters, and which of them can you do without?",
		Task:     BuilderTask(BuilderSettings{Latent: 1}.Architecture(), 0).Text,
		Params: []Param{
			{"hidden", "64", "units of the encoder's layers before the code, as 256-64, or none", func(s string) bool {
				_, ok := layerSizes(s)
				return ok
			}},
			wholeParam("latent", 16, 1, 1024, "units of the code"),
			wholeParam("images", 20_000, 1000, 60_000, "training images of a trial"),
			wholeParam("epochs", 2, 1, 20, "passes over them"),
			seedParam(),
		},
		Run: runBuilder,
	}
}

// BuilderSettingsOf reads the settings of the lab builder from its values.
func BuilderSettingsOf(v Values) BuilderSettings {
	hidden, _ := layerSizes(v.Text("hidden")) // Set has let only sizes in.
	return BuilderSettings{
		Hidden: hidden, Latent: v.Whole("latent"), Images: v.Whole("images"), Epochs: v.Whole("epochs"), Seed: v.Seed(),
	}
}

// Architecture is the stack that the lab begins with.
func (s BuilderSettings) Architecture() engine.Architecture {
	return engine.NewArchitecture([]int{28, 28}, engine.ReLU, s.Hidden, s.Latent).WithOutput(engine.Sigmoid)
}

// BuilderTask judges a trial by its error on the held-out images.
func BuilderTask(a engine.Architecture, err float64) Task {
	t := Task{
		Text: fmt.Sprintf("error < %s, code ≤ %d, ≤ %d,000 parameters", short(builderTaskError), builderTaskLatent,
			builderTaskParameters/1000),
		Now: fmt.Sprintf("%s, %d, %d,%03d", strconv.FormatFloat(err, 'f', 4, 64), a.Latent(), a.Parameters()/1000,
			a.Parameters()%1000),
	}
	if a.Latent() <= builderTaskLatent && a.Parameters() <= builderTaskParameters {
		t.Reached, t.Figure = err < builderTaskError, lowest("error of a stack within the limits", err)
	}
	return t
}

// TrialDone ends the lab builder.
type TrialDone struct {
	engine.DoneEvent
	Architecture string `json:"architecture"`
	Parameters   int    `json:"parameters"`
	Task
}

// Line says what the trial gave.
func (d TrialDone) Line() string {
	return fmt.Sprintf("%s, %d parameters: error %.4f after %.1f s\n%s", d.Architecture, d.Parameters, d.ValLoss,
		d.Seconds, d.Task.Line())
}

func runBuilder(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := BuilderSettingsOf(v)
	return TryStack(ctx, env, s, s.Architecture(), emit)
}

// TryStack trains a stack briefly. It tells the events of an engine.Run, the last of them as a TrialDone.
func TryStack(ctx context.Context, env Env, s BuilderSettings, a engine.Architecture, emit func(Event)) error {
	if err := a.Validate(); err != nil {
		return err
	}
	train, heldOut, err := env.Digits.parts()
	if err != nil {
		return err
	}
	return s.try(ctx, env, a, firstOf(train, s.Images), firstOf(heldOut, builderHeldOut), emit)
}

// try is TryStack on any images.
func (s BuilderSettings) try(ctx context.Context, env Env, a engine.Architecture, train, heldOut *data.Dataset,
	emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	run, err := engine.NewRun(b, engine.Config{
		Architecture: a, Seed: s.Seed, Epochs: s.Epochs, BatchSize: min(128, train.Len()),
		LearningRate: 0.001, Optimizer: "adam", Previews: onePerClass(heldOut), PreviewEvery: previewEvery,
	}, train, heldOut)
	if err != nil {
		return err
	}
	run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.ErrorEvent:
			err = e.Err
		case engine.DoneEvent:
			emit(TrialDone{e, a.String(), a.Parameters(), BuilderTask(a, e.ValLoss)})
		default:
			emit(e)
		}
	})
	return err
}
