package latentmap

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// besideWidth is what the words right of the pictures take.
const besideWidth = 11

// strips are the rows of pictures: the query with its neighbours, or the way to it, in exactly strips·(rows+1) lines.
func (m *Model) strips(width int, s shares, t theme.Theme) []string {
	var lines []string
	for i := range s.strips {
		var strip []string
		switch {
		case m.digits.Queries == nil:
		case i == 0 && (m.redraws() || m.training() && s.strips > 1):
			strip = m.learning.Strip(width, s.rows/2, t)
		case m.from != nobody:
			strip = m.pathStrip(width, s.rows, i > 0, t)
		case i == 0 && (s.strips > 1 || m.shown().plane.Space == m.latent.plane.Space):
			strip = m.neighborStrip(m.latent, "by codes", width, s.rows, t)
		default:
			strip = m.neighborStrip(m.pixels, "by pixels", width, s.rows, t)
		}
		lines = append(lines, board.Fit(strip, width, s.rows+1)...)
	}
	return lines
}

// redraws reports whether the pictures of the training go before the neighbours where there is room for one of both: who
// looks at a digit wants its neighbours by pixels.
func (m *Model) redraws() bool { return m.training() && m.changed != ofQuery }

// digit is an example as a picture.
func digit(d *data.Dataset, i int) widget.Picture {
	pixels := make([]float32, d.Width())
	d.Row(pixels, i)
	return widget.Picture{Height: d.Shape[0], Width: d.Shape[1], Pixels: pixels}
}

// neighborStrip is the query and its nearest in a space, with their labels over them and the vote beside.
func (m *Model) neighborStrip(v view, name string, width, rows int, t theme.Theme) []string {
	columns := 2 * rows
	d := m.digits
	pictures := []widget.Picture{digit(d.Queries, m.query)}
	captions := []string{fmt.Sprintf("◆ %s", m.class(d.Queries.Labels[m.query]))}
	neighbors := m.neighbors(v)
	room := (width - 1 - besideWidth + 1) / (columns + 1)
	fits := min(len(neighbors), max(room-1, 0))
	for _, i := range neighbors[:fits] {
		pictures = append(pictures, digit(d.References, i))
		captions = append(captions, m.class(d.References.Labels[i]))
	}
	widget.Trim(pictures)
	muted := t.Style(t.Muted)
	lines := []string{" " + muted.Render(widget.Captions(captions, columns, 1))}
	for _, line := range widget.Row(pictures, columns, rows, 1, t) {
		lines = append(lines, " "+line)
	}
	beside := []string{muted.Render(name)}
	if vote, ok := m.vote(v, m.query); ok {
		votes := 0
		for _, i := range neighbors {
			if d.References.Labels[i] == vote {
				votes++
			}
		}
		verdict := board.Style(board.Bright, t).Render(m.class(vote) + " ✓")
		if vote != d.Queries.Labels[m.query] {
			verdict = board.Style(board.Warning, t).Render(m.class(vote) + " ✗")
		}
		beside = append(beside, board.Style(board.Plain, t).Render("vote ")+verdict, muted.Render(fmt.Sprintf("%d of %d", votes, len(neighbors))))
		if more := len(neighbors) - fits; more > 0 {
			beside = append(beside, muted.Render(fmt.Sprintf("%d more", more)))
		}
	} else {
		beside = append(beside, muted.Render("waits"))
	}
	at := 1 + len(pictures)*(columns+1)
	for i, text := range beside {
		if i+1 < len(lines) {
			lines[i+1] = board.Pad(ansi.Truncate(lines[i+1], at, ""), at+1) + text
		}
	}
	return lines
}

// pathStrip is the way from the start of the interpolation to the query: what the decoder draws, or the mixed pixels of
// both ends.
func (m *Model) pathStrip(width, rows int, mixed bool, t theme.Theme) []string {
	columns := 2 * rows
	shape := m.digits.Queries.Shape
	drawn, name := m.drew, "decoded"
	if mixed {
		from, to := make([]float32, shape[0]*shape[1]), make([]float32, shape[0]*shape[1])
		m.digits.Queries.Row(from, m.from)
		m.digits.Queries.Row(to, m.query)
		drawn, name = blends(from, to, pathSteps), "mixed"
	}
	for columns*pathSteps+pathSteps-1 > width-1 && columns > 4 {
		columns -= 2
		rows = columns / 2
	}
	captions := make([]string, pathSteps)
	captions[0] = "◇ " + m.class(m.digits.Queries.Labels[m.from])
	captions[pathSteps/2] = name
	captions[pathSteps-1] = "◆ " + m.class(m.digits.Queries.Labels[m.query])
	lines := []string{" " + t.Style(t.Muted).Render(widget.Captions(captions, columns, 1))}
	if drawn == nil {
		return append(lines, " "+t.Style(t.Muted).Render("decoding …"))
	}
	pictures := make([]widget.Picture, len(drawn))
	for i, pixels := range drawn {
		pictures[i] = widget.Picture{Height: shape[0], Width: shape[1], Pixels: pixels}
	}
	widget.Trim(pictures)
	for _, line := range widget.Row(pictures, columns, rows, 1, t) {
		lines = append(lines, " "+line)
	}
	return lines
}
