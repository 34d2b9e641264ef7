// Package negatives is an exercise of the lesson "Embeddings".
//
// Near words are pulled together. Without a push on words drawn at random, all vectors would end up the same.
// Edit this file as you like, but keep the signature of Loss. Then run: aetutor check negatives
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
	// TODO: add the push of the negatives. Einsum("bd,bnd->bn", v, n) gives n·v for each of them.
	return ReduceAllMean(pull)
}
