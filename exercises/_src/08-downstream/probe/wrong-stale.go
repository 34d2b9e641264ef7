package probe

import . "github.com/gomlx/gomlx/core/graph"

func Probe(z, target, weights, biases *Node, rate float64, steps int) (*Node, *Node) {
	scores := Add(MatMul(z, weights), biases)
	loss := Neg(ReduceAllMean(ReduceSum(Mul(target, LogSoftmax(scores)), -1)))
	gradient := Gradient(loss, weights, biases)
	for range steps {
		weights = Sub(weights, MulScalar(gradient[0], rate))
		biases = Sub(biases, MulScalar(gradient[1], rate))
	}
	return weights, biases
}
