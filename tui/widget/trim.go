package widget

// Trim cuts, in place, a rim without ink off pictures of one size: the same on all sides and of all pictures, but for one pixel of
// it, so that drawings that fill the middle of their pictures are drawn larger and can still be compared.
func Trim(pictures ...[]Picture) {
	const ink = 0.1
	rim := -1
	for _, row := range pictures {
		for _, p := range row {
			if rim < 0 {
				rim = min(p.Height, p.Width) / 2
			}
			for i := range min(len(p.Pixels), p.Height*p.Width) {
				if y, x := i/p.Width, i%p.Width; p.at(y, x) > ink {
					rim = min(rim, y, x, p.Height-1-y, p.Width-1-x)
				}
			}
		}
	}
	if rim--; rim <= 0 {
		return
	}
	for _, row := range pictures {
		for i, p := range row {
			if p.Height > 2*rim && p.Width > 2*rim {
				row[i] = p.Crop(rim, rim, p.Height-2*rim, p.Width-2*rim)
			}
		}
	}
}
