// Package way is an exercise of the lesson "KNN in latent space".
package way

import . "github.com/gomlx/gomlx/core/graph"

// Way returns n codes on the line from a to b, all equally far apart. The first is a, the last is b.
//
//	a, b:   [1, latent]
//	n:      how many codes, 2 or more
//	return: [n, latent]
func Way(a, b *Node, n int) *Node {
	var codes []*Node // each of them [1, latent]
	for i := range n {
		codes = append(codes, between(a, b, float64(i)/float64(n-1)))
	}
	return Concatenate(codes, 0)
}

// between returns z(t) of the line from a to b.
//
//	a, b, return: [1, latent]
func between(a, b *Node, t float64) *Node {
	return Add(MulScalar(a, 1-t), MulScalar(b, t))
}
