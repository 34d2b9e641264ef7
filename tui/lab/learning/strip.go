package learning

import (
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// namesWidth is what the words right of the examples take.
const namesWidth = 10

// Strip draws held-out examples side by side and below each what the model makes of it, rows lines high each, under a
// line with their classes: 2·rows+1 lines. Before the first preview it is the text waiting, in the middle. Square examples
// are pictures, all others curves.
func Strip(p engine.PreviewEvent, waiting string, width, rows int, t theme.Theme) []string {
	lines := make([]string, 2*rows+1)
	muted := t.Style(t.Muted)
	count := min(len(p.Inputs), len(p.Reconstructions))
	columns, gap := 2*rows, 2
	pictures := count > 0 && isSquare(len(p.Inputs[0]))
	if count > 0 && !pictures {
		columns = 4 * rows // A curve needs more width than height.
	}
	fits := func() int { return (width - 1 - namesWidth + gap) / (columns + gap) }
	if fits() < count {
		gap = 1
	}
	count = min(count, fits())
	if count <= 0 {
		if waiting != "" {
			lines[rows] = " " + muted.Render(waiting)
		}
		return lines
	}
	if len(p.Labels) >= count {
		lines[0] = " " + muted.Render(widget.Captions(p.Labels[:count], columns, gap))
	}
	draw := curves
	if pictures {
		draw = squares
	}
	for i, line := range draw(p.Inputs[:count], p.Reconstructions[:count], columns, rows, gap, t) {
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

func isSquare(width int) bool {
	side := int(math.Sqrt(float64(width)))
	return side*side == width
}

// squares draws pictures over pictures.
func squares(inputs, redrawn [][]float32, columns, rows, gap int, t theme.Theme) []string {
	above, below := widget.Squares(inputs), widget.Squares(redrawn)
	if rows < mostRows {
		// Digits fill the middle of their picture; without the rim they are drawn larger.
		rim := widget.Rim(above)
		for i := range above {
			above[i], below[i] = above[i].Inner(rim), below[i].Inner(rim)
		}
	}
	return append(widget.Row(above, columns, rows, gap, t), widget.Row(below, columns, rows, gap, t)...)
}

// curves draws curves over curves, all on the scale of the inputs.
func curves(inputs, redrawn [][]float32, columns, rows, gap int, t theme.Theme) []string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range inputs {
		low, high = min(low, float64(slices.Min(x))), max(high, float64(slices.Max(x)))
	}
	traces := func(examples [][]float32) []widget.Trace {
		all := make([]widget.Trace, len(examples))
		for i, values := range examples {
			all[i] = widget.Trace{Values: values, Low: low, High: high, Color: t.Text}
		}
		return all
	}
	return append(widget.Traces(traces(inputs), columns, rows, gap, t), widget.Traces(traces(redrawn), columns, rows, gap, t)...)
}
