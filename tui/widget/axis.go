package widget

import (
	"math"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// mostNumbers is how many steps between numbers the x axis has at most. With more, a wide one would number tenths of epochs.
const mostNumbers = 8

// xAxis is the line of numbers below the curves, at round distances, with the name before the first and the unit after the
// last.
func (c Chart) xAxis(p plot, width int, t theme.Theme) string {
	line := []byte(strings.Repeat(" ", width))
	span := p.xMax - p.xMin
	step := niceStep(span / min(max(1, float64(p.columns)/5), mostNumbers))
	end := 0 // the first free column
	put := func(x float64, label string) {
		at := p.left + column(x, p.xMin, p.xMax, p.columns)
		if at < end || at+len(label) > width {
			return
		}
		copy(line[at:], label)
		end = at + len(label) + 1
	}
	if at := p.left - 1 - len(c.XName); at > 0 {
		copy(line[at:], c.XName)
	}
	switch {
	case len(c.XLabels) > 0:
		c.caseLabels(line, p)
	case c.XLog && !math.IsInf(span, 0):
		for _, value := range decades(p.xMin, p.xMax) {
			put(math.Log10(value), strconv.FormatFloat(value, 'g', 5, 64))
		}
	case step > 0 && !math.IsInf(span, 0):
		first := math.Ceil(p.xMin/step) * step
		for i := 0; ; i++ {
			x := first + float64(i)*step
			if !(x <= p.xMax) || i > width {
				break
			}
			put(x, strconv.FormatFloat(math.Round(x/step)*step, 'g', 5, 64))
		}
	}
	text := strings.TrimRight(string(line), " ")
	if unit := " " + c.XUnit; c.XUnit != "" {
		if room := width - len(text); room < len(unit) {
			// The unit says more than the last number.
			text = strings.TrimRight(string(line[:max(0, width-len(unit))]), " ")
			if at := strings.LastIndexByte(text, ' '); len(text) == width-len(unit) && line[len(text)] != ' ' {
				text = strings.TrimRight(text[:max(at, 0)], " ")
			}
		}
		text += unit
	}
	return t.Style(t.Muted).Render(ansi.Truncate(text, width, ""))
}

// mostDecades is how many powers of ten a logarithmic axis numbers.
const mostDecades = 40

// decades are the numbers 1, 2, 5, 10, 20 … whose logarithms lie from lo to hi.
func decades(lo, hi float64) []float64 {
	var numbers []float64
	from := math.Floor(lo)
	for power := from; power <= hi && power < from+mostDecades; power++ {
		for _, m := range []float64{1, 2, 5} {
			value := m * math.Pow(10, power)
			if l := math.Log10(value); l >= lo-1e-9 && l <= hi+1e-9 {
				numbers = append(numbers, value)
			}
		}
	}
	return numbers
}

// caseLabels writes the labels of the cases into the line, those that fit.
func (c Chart) caseLabels(line []byte, p plot) {
	end := 0 // the first free column
	for i, label := range c.XLabels {
		at := p.left + column(float64(i), p.xMin, p.xMax, p.columns)
		if i == len(c.XLabels)-1 {
			at = min(at, p.left+p.columns-len(label)) // The last case stands at the edge.
		}
		if at >= end && at+len(label) <= len(line) {
			copy(line[at:], label)
			end = at + len(label) + 1
		}
	}
}

// niceStep is the smallest of 1, 2, 5, 10, 20, 50 … that is at least least; below 1 likewise.
func niceStep(least float64) float64 {
	if !(least > 0) || math.IsInf(least, 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= least*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// leastName is to how many cells the legend cuts a name before it leaves names out.
const leastName = 6

// legend names the series with their glyphs, under the curves where there is room. Where there is less, it begins further
// left, then the longest name is cut; what does not fit even so is left out from the end.
func (c Chart) legend(left, width int, t theme.Theme) string {
	const gap = 3
	names := make([]string, len(c.Series))
	need, longest := -gap, 0
	for i, s := range c.Series {
		names[i] = s.Name
		if s.Name != "" {
			need += gap + 2 + ansi.StringWidth(s.Name)
		}
		if ansi.StringWidth(s.Name) > ansi.StringWidth(names[longest]) {
			longest = i
		}
	}
	left = min(left, max(width-need, 1))
	if need += left; need > width && len(names) > 0 {
		if rest := ansi.StringWidth(names[longest]) - (need - width); rest >= leastName {
			names[longest] = ansi.Truncate(names[longest], rest, "…")
		}
	}
	line, used := strings.Repeat(" ", left), left
	for i, s := range c.Series {
		if names[i] == "" {
			continue
		}
		blank := ""
		if used > left {
			blank = strings.Repeat(" ", gap)
		}
		if used += len(blank) + 2 + ansi.StringWidth(names[i]); used > width {
			break
		}
		line += blank + t.Style(s.Color).Render(s.Mark.Glyph(t)) + t.Style(t.Muted).Render(" "+names[i])
	}
	if strings.TrimSpace(line) == "" {
		return ""
	}
	return line
}
