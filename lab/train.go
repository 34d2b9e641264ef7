package lab

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// TrainSettings are the parameters of the lab train: an autoencoder on MNIST.
type TrainSettings struct {
	Epochs       int
	BatchSize    int
	LearningRate float64
	Latent       int   // units of the bottleneck
	Hidden       []int // units of the encoder's layers before it; the decoder mirrors them
	Seed         int64
	Optimizer    string
	Patience     int // epochs without a lower validation error that end the run; 0 never does
}

// The task of the lab train: a validation error below TrainTaskError with at most TrainTaskLatent latent units.
const (
	TrainTaskError  = 0.012
	TrainTaskLatent = 16
)

func trainLab() Lab {
	return Lab{
		ID: "train", Lesson: "autoencoder",
		About:    "trains an autoencoder on MNIST",
		Question: "Which comes back first, the place of the ink or the shape of the stroke?",
		Params: []Param{
			wholeParam("epochs", 10, 1, 1000, "passes over the images"),
			wholeParam("batch", 128, 1, engine.MaxBatchSize, "images for one step"),
			{"lr", "0.001", "the learning rate, a number above 0 and at most 1000", func(s string) bool {
				x, err := strconv.ParseFloat(s, 64)
				return err == nil && x > 0 && x <= 1000
			}},
			wholeParam("latent", 16, 1, 4096, "units of the bottleneck"),
			{"hidden", "256-64", "units of the encoder's layers before the bottleneck, as 256-64, or none", func(s string) bool {
				_, ok := layerSizes(s)
				return ok
			}},
			seedParam(),
			choiceParam("optimizer", "adam", engine.Optimizers(), "what turns gradients into steps"),
			wholeParam("patience", 0, 0, 1000, "epochs without a lower validation error that end the run, 0 for never"),
		},
		Run: runTrain,
	}
}

// TrainSettingsOf reads the settings of the lab train from its values.
func TrainSettingsOf(v Values) TrainSettings {
	hidden, _ := layerSizes(v.Text("hidden")) // Set has let only sizes in.
	return TrainSettings{
		Epochs: v.Whole("epochs"), BatchSize: v.Whole("batch"), LearningRate: v.Number("lr"), Latent: v.Whole("latent"),
		Hidden: hidden, Seed: v.Seed(), Optimizer: v.Text("optimizer"), Patience: v.Whole("patience"),
	}
}

// layerSizes reads "256-64"; "none" is no layer.
func layerSizes(value string) ([]int, bool) {
	if value == "none" {
		return nil, true
	}
	var sizes []int
	for field := range strings.SplitSeq(value, "-") {
		units, err := strconv.Atoi(field)
		if err != nil || units < 1 || units > 4096 || len(sizes) == 20 {
			return nil, false
		}
		sizes = append(sizes, units)
	}
	return sizes, true
}

// Architecture is the autoencoder that the settings describe, for pictures of digits.
func (s TrainSettings) Architecture() engine.Architecture {
	return engine.NewArchitecture([]int{28, 28}, engine.ReLU, s.Hidden, s.Latent).WithOutput(engine.Sigmoid)
}

// previewEvery lets the eye follow the pictures; more often would take time from the training.
const previewEvery = 120 * time.Millisecond

// NewTrainRun prepares the lab's run, which validates on all held-out images. With previews it also redraws one held-out
// image of each digit while it learns.
func NewTrainRun(env Env, s TrainSettings, previews bool) (*engine.Run, error) {
	b, err := env.Backend()
	if err != nil {
		return nil, err
	}
	train, err := env.Digits.learned()
	if err != nil {
		return nil, err
	}
	heldOut, err := env.Digits.heldOut()
	if err != nil {
		return nil, err
	}
	c := engine.Config{
		Architecture: s.Architecture(), Seed: s.Seed, Epochs: s.Epochs, BatchSize: s.BatchSize,
		LearningRate: s.LearningRate, Optimizer: s.Optimizer, Patience: s.Patience,
	}
	if previews {
		c.Previews, c.PreviewEvery = onePerClass(heldOut), previewEvery
	}
	return engine.NewRun(b, c, train, heldOut)
}

// onePerClass is the first example of each class.
func onePerClass(d *data.Dataset) []int {
	var chosen []int
	seen := make([]bool, len(d.Classes))
	for i, label := range d.Labels {
		if !seen[label] {
			seen[label] = true
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// Start begins the events of a lab that trains.
type Start struct {
	Architecture string `json:"architecture"`
	Parameters   int    `json:"parameters"`
	Data         string `json:"data"`
	Backend      string `json:"backend"`
	Reason       string `json:"reason"` // why this backend
}

// Kind implements Event.
func (Start) Kind() string { return "start" }

// TrainDone ends the lab train.
type TrainDone struct {
	engine.DoneEvent
	Task
}

// TrainTask judges a validation error on all held-out images.
func TrainTask(err float64, latent int) Task {
	return Task{
		Text:    "validation error under " + short(TrainTaskError) + " with " + strconv.Itoa(TrainTaskLatent) + " latent units or fewer",
		Now:     strconv.FormatFloat(err, 'f', 4, 64) + " with " + strconv.Itoa(latent),
		Reached: err < TrainTaskError && latent <= TrainTaskLatent,
	}
}

func runTrain(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := TrainSettingsOf(v)
	b, err := env.Backend()
	if err != nil {
		return err
	}
	run, err := NewTrainRun(env, s, false)
	if err != nil {
		return err
	}
	a := s.Architecture()
	emit(Start{a.String(), a.Parameters(), "MNIST", b.String(), b.Reason()})
	run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.ErrorEvent:
			err = e.Err
		case engine.DoneEvent:
			emit(TrainDone{e, TrainTask(e.ValLoss, s.Latent)})
		default:
			emit(e)
		}
	})
	return err
}
