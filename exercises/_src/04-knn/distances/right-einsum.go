package distances

import . "github.com/gomlx/gomlx/core/graph"

func Squares(q, r *Node) *Node {
	qr := Einsum("nw,mw->nm", q, MulScalar(r, -2))
	return Add(Add(qr, InsertAxes(ReduceSum(Square(r), -1), 0)), InsertAxes(ReduceSum(Square(q), -1), 1))
}
