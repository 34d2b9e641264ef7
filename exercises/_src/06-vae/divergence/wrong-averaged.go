package divergence

import . "github.com/gomlx/gomlx/core/graph"

func Divergence(mu, v *Node) *Node {
	kl := Add(Square(mu), Sub(AddScalar(Exp(v), -1), v))
	return MulScalar(ReduceMean(kl, -1), 0.5)
}
