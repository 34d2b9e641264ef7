package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	return Div(ReduceAllSum(Square(Sub(x, y))), ReduceAllSum(m))
}
