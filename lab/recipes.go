package lab

import (
	"fmt"

	"github.com/aetutor/aetutor/engine"
)

// recipe is the autoencoder of digits that several labs look into.
func (d *Digits) recipe(latent int) Recipe {
	a := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{256, 64}, latent).WithOutput(engine.Sigmoid)
	return Recipe{
		Name:  fmt.Sprintf("digits-%d", latent),
		Title: fmt.Sprintf("the autoencoder of digits with %d latent units", latent),
		Config: engine.Config{
			Architecture: a, Seed: 1, Epochs: 5, BatchSize: 128, LearningRate: 0.001, Optimizer: "adam",
		},
		Train: d.learned, HeldOut: d.heldOut,
	}
}
