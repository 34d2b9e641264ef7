package training

import (
	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

func Train(backend compute.Backend, store *model.Store, pictures [][]float32, epochs, size int) []float32 {
	exec := model.MustNewExec(backend, store, step)
	var losses []float32
	for range epochs {
		for i := 0; i <= len(pictures)/size; i++ {
			batch := pictures[i*size : min((i+1)*size, len(pictures))]
			loss := exec.MustCall1(batch)
			losses = append(losses, tensors.ToScalar[float32](loss))
		}
	}
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
