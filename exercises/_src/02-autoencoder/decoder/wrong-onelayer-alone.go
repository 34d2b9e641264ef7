package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	return Sigmoid(layers.DenseWithBias(s.In("out"), z, pixels))
}
