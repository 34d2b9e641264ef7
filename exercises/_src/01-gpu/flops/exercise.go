// Package flops is an exercise of the lesson "GPU computing".
//
// How fast a machine computes is counted in GFLOP/s, billions of operations on numbers with a fractional part a second.
// Edit this file as you like, but keep the signature of Speed. Then run: aetutor check flops
package flops

// Speed returns the GFLOP/s of a machine that takes some seconds for the product of two n × n matrices. As is usual, n
// multiplications and n additions are counted for each value of the product.
//
//	n:       rows and columns, 1 to 10,000
//	seconds: above 0
func Speed(n int, seconds float64) float64 {
	// TODO: count the operations of the whole product, and turn them into GFLOP/s.
	operations := float64(n)
	return operations / seconds
}
