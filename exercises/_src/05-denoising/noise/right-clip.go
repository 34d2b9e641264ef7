package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	draws := s.In("noise").RandomNormal(x.Graph(), x.Shape())
	return ClipScalar(Sub(x, MulScalar(draws, std)), 0, 1)
}
