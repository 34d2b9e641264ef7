// Package probe is an exercise of the lesson "Downstream analysis".
//
// How much do codes tell? A linear classifier that learns from nothing else, a linear probe, measures it.
// Edit this file as you like, but keep the signature of Probe. Then run: aetutor check probe
package probe

import . "github.com/gomlx/gomlx/core/graph"

// Probe trains a linear classifier on codes by steps of gradient descent on the mean cross entropy of all examples, and
// returns its weights and biases after the last step. Its scores are z · weights + biases.
//
//	z:       [examples, units]   the codes, which stay as they are
//	target:  [examples, classes] 1 for the class of the example, 0 for the others
//	weights: [units, classes]    where the training starts
//	biases:  [1, classes]        where the training starts
//	rate:    the learning rate
//	steps:   how many steps
//	return:  [units, classes] and [1, classes]
func Probe(z, target, weights, biases *Node, rate float64, steps int) (*Node, *Node) {
	for range steps {
		// TODO: work out the scores, their cross entropy and its gradient, and take a step against the gradient.
	}
	return weights, biases
}

// crossEntropy is the mean over the examples of −log p, where p is the probability of the example's class.
//
//	scores: [examples, classes]
//	target: [examples, classes]
//	return: [], a single number
func crossEntropy(scores, target *Node) *Node {
	return Neg(ReduceAllMean(ReduceSum(Mul(target, LogSoftmax(scores)), -1)))
}
