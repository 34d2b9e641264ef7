package encoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
)

func Encode(s *model.Scope, x *Node, units, code int) *Node {
	h := layers.Dense(s.In("a"), x, true, units)
	h = Max(h, ZerosLike(h))
	return layers.Dense(s.In("b"), h, true, code)
}
