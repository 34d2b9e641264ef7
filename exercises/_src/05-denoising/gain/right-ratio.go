package gain

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"
)

// Gain is ten times the logarithm of how much smaller the error has become.
func Gain(x, n, y *Node) *Node {
	before := ReduceAllSum(Square(Sub(x, n)))
	after := ReduceAllSum(Square(Sub(x, y)))
	return MulScalar(Log(Div(before, after)), 10*math.Log10E)
}
