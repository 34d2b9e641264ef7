package divergence

import . "github.com/gomlx/gomlx/core/graph"

func Divergence(mu, v *Node) *Node {
	kl := Sub(Sub(OnePlus(v), Mul(mu, mu)), Exp(v))
	return MulScalar(ReduceSum(kl, -1), -0.5)
}
