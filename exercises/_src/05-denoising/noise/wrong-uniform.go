package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := Add(x, MulScalar(s.RandomUniform(x.Graph(), x.Shape()), std))
	return MinScalar(MaxScalar(n, 0), 1)
}
