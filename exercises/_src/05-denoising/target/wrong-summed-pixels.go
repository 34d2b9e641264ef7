package target

import . "github.com/gomlx/gomlx/core/graph"

func Loss(net func(pictures *Node) *Node, x, n *Node) *Node {
	return ReduceAllMean(ReduceSum(Square(Sub(x, net(n))), -1))
}
