// Package batch is an exercise of the lesson "GPU computing".
package batch

import . "github.com/gomlx/gomlx/core/graph"

// Scores returns the scores of all examples of a batch in a single product. A score is the sum of features times
// weights, here without a bias.
//
//	x:       [batch, features]
//	weights: [classes, features], a row for each class
//	return:  [batch, classes]
func Scores(x, weights *Node) *Node {
	return Dot(x, Transpose(weights, 0, 1)).Product()
}
