// Package lab says what each lab computes: its parameters with their defaults, its task and its work. The terminal app
// shows labs, the command line runs them without a screen.
package lab

import (
	"strconv"
	"strings"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// TrainID is the id of the lab train.
const TrainID = "train"

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

// DefaultTrainSettings are what the lab starts with.
func DefaultTrainSettings() TrainSettings {
	return TrainSettings{
		Epochs: 10, BatchSize: 128, LearningRate: 0.001, Latent: 16, Hidden: []int{256, 64}, Seed: 1, Optimizer: "adam",
	}
}

// TrainParams are the parameters of the lab train with their defaults.
func TrainParams() []Param {
	s := DefaultTrainSettings()
	hidden := make([]string, 0, len(s.Hidden))
	for _, units := range s.Hidden {
		hidden = append(hidden, strconv.Itoa(units))
	}
	return []Param{
		{"epochs", strconv.Itoa(s.Epochs), "a whole number of passes over the images, 1 to 1000"},
		{"batch", strconv.Itoa(s.BatchSize), "a whole number of images for one step, 1 to 8192"},
		{"lr", strconv.FormatFloat(s.LearningRate, 'g', -1, 64), "the learning rate, a number above 0 and at most 1000"},
		{"latent", strconv.Itoa(s.Latent), "a whole number of units of the bottleneck, 1 to 4096"},
		{"hidden", strings.Join(hidden, "-"), "units of the encoder's layers before the bottleneck, as 256-64, or none"},
		{"seed", strconv.FormatInt(s.Seed, 10), "a whole number that decides initial weights and order"},
		{"optimizer", s.Optimizer, "one of " + strings.Join(engine.Optimizers(), ", ")},
		{"patience", strconv.Itoa(s.Patience), "epochs without a lower validation error that end the run, 0 (never) to 1000"},
	}
}

// Set changes one parameter. An unknown key or a bad value gives an error that lists what there is.
func (s *TrainSettings) Set(key, value string) error {
	var ok bool
	switch key {
	case "epochs":
		ok = setNumber(&s.Epochs, value, 1, 1000)
	case "batch":
		ok = setNumber(&s.BatchSize, value, 1, engine.MaxBatchSize)
	case "latent":
		ok = setNumber(&s.Latent, value, 1, 4096)
	case "patience":
		ok = setNumber(&s.Patience, value, 0, 1000)
	case "lr":
		s.LearningRate, ok = fraction(value, 1000)
	case "hidden":
		s.Hidden, ok = layerSizes(value)
	case "seed":
		seed, err := strconv.ParseInt(value, 10, 64)
		s.Seed, ok = seed, err == nil
	case "optimizer":
		s.Optimizer = value
		ok = strings.Contains(" "+strings.Join(engine.Optimizers(), " ")+" ", " "+value+" ")
	default:
		return unknownKey(key, TrainParams())
	}
	if !ok {
		return badValue(key, value, TrainParams())
	}
	return nil
}

// layerSizes reads "256-64"; "none" is no layer.
func layerSizes(value string) ([]int, bool) {
	if value == "none" {
		return nil, true
	}
	var sizes []int
	for field := range strings.SplitSeq(value, "-") {
		units, ok := number(field, 1, 4096)
		if !ok || len(sizes) == 20 {
			return nil, false
		}
		sizes = append(sizes, units)
	}
	return sizes, true
}

// Architecture is the autoencoder that the settings describe, for pictures of MNIST.
func (s TrainSettings) Architecture() engine.Architecture {
	return engine.NewArchitecture([]int{28, 28}, engine.ReLU, s.Hidden, s.Latent).WithOutput(engine.Sigmoid)
}

// previewEvery lets the eye follow the pictures; more often would take time from the training.
const previewEvery = 120 * time.Millisecond

// NewTrainRun prepares the lab's run on all of MNIST: it trains on the 60,000 training images and validates on the
// 10,000 test images. With previews it also redraws one held-out image of each digit while it learns.
func NewTrainRun(b *engine.Backend, s TrainSettings, previews bool) (*engine.Run, error) {
	train, err := data.MNISTTrain()
	if err != nil {
		return nil, err
	}
	heldOut, err := data.MNISTTest()
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
