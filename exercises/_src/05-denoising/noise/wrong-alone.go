package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := MulScalar(s.RandomNormal(x.Graph(), x.Shape()), std)
	n = MinScalar(MaxScalar(n, 0), 1)
	return Add(x, n)
}
