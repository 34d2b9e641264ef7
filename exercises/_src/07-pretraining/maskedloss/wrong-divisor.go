package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	square := Square(Sub(x, y))
	return Div(ReduceAllSum(Mul(square, m)), ReduceAllSum(OneMinus(m)))
}
