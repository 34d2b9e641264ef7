package project

import . "github.com/gomlx/gomlx/core/graph"

func Project(x, mean, directions *Node) *Node {
	return Einsum("nf,cf->nc", Sub(x, ReduceAndKeep(x, ReduceMean, 0)), directions)
}
