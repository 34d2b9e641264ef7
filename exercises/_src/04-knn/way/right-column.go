package way

import (
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
)

// Way computes all codes at once from a column of all t.
func Way(a, b *Node, n int) *Node {
	t := Iota(a.Graph(), shapes.Make(a.DType(), n, 1), 0)
	t = DivScalar(t, float64(n-1))
	return Add(a, Mul(t, Sub(b, a)))
}
