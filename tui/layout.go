package tui

// rect is a part of the screen in cells; x1 and y1 are the first outside.
type rect struct{ x0, y0, x1, y1 int }

func (r rect) width() int  { return max(r.x1-r.x0, 0) }
func (r rect) height() int { return max(r.y1-r.y0, 0) }

func (r rect) holds(x, y int) bool { return x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1 }

const (
	outlineWidth     = 24  // with a space towards the page
	outlineWidthWide = 32  // on terminals with room for whole titles
	wideTerminal     = 110 // from this width on
	textWidth        = 76  // longer lines are hard to read
)

// layout is where the parts of the screen stand.
type layout struct {
	title, keys    rect // one line each
	outline, page  rect
	above, below   rect // the lines over and under the page, which tell that it goes on there
	lab            rect // in place of the outline and the page
	text, pageWide int  // width of the text column; width that figures may use
}

func layoutFor(width, height int) layout {
	outline := outlineWidth
	if width >= wideTerminal {
		outline = outlineWidthWide
	}
	left := outline + 1
	right := max(width-1, left)
	return layout{
		title:    rect{0, 0, width, 1},
		keys:     rect{0, height - 1, width, height},
		outline:  rect{0, 2, outline - 1, height - 2},
		page:     rect{left, 2, right, height - 2},
		above:    rect{left, 1, right, 2},
		below:    rect{left, height - 2, right, height - 1},
		lab:      rect{0, 1, width, height - 1},
		text:     min(right-left, textWidth),
		pageWide: right - left,
	}
}
