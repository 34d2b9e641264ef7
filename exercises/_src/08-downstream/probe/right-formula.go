package probe

import . "github.com/gomlx/gomlx/core/graph"

func Probe(z, target, weights, biases *Node, rate float64, steps int) (*Node, *Node) {
	// The gradient of the mean cross entropy for the scores is (softmax − target) / n.
	size := float64(z.Shape().Dimensions[0])
	for range steps {
		scores := Add(Einsum("nu,uc->nc", z, weights), biases)
		g := MulScalar(Sub(Softmax(scores), target), rate/size)
		weights = Sub(weights, Einsum("nu,nc->uc", z, g))
		biases = Sub(biases, ReduceAndKeep(g, ReduceSum, 0))
	}
	return weights, biases
}
