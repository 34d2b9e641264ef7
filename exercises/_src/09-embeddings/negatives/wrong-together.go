package negatives

import . "github.com/gomlx/gomlx/core/graph"

func Loss(v, u, n *Node) *Node {
	near := Einsum("bd,bd->b", u, v)
	drawn := Einsum("bnd,bd->bn", n, v)
	return ReduceAllMean(Add(Softplus(Neg(near)), Softplus(ReduceSum(drawn, -1))))
}
