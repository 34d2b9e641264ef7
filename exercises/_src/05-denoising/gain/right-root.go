package gain

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"
)

func Gain(x, n, y *Node) *Node {
	return Sub(psnr(x, y), psnr(x, n))
}

// psnr is 20 · log₁₀ of the peak over the root of the error.
func psnr(x, picture *Node) *Node {
	root := Sqrt(ReduceAllMean(Square(Sub(picture, x))))
	return DivScalar(MulScalar(Log(Reciprocal(root)), 20), math.Ln10)
}
