// Package encoder is an exercise of the lesson "Autoencoder step by step".
package encoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

// Encode makes a code of each picture: a hidden layer, then the code, which is a dense layer too, with biases but without
// an activation.
//
//	x:      [batch, pixels]
//	units:  of the hidden layer
//	code:   how many numbers a code has
//	return: [batch, code]
func Encode(s *model.Scope, x *Node, units, code int) *Node {
	h := hidden(s.In("hidden"), x, units)
	return layers.DenseWithBias(s.In("code"), h, code)
}

// hidden is a dense layer with an activation: x: [batch, in] → [batch, n]
func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
