package freeze

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

func Scores(s *model.Scope, x *Node, frozen bool) *Node {
	encoder := s.In("encoder")
	z := activation.Relu(layers.DenseWithBias(encoder, x, 4))
	for v := range encoder.IterVariables() {
		v.SetTrainable(!frozen || v.Shape().Rank() == 1)
	}
	return layers.DenseWithBias(s.In("head"), z, 10)
}
