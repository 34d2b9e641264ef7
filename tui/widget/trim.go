package widget

import "slices"

// Rim is how many pixels can be cut off all sides of pictures of one size without cutting ink of any: all but one of those
// around it. Drawings that fill the middle of their pictures are drawn larger without it, and can still be compared.
func Rim(pictures ...[]Picture) int {
	const ink = 0.1
	rim := 0
	for i, p := range slices.Concat(pictures...) {
		if i == 0 {
			rim = min(p.Height, p.Width) / 2
		}
		for at := range min(len(p.Pixels), p.Height*p.Width) {
			if y, x := at/p.Width, at%p.Width; p.at(y, x) > ink {
				rim = min(rim, y, x, p.Height-1-y, p.Width-1-x)
			}
		}
	}
	return max(rim-1, 0)
}

// Inner is the picture without a rim. One that has nothing else stays as it is.
func (p Picture) Inner(rim int) Picture {
	if rim <= 0 || p.Height <= 2*rim || p.Width <= 2*rim {
		return p
	}
	return p.Crop(rim, rim, p.Height-2*rim, p.Width-2*rim)
}

// Trim cuts, in place, their common rim off pictures.
func Trim(pictures ...[]Picture) {
	rim := Rim(pictures...)
	for _, row := range pictures {
		for i, p := range row {
			row[i] = p.Inner(rim)
		}
	}
}
