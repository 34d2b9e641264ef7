package page

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
)

// document is a page laid out: its lines, where its blocks stand and what a click on them means.
type document struct {
	lines   []string
	extents map[int]extent // by block
	spots   []spot
}

// extent is a range of lines, to is the first behind it.
type extent struct{ from, to int }

// spot is a place that answers a click: the box of a lab or an exercise, or a choice of a quiz.
type spot struct {
	block, choice int
	lines         extent
	width         int
}

// part is a drawn block; the lines of its spots count from its first.
type part struct {
	lines []string
	spots []spot
}

func (d document) extent(block int) (from, to int) {
	e := d.extents[block]
	return e.from, e.to
}

func (d document) at(x, line int) (spot, bool) {
	for _, s := range d.spots {
		if line >= s.lines.from && line < s.lines.to && x >= 0 && x < s.width {
			return s, true
		}
	}
	return spot{}, false
}

// layout draws the page's title and its blocks with a blank line between them.
func (r Reader) layout() document {
	title := ansi.Wrap(r.page.Title, r.width, "")
	doc := document{extents: map[int]extent{}}
	doc.lines = append(doc.lines, styled(r.prose.theme.Style(r.prose.theme.Accent).Bold(true), title)...)
	for i, b := range r.page.Blocks {
		p := r.draw(i, b)
		if len(p.lines) == 0 {
			continue
		}
		doc.lines = append(doc.lines, "")
		from := len(doc.lines)
		doc.lines = append(doc.lines, p.lines...)
		doc.extents[i] = extent{from, len(doc.lines)}
		for _, s := range p.spots {
			s.block = i
			s.lines.from += from
			s.lines.to += from
			doc.spots = append(doc.spots, s)
		}
	}
	return doc
}

func (r Reader) draw(block int, b lessons.Block) part {
	switch b := b.(type) {
	case lessons.Prose:
		return part{lines: r.prose.lines(b.Markdown, r.width, r.wide)}
	case lessons.Lab:
		return r.drawLab(block, b)
	case lessons.Quiz:
		return r.drawQuiz(block, b)
	case lessons.Figure:
		return r.drawFigure(b)
	case lessons.Exercise:
		return r.drawExercise(block, b)
	}
	return part{}
}
