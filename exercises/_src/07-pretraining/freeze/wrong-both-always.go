package freeze

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Scores(s *model.Scope, x *Node, frozen bool) *Node {
	z := activation.Relu(layers.DenseWithBias(s.In("encoder"), x, 4))
	return StopGradient(layers.DenseWithBias(s.In("head"), z, 10))
}
