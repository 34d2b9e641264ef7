// Package encoder is an exercise of the lesson "Autoencoder step by step".
//
// The encoder's layers get narrower, down to the code. Each layer keeps its parameters in a scope of its own.
// Edit this file as you like, but keep the signature of Encode. Then run: aetutor check encoder
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
	// TODO: add the layer of the code.
	return h
}

// hidden is a dense layer with an activation: x: [batch, in] → [batch, n]
func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
