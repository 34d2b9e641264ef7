package probe

import . "github.com/gomlx/gomlx/core/graph"

func Probe(z, target, weights, biases *Node, rate float64, steps int) (*Node, *Node) {
	for range steps {
		scores := Add(MatMul(z, weights), biases)
		loss := Neg(ReduceAllMean(Mul(target, LogSoftmax(scores))))
		gradient := Gradient(loss, weights, biases)
		weights = Sub(weights, MulScalar(gradient[0], rate))
		biases = Sub(biases, MulScalar(gradient[1], rate))
	}
	return weights, biases
}
