package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	return ReduceAllSum(Mul(Square(Sub(x, y)), m))
}
