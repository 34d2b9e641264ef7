// Package freeze is an exercise of the lesson "Pretraining".
//
// A frozen backbone keeps its pretrained weights while the head learns: the gradient must not reach them.
// Edit this file as you like, but keep the signature of Scores. Then run: aetutor check freeze
package freeze

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

// Scores returns the score of each class, from the features that the encoder makes of the pictures.
//
//	s:      where the weights are; keep the names of its parts, encoder and head
//	x:      [batch, pixels] the pictures
//	frozen: whether weights and biases of the encoder stay as they are while the head learns
//	return: [batch, 10]
func Scores(s *model.Scope, x *Node, frozen bool) *Node {
	z := backbone(s.In("encoder"), x)
	// TODO: if the encoder is frozen, let the gradient stop between backbone and head.
	return layers.DenseWithBias(s.In("head"), z, 10)
}

// backbone is the pretrained encoder, here a small one.
//
//	x:      [batch, pixels]
//	return: [batch, 4]
func backbone(s *model.Scope, x *Node) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, 4))
}
