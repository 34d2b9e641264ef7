// Package noise is an exercise of the lesson "Denoising".
package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// AddNoise returns x with Gaussian noise of mean 0 and standard deviation std, clipped to 0 … 1.
//
//	s:      the scope that keeps the state of the random numbers
//	x:      [batch, pixels] from 0 to 1
//	return: [batch, pixels] from 0 to 1
func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := s.RandomNormal(x.Graph(), x.Shape())
	n = Add(x, MulScalar(n, std))
	return MinScalar(MaxScalar(n, 0), 1)
}
