package lab

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// NoiseData says what the lab noise-bench makes noisy.
type NoiseData string

// The data of the lab noise-bench.
const (
	NoisyDigits NoiseData = "digits" // pictures of MNIST, [28, 28]
	NoisyBeats  NoiseData = "beats"  // beats of a simulated ECG, [128], scaled to the range from 0 to 1
)

// AllNoiseData lists all data, in the order in which a key goes through them.
func AllNoiseData() []NoiseData { return []NoiseData{NoisyDigits, NoisyBeats} }

// block is the side of a block that masking hides: a seventh of a picture's side, an eighth of a beat.
func (d NoiseData) block() int {
	if d == NoisyBeats {
		return 16
	}
	return 4
}

// shape is that of one example.
func (d NoiseData) shape() []int {
	if d == NoisyBeats {
		return []int{data.BeatWidth}
	}
	return []int{28, 28}
}

// recipe is the plain autoencoder of the data.
func (d NoiseData) recipe(digits *Digits, latent, epochs int) Recipe {
	r := digits.recipe(latent)
	if d == NoisyBeats {
		r = Recipe{
			Name:  fmt.Sprintf("beats-%d", latent),
			Title: fmt.Sprintf("the autoencoder of heartbeats with %d latent units", latent),
			Config: engine.Config{
				Architecture: engine.NewArchitecture(d.shape(), engine.ReLU, []int{64, 32}, latent).WithOutput(engine.Sigmoid),
				Seed:         1, BatchSize: 32, LearningRate: 0.002, Optimizer: "adam",
			},
			Train: beatsTrain, HeldOut: beatsHeldOut,
		}
		// There are forty times fewer beats than digits, so each is shown more often.
		epochs *= beatEpochs
	}
	r.Config.Epochs = epochs
	return r
}

// beatEpochs is how many passes over the beats count as one over the digits.
const beatEpochs = 10

// beats are the two parts of the simulated beats.
type beats struct{ train, heldOut *data.Dataset }

// The beats are simulated when they are first asked for and then kept, as MNIST is.
var simulatedBeats = sync.OnceValues(simulateBeats)

func beatsTrain() (*data.Dataset, error) {
	b, err := simulatedBeats()
	return b.train, err
}

func beatsHeldOut() (*data.Dataset, error) {
	b, err := simulatedBeats()
	return b.heldOut, err
}

// simulateBeats simulates half an hour of a heart at rest with a premature beat in ten, without noise: the noise is
// what the lab adds. Every fifth beat or so is held out. The smallest and the largest value of the training beats
// become 0 and 1; what is held out and lies beyond is clipped.
func simulateBeats() (beats, error) {
	c := data.DefaultECG()
	c.Seconds, c.Rate, c.HeartRateStd, c.Noise, c.Ectopic = 1800, data.BeatRate, 4, 0, 0.1
	series, err := data.SimulateECG(context.Background(), c)
	if err != nil {
		return beats{}, err
	}
	all, err := data.CutBeats(series, series.RPeaks())
	if err != nil {
		return beats{}, err
	}
	train, heldOut, err := all.Split(0.2, c.Seed)
	if err != nil {
		return beats{}, err
	}
	values := rows(train)
	low, high := slices.Min(values), slices.Max(values)
	scaled := func(d *data.Dataset) (*data.Dataset, error) {
		values := rows(d)
		for i, v := range values {
			values[i] = min(max((v-low)/(high-low), 0), 1)
		}
		return data.NewRows(*d, values)
	}
	if train, err = scaled(train); err != nil {
		return beats{}, err
	}
	heldOut, err = scaled(heldOut)
	return beats{train, heldOut}, err
}
