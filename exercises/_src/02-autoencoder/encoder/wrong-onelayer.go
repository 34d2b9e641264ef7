package encoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
)

func Encode(s *model.Scope, x *Node, units, code int) *Node {
	return layers.DenseWithBias(s.In("code"), x, code)
}
