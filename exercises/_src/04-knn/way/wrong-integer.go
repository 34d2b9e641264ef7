package way

import . "github.com/gomlx/gomlx/core/graph"

func Way(a, b *Node, n int) *Node {
	var codes []*Node
	for i := range n {
		t := float64(i / (n - 1))
		codes = append(codes, Add(MulScalar(a, 1-t), MulScalar(b, t)))
	}
	return Concatenate(codes, 0)
}
