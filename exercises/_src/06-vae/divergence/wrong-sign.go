package divergence

import . "github.com/gomlx/gomlx/core/graph"

func Divergence(mu, v *Node) *Node {
	kl := Add(Square(mu), Add(AddScalar(Exp(v), -1), v))
	return MulScalar(ReduceSum(kl, -1), 0.5)
}
