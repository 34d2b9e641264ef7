package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	n := Add(x, s.RandomNormal(x.Graph(), x.Shape()))
	return MinScalar(MaxScalar(n, 0), 1)
}
