package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// frame is a finished screen and what its places do when they are clicked.
type frame struct {
	text string
	hits []hit
}

// hit is a place that answers a click with a message.
type hit struct {
	area    rect
	message func(x, y int) tea.Msg
}

func (f frame) at(x, y int) (hit, bool) {
	for _, h := range f.hits {
		if h.area.holds(x, y) {
			return h, true
		}
	}
	return hit{}, false
}

// canvas collects a frame part by part. What is put outside a part's area is cut off, so no part can disturb another.
type canvas struct {
	lines []string // each filled from the left
	hits  []hit
}

func newCanvas(height int) *canvas { return &canvas{lines: make([]string, height)} }

// put draws lines into an area, from its top. Areas beside each other are put from left to right.
func (c *canvas) put(area rect, lines ...string) {
	for i, line := range lines[:min(len(lines), area.height())] {
		line = harmless(line)
		y := area.y0 + i
		if y < 0 || y >= len(c.lines) || line == "" {
			continue
		}
		if ansi.StringWidth(line) > area.width() {
			line = ansi.Truncate(line, area.width(), "…")
		}
		gap := max(area.x0-ansi.StringWidth(c.lines[y]), 0)
		c.lines[y] += strings.Repeat(" ", gap) + line
	}
}

func (c *canvas) onClick(area rect, msg tea.Msg) {
	c.hits = append(c.hits, hit{area, func(int, int) tea.Msg { return msg }})
}

func (c *canvas) frame() frame {
	return frame{strings.Join(c.lines, "\n"), c.hits}
}
