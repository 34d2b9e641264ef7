package draw

import . "github.com/gomlx/gomlx/core/graph"

func Draw(mu, v, eps *Node) *Node {
	return Sub(mu, Neg(Mul(eps, Exp(DivScalar(v, 2)))))
}
