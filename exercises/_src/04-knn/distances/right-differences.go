package distances

import . "github.com/gomlx/gomlx/core/graph"

func Squares(q, r *Node) *Node {
	d := Sub(InsertAxes(q, 1), InsertAxes(r, 0)) // [n, m, w]
	return ReduceSum(Mul(d, d), -1)
}
