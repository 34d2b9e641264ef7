package noise

import (
	"math/rand/v2"

	"github.com/gomlx/gomlx/core/tensors"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	draws := make([]float32, x.Shape().Size())
	for i := range draws {
		draws[i] = float32(std * rand.NormFloat64())
	}
	n := Const(x.Graph(), tensors.FromFlatDataAndDimensions(draws, x.Shape().Dimensions...))
	return MinScalar(MaxScalar(Add(x, n), 0), 1)
}
