// Package distances is an exercise of the lesson "KNN in latent space".
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
	qr := MatMul(q, Transpose(r, 0, 1))           // [n, m]
	return Sub(Add(qq, rr), MulScalar(qr, 2))
}
