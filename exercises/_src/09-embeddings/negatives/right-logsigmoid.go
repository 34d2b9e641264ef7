package negatives

import . "github.com/gomlx/gomlx/core/graph"

func Loss(v, u, n *Node) *Node {
	near := Einsum("bd,bd->b", u, v)
	drawn := Einsum("bnd,bd->bn", n, v)
	// The near word and the negatives as one row of scores, with the sign that each should have.
	scores := Concatenate([]*Node{InsertAxes(near, -1), Neg(drawn)}, -1)
	logs := Log(Sigmoid(scores))
	return Neg(DivScalar(ReduceAllSum(logs), float64(v.Shape().Dimensions[0])))
}
