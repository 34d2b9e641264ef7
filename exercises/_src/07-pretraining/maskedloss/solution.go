// Package maskedloss is an exercise of the lesson "Pretraining".
package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the mean of (x − y)² over the hidden pixels of all pictures, L = Σ m · (x − y)² / Σ m.
//
//	x:      [batch, pixels] the pictures
//	y:      [batch, pixels] what the decoder drew
//	m:      [batch, pixels] the mask: 1 where a pixel is hidden, 0 where it can be seen
//	return: [], a single number
func Loss(x, y, m *Node) *Node {
	square := Square(Sub(x, y))
	return Div(ReduceAllSum(Mul(square, m)), ReduceAllSum(m))
}
