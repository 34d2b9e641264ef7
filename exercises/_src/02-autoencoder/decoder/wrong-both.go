package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	h := hidden(s.In("hidden"), z, units)
	return Sigmoid(hidden(s.In("out"), h, pixels))
}

// hidden is a dense layer with an activation: x: [batch, in] → [batch, n]
func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
