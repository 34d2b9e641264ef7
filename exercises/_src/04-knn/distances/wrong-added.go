package distances

import . "github.com/gomlx/gomlx/core/graph"

func Squares(q, r *Node) *Node {
	qq := InsertAxes(ReduceSum(Square(q), 1), -1)
	rr := InsertAxes(ReduceSum(Square(r), 1), 0)
	return Add(Add(qq, rr), MulScalar(MatMul(q, Transpose(r, 0, 1)), 2))
}
