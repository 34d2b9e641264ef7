// Package way is an exercise of the lesson "KNN in latent space".
//
// Interpolation goes along the straight line from one code to another, z(t) = (1 − t) · a + t · b with t from 0 to 1.
// Edit this file as you like, but keep the signature of Way. Then run: aetutor check way
package way

import . "github.com/gomlx/gomlx/core/graph"

// Way returns n codes on the line from a to b, all equally far apart. The first is a, the last is b.
//
//	a, b:   [1, latent]
//	n:      how many codes, 2 or more
//	return: [n, latent]
func Way(a, b *Node, n int) *Node {
	var codes []*Node // each of them [1, latent]
	// TODO: go along the line in n codes, not only to its ends.
	codes = append(codes, between(a, b, 0), between(a, b, 1))
	return Concatenate(codes, 0)
}

// between returns z(t) of the line from a to b.
//
//	a, b, return: [1, latent]
func between(a, b *Node, t float64) *Node {
	return Add(MulScalar(a, 1-t), MulScalar(b, t))
}
