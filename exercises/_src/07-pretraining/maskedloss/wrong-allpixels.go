package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	return ReduceAllMean(Mul(Square(Sub(x, y)), m))
}
