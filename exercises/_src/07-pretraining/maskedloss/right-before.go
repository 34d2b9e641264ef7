package maskedloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, y, m *Node) *Node {
	// A difference of 0 where the pixel can be seen: 0² and 1² are 0 and 1, so the mask may go inside.
	hidden := Sub(Mul(x, m), Mul(y, m))
	return ReduceAllSum(Mul(Square(hidden), Inverse(ReduceAllSum(m))))
}
