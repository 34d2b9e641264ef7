package analogies

import (
	"fmt"
	"math"
	"strings"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// pictureRows is the height of a picture whose pixels are all drawn, two to a cell, without the empty rim of MNIST.
const pictureRows = 10

// signWidth is what a sign between two pictures takes.
const signWidth = 3

// digitsTop draws the pictures of a sum: its terms, the sum and the named code nearest to it.
func (m *Model) digitsTop(width, height int, t theme.Theme) []string {
	muted := t.Style(t.Muted)
	a := m.digits.answer
	switch {
	case a == nil && m.digits.err != nil:
		return nil
	case a == nil:
		return m.digits.learning.View(width, height, t)
	}
	names, signs := []string{}, []string{}
	pictures := a.Terms
	for i, term := range a.Sum {
		sign := "+"
		switch {
		case term.Minus:
			sign = "−"
		case i == 0:
			sign = " "
		}
		names, signs = append(names, term.Word), append(signs, sign)
	}
	names, signs, pictures = append(names, "the sum"), append(signs, "="), append(pictures[:len(pictures):len(pictures)], a.Picture)
	if a.Match != nil {
		names, signs, pictures = append(names, a.Nearest[0].Name), append(signs, "≈"), append(pictures, a.Match)
	}
	rows := min(2*pictureRows, height-2, ((width-1)/len(pictures)-signWidth)/2)
	if rows < 2 {
		return []string{"", " " + muted.Render("a larger screen shows the pictures")}
	}
	columns := 2 * rows
	lines := make([]string, rows+1)
	for i, pixels := range pictures {
		side := int(math.Sqrt(float64(len(pixels))))
		rim := side / 7 // MNIST keeps its digits within the inner 20 of 28 pixels.
		p := widget.Picture{Height: side, Width: side, Pixels: pixels}.Crop(rim, rim, side-2*rim, side-2*rim)
		lines[0] += strings.Repeat(" ", signWidth) + widget.Captions(names[i:i+1], columns, 0)
		for y, part := range p.Render(columns, rows, t) {
			sign := " "
			if y == rows/2 {
				sign = signs[i]
			}
			lines[y+1] += " " + t.Style(t.Accent).Render(sign) + " " + part
		}
	}
	lines[0] = muted.Render(lines[0])
	return append(make([]string, max(0, (height-rows-1)/2)), lines...)
}

// nearestDigits draws the named codes nearest to the sum; a shorter bar is nearer.
func (m *Model) nearestDigits(t theme.Theme) []string {
	a := m.digits.answer
	if a == nil {
		return nil
	}
	farthest := 0.0
	for _, n := range a.Nearest {
		farthest = max(farthest, n.Distance)
	}
	var lines []string
	for i, n := range a.Nearest {
		style := t.Style(t.Text)
		if i == 0 {
			style = t.Style(t.Accent)
		}
		lines = append(lines, fmt.Sprintf(" %d ", i+1)+style.Render(board.Pad(n.Name, 15))+
			bar(n.Distance/max(farthest, 1e-9), barWidth, t)+t.Style(t.Text).Render(fmt.Sprintf(" %5.1f", n.Distance)))
	}
	return lines
}

// nameLines say what can be typed.
func (m *Model) nameLines(t theme.Theme) []string {
	var lines []string
	for _, text := range []string{
		"distance from the sum", "names: 0 to 9, thick0, thin0,", "slanted0, upright0, and so on;", "each is the mean code of such", "held-out digits",
	} {
		lines = append(lines, t.Style(t.Muted).Render(text))
	}
	return lines
}
