// Package distances is an exercise of the lesson "KNN in latent space".
//
// A search compares each query with each reference. As Σ qᵢ² − 2 Σ qᵢrᵢ + Σ rᵢ², all of that is one matrix product.
// Edit this file as you like, but keep the signature of Squares. Then run: aetutor check distances
package distances

import . "github.com/gomlx/gomlx/core/graph"

// Squares returns the squared distance d² from each query to each reference.
//
//	q:      [n, w] queries of w numbers, one in each row
//	r:      [m, w] references
//	return: [n, m]
func Squares(q, r *Node) *Node {
	qq := InsertAxes(ReduceSum(Square(q), 1), -1) // [n, 1]
	rr := InsertAxes(ReduceSum(Square(r), 1), 0)  // [1, m]
	// TODO: the middle sum is missing; it is an entry of a matrix product.
	return Add(qq, rr)
}
