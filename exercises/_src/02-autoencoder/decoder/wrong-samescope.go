package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	h := hidden(s, z, units)
	return Sigmoid(layers.DenseWithBias(s, h, pixels))
}

func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
