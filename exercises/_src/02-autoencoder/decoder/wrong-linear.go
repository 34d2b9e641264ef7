package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	h := layers.DenseWithBias(s.In("hidden"), z, units)
	return Sigmoid(layers.DenseWithBias(s.In("out"), h, pixels))
}
