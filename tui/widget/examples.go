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

// Middle is the smallest square around the middle of the pictures that holds the ink of all, with a rim of one pixel.
// Digits fill the middle of their picture; without the rim they can be drawn larger.
func Middle(pictures []Picture) (y, x, side int) {
	const ink = 0.1
	whole := pictures[0].Width
	rim := whole / 2
	for _, p := range pictures {
		for i, v := range p.Pixels {
			if v > ink {
				row, column := i/p.Width, i%p.Width
				rim = min(rim, row, column, p.Height-1-row, p.Width-1-column)
			}
		}
	}
	rim = max(rim-1, 0)
	return rim, rim, max(whole-2*rim, 1)
}
