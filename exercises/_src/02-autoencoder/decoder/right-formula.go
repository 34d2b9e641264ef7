package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	for i, n := range []int{units, pixels} {
		z = layers.DenseWithBias(s.In("layer%d", i), z, n)
		if i == 0 {
			z = activation.Relu(z)
		}
	}
	return Inverse(OnePlus(Exp(Neg(z))))
}
