package noise

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	state, err := RNGStateFromSeed(42)
	if err != nil {
		panic(err)
	}
	_, n := RandomNormal(Const(x.Graph(), state), x.Shape())
	n = Add(x, MulScalar(n, std))
	return MinScalar(MaxScalar(n, 0), 1)
}
