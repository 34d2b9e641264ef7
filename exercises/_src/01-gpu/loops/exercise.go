// Package loops is an exercise of the lesson "GPU computing".
//
// The same product with its loops in another order: nothing jumps in memory, and what is loaded is used at once.
// Edit this file as you like, but keep the signature of Product. Then run: aetutor check loops
package loops

// Product returns c = a·b for matrices of n×n, row by row in one slice each. The order of its loops is not that of the
// lesson: the inner one walks along a row of b and a row of c, where the values lie side by side in memory.
//
//	a, b:   [n · n]
//	return: [n · n]
func Product(a, b []float32, n int) []float32 {
	c := make([]float32, n*n)
	for i := range n {
		for k := range n {
			// TODO: only the first value of row i grows here. Let all n values of the row do so.
			c[i*n] += a[i*n+k] * b[k*n]
		}
	}
	return c
}
