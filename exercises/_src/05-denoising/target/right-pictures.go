package target

import . "github.com/gomlx/gomlx/core/graph"

func Loss(net func(pictures *Node) *Node, x, n *Node) *Node {
	d := Sub(net(n), x)
	return ReduceMean(ReduceMean(Mul(d, d), -1))
}
