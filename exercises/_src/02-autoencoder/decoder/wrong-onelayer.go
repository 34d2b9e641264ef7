package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	h := hidden(s.In("hidden"), z, pixels)
	return Sigmoid(layers.DenseWithBias(s.In("out"), h, pixels))
}

func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
