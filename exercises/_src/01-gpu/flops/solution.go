// Package flops is an exercise of the lesson "GPU computing".
package flops

// Speed returns the GFLOP/s of a machine that takes some seconds for the product of two n × n matrices. As is usual, n
// multiplications and n additions are counted for each value of the product.
//
//	n:       rows and columns, 1 to 10,000
//	seconds: above 0
func Speed(n int, seconds float64) float64 {
	operations := 2 * float64(n) * float64(n) * float64(n)
	return operations / seconds / 1e9
}
