package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	d := Sub(reconstruction, x)
	return DivScalar(ReduceAllSum(Mul(d, d)), float64(x.Shape().Size()))
}
