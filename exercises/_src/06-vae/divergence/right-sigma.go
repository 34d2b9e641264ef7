package divergence

import . "github.com/gomlx/gomlx/core/graph"

// Divergence goes through σ, and halves each piece by itself.
func Divergence(mu, v *Node) *Node {
	sigma := Exp(DivScalar(v, 2))
	squares := DivScalar(Add(Square(sigma), Square(mu)), 2)
	rest := AddScalar(Log(sigma), 0.5)
	return Sub(ReduceSum(squares, 1), ReduceSum(rest, 1))
}
