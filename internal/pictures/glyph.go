package main

import (
	"fmt"
	"strings"
)

// block are the parts of a cell that a block element fills, and how much ink they hold: 1, or less for a shade.
func block(r rune) (parts []rectangle, shade float64, ok bool) {
	const w, h = cellWidth, cellHeight
	full := []rectangle{{0, 0, w, h}}
	switch {
	case r == '▀':
		return []rectangle{{0, 0, w, h / 2}}, 1, true
	case r >= '▁' && r <= '█': // From one eighth to all, from below.
		height := (int(r-'▁') + 1) * h / 8
		return []rectangle{{0, h - height, w, height}}, 1, true
	case r >= '▉' && r <= '▏': // From seven eighths to one, from the left.
		return []rectangle{{0, 0, max(1, (7-int(r-'▉'))*w/8), h}}, 1, true
	case r == '▐':
		return []rectangle{{w / 2, 0, w - w/2, h}}, 1, true
	case r >= '░' && r <= '▓':
		return full, float64(r-'░'+1) / 4, true
	case r == '▔':
		return []rectangle{{0, 0, w, h / 8}}, 1, true
	case r == '▕':
		return []rectangle{{w - w/8, 0, w / 8, h}}, 1, true
	case r >= '▖' && r <= '▟':
		return quadrants(r), 1, true
	}
	return nil, 0, false
}

// quadrants are the quarters of a cell that a character from U+2596 to U+259F fills.
func quadrants(r rune) []rectangle {
	const w, h, half, middle = cellWidth, cellHeight, cellWidth / 2, cellHeight / 2
	// The bits are upper left, upper right, lower left and lower right, as Unicode orders the characters.
	filled := []int{0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111}[r-'▖']
	var parts []rectangle
	for i, p := range []rectangle{{0, 0, half, middle}, {half, 0, w - half, middle}, {0, middle, half, h - middle}, {half, middle, w - half, h - middle}} {
		if filled&(0b1000>>i) != 0 {
			parts = append(parts, p)
		}
	}
	return parts
}

type point struct{ x, y float64 }

// dots are the centres of the dots of a braille pattern. Unicode counts the upper three rows of the left column, then
// those of the right one, then the lowest row.
func dots(r rune) []point {
	places := [8][2]int{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}
	var found []point
	for bit, place := range places {
		if (r-0x2800)>>bit&1 != 0 {
			found = append(found, point{cellWidth * (float64(place[0]) + 0.5) / 2, cellHeight * (float64(place[1]) + 0.5) / 4})
		}
	}
	return found
}

// arms says to which edges of the cell a line goes from its middle: l, r, u and d. A heavy or double line is drawn as a
// light one; the workshop uses none.
func arms(r rune) string {
	switch r {
	case '─', '━', '═':
		return "lr"
	case '│', '┃', '║':
		return "ud"
	case '┌', '╭':
		return "rd"
	case '┐', '╮':
		return "ld"
	case '└', '╰':
		return "ru"
	case '┘', '╯':
		return "lu"
	case '├':
		return "rud"
	case '┤':
		return "lud"
	case '┬':
		return "lrd"
	case '┴':
		return "lru"
	case '┼':
		return "lrud"
	case '╴':
		return "l"
	case '╵':
		return "u"
	case '╶':
		return "r"
	case '╷':
		return "d"
	}
	return ""
}

// line is the path of a line of a box or of a chart, in the cell at left and top.
func line(r rune, left, top int) (path string, ok bool) {
	const midX, midY = cellWidth / 2.0, cellHeight / 2.0
	x, y := float64(left), float64(top)
	if r == '┄' || r == '┈' || r == '╌' {
		return fmt.Sprintf("M%g %gh1.5M%g %gh1.5", x+1.5, y+midY, x+6, y+midY), true
	}
	if r == '┆' || r == '┊' || r == '╎' {
		return fmt.Sprintf("M%g %gv3M%g %gv3", x+midX, y+3, x+midX, y+12), true
	}
	to := arms(r)
	if to == "" {
		return "", false
	}
	if strings.ContainsRune("╭╮╰╯", r) {
		endX, endY := x, y
		if to[0] == 'r' {
			endX += cellWidth
		}
		if to[1] == 'd' {
			endY += cellHeight
		}
		return fmt.Sprintf("M%g %gQ%g %g %g %g", endX, y+midY, x+midX, y+midY, x+midX, endY), true
	}
	var b strings.Builder
	for _, arm := range to {
		fmt.Fprintf(&b, "M%g %g", x+midX, y+midY)
		switch arm {
		case 'l':
			fmt.Fprintf(&b, "h%g", -midX)
		case 'r':
			fmt.Fprintf(&b, "h%g", midX)
		case 'u':
			fmt.Fprintf(&b, "v%g", -midY)
		case 'd':
			fmt.Fprintf(&b, "v%g", midY)
		}
	}
	return b.String(), true
}
