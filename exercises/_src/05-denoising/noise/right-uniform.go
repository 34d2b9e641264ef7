package noise

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// AddNoise makes normal numbers of two uniform ones, after Box and Muller.
func AddNoise(s *model.Scope, x *Node, std float64) *Node {
	radius := Sqrt(MulScalar(Log(OneMinus(s.RandomUniform(x.Graph(), x.Shape()))), -2*std*std))
	angle := MulScalar(s.RandomUniform(x.Graph(), x.Shape()), 2*math.Pi)
	return ClipScalar(Add(x, Mul(radius, Cos(angle))), 0, 1)
}
