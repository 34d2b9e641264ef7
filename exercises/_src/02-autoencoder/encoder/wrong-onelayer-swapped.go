package encoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Encode(s *model.Scope, x *Node, units, code int) *Node {
	h := hidden(s.In("hidden"), x, code)
	return layers.DenseWithBias(s.In("code"), h, units)
}

func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
