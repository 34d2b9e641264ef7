package train

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// namesWidth is what the words right of the pictures take.
const namesWidth = 10

// strip draws held-out examples and below each what the model makes of it, in exactly 2·rows+1 lines.
func (m *Model) strip(width, rows int, t theme.Theme) []string {
	lines := make([]string, 2*rows+1)
	preview := m.now.preview
	count := min(len(preview.Inputs), len(preview.Reconstructions))
	columns, gap := 2*rows, 2
	fits := func() int { return (width - 1 - namesWidth + gap) / (columns + gap) }
	if fits() < count {
		gap = 1
	}
	count = min(count, fits())
	if count <= 0 {
		if m.now.err == nil {
			lines[rows] = " " + t.Style(t.Muted).Render("held-out digits and their reconstructions appear here as the model learns")
		}
		return lines
	}
	inputs, redrawn := pictures(preview.Inputs[:count]), pictures(preview.Reconstructions[:count])
	if rows < pictureRows {
		// Digits fill the middle of their picture; without the rim they are drawn larger.
		y, x, side := middle(inputs)
		for i := range count {
			inputs[i], redrawn[i] = inputs[i].Crop(y, x, side, side), redrawn[i].Crop(y, x, side, side)
		}
	}
	muted := t.Style(t.Muted)
	if len(preview.Labels) >= count {
		lines[0] = " " + muted.Render(widget.Captions(preview.Labels[:count], columns, gap))
	}
	drawn := append(widget.Row(inputs, columns, rows, gap, t), widget.Row(redrawn, columns, rows, gap, t)...)
	for i, line := range drawn {
		lines[i+1] = " " + line
	}
	beside := func(line int, text string) {
		pad := max(0, 1+count*(columns+gap)-ansi.StringWidth(lines[line]))
		lines[line] += strings.Repeat(" ", pad) + muted.Render(text)
	}
	beside(1, "held out")
	beside(1+rows, "redrawn")
	return lines
}

// pictures makes square pictures of examples, shape [n, side²]; the rest of an example that is no square is left out.
func pictures(examples [][]float32) []widget.Picture {
	out := make([]widget.Picture, len(examples))
	for i, pixels := range examples {
		side := int(math.Sqrt(float64(len(pixels))))
		out[i] = widget.Picture{Height: side, Width: side, Pixels: pixels}
	}
	return out
}

// middle is the smallest square around the middle of the pictures that holds the ink of all, with a rim of one pixel.
func middle(pictures []widget.Picture) (y, x, side int) {
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
