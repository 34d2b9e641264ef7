package widget

import (
	"math"
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// Progress draws a bar of exactly width cells that is filled to fraction, 0 to 1. Eighth blocks show a step of an
// eighth of a cell; in ASCII the bar moves a cell at a time. The bar is full only when fraction is 1. Where motion is
// reduced the cells stay empty: whoever draws the bar says the percentage beside it.
func Progress(fraction float64, width int, t theme.Theme) string {
	if width <= 0 {
		return ""
	}
	if t.ReducedMotion {
		return strings.Repeat(" ", width)
	}
	if math.IsNaN(fraction) {
		fraction = 0
	}
	fraction = min(max(fraction, 0), 1)
	if !t.Unicode {
		done := int(fraction * float64(width))
		return t.Style(t.Accent).Render(strings.Repeat("#", done)) + t.Style(t.Faint).Render(strings.Repeat(".", width-done))
	}
	eighths := int(fraction * float64(8*width))
	bar := strings.Repeat("█", eighths/8)
	if part := eighths % 8; part > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[part-1])
	}
	rest := strings.Repeat("░", width-(eighths+7)/8)
	return t.Style(t.Accent).Render(bar) + t.Style(t.Faint).Render(rest)
}
