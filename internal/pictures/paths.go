package main

import (
	"fmt"
	"image/color"
	"strings"
)

// rectangle is in pixels of the screen or, as a part of a cell, of the cell.
type rectangle struct{ x, y, width, height int }

// fills are rectangles by colour, in the order in which the colours came.
type fills struct {
	order []color.Color
	parts map[color.Color][]rectangle
}

// add adds a rectangle, to the one left of it where they join.
func (f *fills) add(c color.Color, r rectangle) {
	if f.parts == nil {
		f.parts = map[color.Color][]rectangle{}
	}
	parts, known := f.parts[c]
	if !known {
		f.order = append(f.order, c)
	}
	if n := len(parts) - 1; n >= 0 {
		if last := &parts[n]; last.y == r.y && last.height == r.height && last.x+last.width == r.x {
			last.width += r.width
			return
		}
	}
	f.parts[c] = append(parts, r)
}

// write writes one path a colour.
func (f *fills) write(b *strings.Builder) {
	for _, c := range f.order {
		fmt.Fprintf(b, `<path shape-rendering="crispEdges" fill="%s" d="`, hex(c))
		for _, r := range f.parts[c] {
			fmt.Fprintf(b, "M%d %dh%dv%dh-%[3]dz", r.x, r.y, r.width, r.height)
		}
		b.WriteString("\"/>\n")
	}
}

// strokes are paths by colour, in the order in which the colours came.
type strokes struct {
	order []color.Color
	paths map[color.Color]*strings.Builder
}

func (s *strokes) add(c color.Color, path string) {
	if s.paths == nil {
		s.paths = map[color.Color]*strings.Builder{}
	}
	if s.paths[c] == nil {
		s.paths[c] = &strings.Builder{}
		s.order = append(s.order, c)
	}
	s.paths[c].WriteString(path)
}

// write writes one path a colour.
func (s *strokes) write(b *strings.Builder, how string) {
	for _, c := range s.order {
		fmt.Fprintf(b, `<path fill="none" stroke="%s" %s d="%s"/>`+"\n", hex(c), how, s.paths[c])
	}
}
