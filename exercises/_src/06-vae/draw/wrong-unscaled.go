package draw

import . "github.com/gomlx/gomlx/core/graph"

func Draw(mu, v, eps *Node) *Node {
	return Add(mu, eps)
}
