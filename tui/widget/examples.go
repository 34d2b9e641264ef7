package widget

import "math"

// Squares makes square pictures of examples, [n, side²]; the rest of an example that is no square is left out.
func Squares(examples [][]float32) []Picture {
	out := make([]Picture, len(examples))
	for i, pixels := range examples {
		side := int(math.Sqrt(float64(len(pixels))))
		out[i] = Picture{Height: side, Width: side, Pixels: pixels}
	}
	return out
}
