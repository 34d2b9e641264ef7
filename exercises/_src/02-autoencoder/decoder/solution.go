// Package decoder is an exercise of the lesson "Autoencoder step by step".
package decoder

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"
)

// Decode draws a picture from each code: a hidden layer, then a dense layer with a unit and a bias for each pixel, whose
// activation is the sigmoid.
//
//	z:      [batch, code]
//	units:  of the hidden layer
//	pixels: of a picture
//	return: [batch, pixels]
func Decode(s *model.Scope, z *Node, units, pixels int) *Node {
	h := hidden(s.In("hidden"), z, units)
	return Sigmoid(layers.DenseWithBias(s.In("out"), h, pixels))
}

// hidden is a dense layer with an activation: x: [batch, in] → [batch, n]
func hidden(s *model.Scope, x *Node, n int) *Node {
	return activation.Relu(layers.DenseWithBias(s, x, n))
}
