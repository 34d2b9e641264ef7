package vaeloss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, l, mu, v *Node, beta float64) *Node {
	return MulScalar(ReduceAllMean(Add(crossEntropy(x, l), divergence(mu, v))), beta)
}

func crossEntropy(x, l *Node) *Node {
	t := Sub(MaxScalar(l, 0), Mul(l, x))
	t = Add(t, Log1P(Exp(Neg(Abs(l)))))
	return ReduceSum(t, -1)
}

func divergence(mu, v *Node) *Node {
	t := Add(Square(mu), Exp(v))
	t = Sub(AddScalar(t, -1), v)
	return MulScalar(ReduceSum(t, -1), 0.5)
}
