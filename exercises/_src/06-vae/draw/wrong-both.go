package draw

import . "github.com/gomlx/gomlx/core/graph"

func Draw(mu, v, eps *Node) *Node {
	return Mul(Exp(MulScalar(v, 0.5)), Add(mu, eps))
}
