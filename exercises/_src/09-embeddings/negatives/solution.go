// Package negatives is an exercise of the lesson "Embeddings".
package negatives

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns −log σ(u·v) − Σ log σ(−n·v), with the sum over the negatives, as a mean over the batch.
//
//	v:      [batch, dim]            the vector of each word
//	u:      [batch, dim]            that of a word near it
//	n:      [batch, negatives, dim] those of the words drawn at random
//	return: [], a single number
func Loss(v, u, n *Node) *Node {
	near := ReduceSum(Mul(u, v), -1) // u·v, [batch]
	pull := Softplus(Neg(near))      // −log σ(s) = log(1 + exp(−s)) = softplus(−s)
	drawn := Einsum("bd,bnd->bn", v, n)
	push := ReduceSum(Softplus(drawn), -1)
	return ReduceAllMean(Add(pull, push))
}
