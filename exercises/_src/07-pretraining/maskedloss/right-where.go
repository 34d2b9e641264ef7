package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	hidden := GreaterThan(m, ScalarZero(m.Graph(), m.DType()))
	square := Where(hidden, Square(Sub(y, x)), ZerosLike(x))
	return Div(ReduceAllMean(square), ReduceAllMean(m))
}
