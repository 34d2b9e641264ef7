package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

func Errors(x, y *Node) *Node {
	d := Sub(x, y)
	return MulScalar(Einsum("bp,bp->b", d, d), 1/float64(d.Shape().Dimensions[1]))
}
