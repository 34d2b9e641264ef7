package divergence

import . "github.com/gomlx/gomlx/core/graph"

func Divergence(mu, v *Node) *Node {
	kl := Square(mu)
	return MulScalar(ReduceSum(kl, -1), 0.5)
}
