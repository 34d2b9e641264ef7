package product

import . "github.com/gomlx/gomlx/core/graph"

func Values(x, first, second *Node) *Node {
	return Einsum("bn,no->bo", Einsum("bi,in->bn", x, first), second)
}
