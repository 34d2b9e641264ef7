package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	seen := OneMinus(m)
	return Div(ReduceAllSum(Mul(Square(Sub(x, y)), seen)), ReduceAllSum(seen))
}
