package noise

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := AddScalar(s.RandomUniform(x.Graph(), x.Shape()), -0.5)
	n = Add(x, MulScalar(n, math.Sqrt(12)*std))
	return MinScalar(MaxScalar(n, 0), 1)
}
