package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

func Errors(x, y *Node) *Node {
	d := Sub(y, x)
	return DivScalar(ReduceSum(Mul(d, d), 1), float64(x.Shape().Dim(1)))
}
