package way

import . "github.com/gomlx/gomlx/core/graph"

// Way adds the same step again and again.
func Way(a, b *Node, n int) *Node {
	step := DivScalar(Sub(b, a), float64(n-1))
	code := a
	codes := []*Node{code}
	for range n - 1 {
		code = Add(code, step)
		codes = append(codes, code)
	}
	return Concatenate(codes, 0)
}
