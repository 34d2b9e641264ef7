package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	sums := ReduceSum(Mul(Square(Sub(x, y)), m), -1)
	return ReduceAllMean(Div(sums, ReduceSum(m, -1)))
}
