package vaeloss

import . "github.com/gomlx/gomlx/core/graph"

// Loss sums everything and divides by the number of pictures.
func Loss(x, l, mu, v *Node, beta float64) *Node {
	full, blank := Softplus(Neg(l)), Softplus(l) // −log x′ and −log (1 − x′)
	reconstruction := ReduceAllSum(Add(Mul(x, full), Mul(OneMinus(x), blank)))
	kl := ReduceAllSum(MulScalar(Sub(Add(Square(mu), Exp(v)), OnePlus(v)), 0.5))
	return DivScalar(Add(reconstruction, MulScalar(kl, beta)), float64(x.Shape().Dim(0)))
}
