package train

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// namesWidth is what the words right of the pictures take.
const namesWidth = 10

// strip draws held-out examples and below each what the model makes of it, in exactly 2·rows+1 lines.
func (m *Model) strip(width, rows int, t theme.Theme) []string {
	if m.settings.Own() {
		return m.table(width, 2*rows+1, t)
	}
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
	inputs, redrawn := widget.Squares(preview.Inputs[:count]), widget.Squares(preview.Reconstructions[:count])
	if rows < pictureRows {
		// Digits fill the middle of their picture; without the rim they are drawn larger.
		y, x, side := widget.Middle(inputs)
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
