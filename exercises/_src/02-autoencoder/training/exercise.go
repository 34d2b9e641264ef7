// Package training is an exercise of the lesson "Autoencoder step by step".
//
// Training is a loop in a loop: in each epoch one step on each batch. The plan of a step is there; you let it run.
// Edit Train and keep its signature; leave step and Reconstruct as they are. Then run: aetutor check training
package training

import (
	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

// Train shows the network all pictures in batches of size pictures, one batch after another, and does so again in each
// epoch. The last batch of an epoch has the pictures that are left. They stay in their order here, without shuffling.
//
//	pictures: [n][pixels]
//	return:   [steps], the loss of each batch, which was measured before the step
func Train(backend compute.Backend, store *model.Store, pictures [][]float32, epochs, size int) []float32 {
	exec := model.MustNewExec(backend, store, step)
	var losses []float32
	// TODO: this is one step on one picture. Go through all batches, in each of the epochs.
	batch := pictures[:1]
	loss := exec.MustCall1(batch)
	losses = append(losses, tensors.ToScalar[float32](loss))
	return losses
}

// step is a step of Adam. x: [batch, pixels] → the loss of the batch
func step(s *model.Scope, x *Node) *Node {
	s.SetTraining(x.Graph(), true) // Otherwise a graph may take weights that there are already for constants.
	loss := ReduceAllMean(Square(Sub(x, Reconstruct(s, x))))
	optimizer.Adam().LearningRate(0.01).Done().UpdateGraph(s, x.Graph(), loss)
	return loss
}

// Reconstruct draws pictures from codes of 4 numbers: x: [batch, pixels] → [batch, pixels]
func Reconstruct(s *model.Scope, x *Node) *Node {
	z := layers.DenseWithBias(s.In("encoder"), x, 4)
	return Sigmoid(layers.DenseWithBias(s.In("decoder"), z, x.Shape().Dim(-1)))
}
