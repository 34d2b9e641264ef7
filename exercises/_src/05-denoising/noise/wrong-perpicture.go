package noise

import (
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := s.RandomNormal(x.Graph(), shapes.Make(x.DType(), x.Shape().Dim(0), 1))
	n = Add(x, MulScalar(n, std))
	return MinScalar(MaxScalar(n, 0), 1)
}
