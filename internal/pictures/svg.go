package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The size of a cell and of what is around the screen, in pixels. An advance of 0.6 of the font's size is that of nearly
// all monospaced fonts, and whole numbers let the edges of blocks fall onto pixels.
const (
	cellWidth, cellHeight = 9, 18
	fontSize              = 15
	baseline              = 13 // below the top of a cell
	margin                = 12
)

const fonts = "ui-monospace,'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace"

// grid is a screen of cells.
type grid interface {
	Width() int
	Height() int
	CellAt(x, y int) *uv.Cell
}

// svg draws a screen. Blocks, braille and lines are drawn as shapes, since fonts leave gaps between theirs; the rest is
// text, which stands in its columns whatever font the reader has. title is what the picture shows, in words.
func svg(g grid, title string) string {
	width, height := g.Width()*cellWidth+2*margin, g.Height()*cellHeight+2*margin
	d := &drawing{}
	for y := range g.Height() {
		for x := range g.Width() {
			if c := g.CellAt(x, y); c != nil && c.Width > 0 {
				d.cell(x, y, c)
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s"/>`+"\n", width, height, hex(background()))
	fmt.Fprintf(&b, `<g transform="translate(%d %[1]d)" font-family="%s" font-size="%d">`+"\n", margin, fonts, fontSize)
	d.write(&b)
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// drawing collects the cells by how they are drawn.
type drawing struct {
	backs, blocks fills   // rectangles
	dots, lines   strokes // braille, and the lines of boxes and charts
	texts         []text
}

// text is a run of cells that look alike.
type text struct {
	x, y, cells int
	content     string
	look        string // attributes
	plain       bool   // it has ASCII only, so that a run may go on
}

// cell adds a cell to the drawing.
func (d *drawing) cell(x, y int, c *uv.Cell) {
	fg, bg := colours(c.Style)
	left, top := x*cellWidth, y*cellHeight
	if bg != background() {
		d.backs.add(bg, rectangle{left, top, c.Width * cellWidth, cellHeight})
	}
	if c.Style.Attrs&uv.AttrConceal != 0 || strings.TrimSpace(c.Content) == "" {
		return
	}
	r := []rune(c.Content)
	if len(r) == 1 {
		if parts, shade, ok := block(r[0]); ok {
			ink := mix(bg, fg, shade)
			for _, p := range parts {
				d.blocks.add(ink, rectangle{left + p.x, top + p.y, p.width, p.height})
			}
			return
		}
		if r[0] >= 0x2800 && r[0] <= 0x28ff {
			for _, p := range dots(r[0]) {
				d.dots.add(fg, fmt.Sprintf("M%g %gh0", float64(left)+p.x, float64(top)+p.y))
			}
			return
		}
		if path, ok := line(r[0], left, top); ok {
			d.lines.add(fg, path)
			return
		}
	}
	d.letter(x, y, c, fg)
}

// letter adds a cell of text, to the run before it where both look alike.
func (d *drawing) letter(x, y int, c *uv.Cell, fg color.Color) {
	look := `fill="` + hex(fg) + `"`
	if c.Style.Attrs&uv.AttrBold != 0 {
		look += ` font-weight="bold"`
	}
	if c.Style.Attrs&uv.AttrItalic != 0 {
		look += ` font-style="italic"`
	}
	switch {
	case c.Style.Underline != ansi.UnderlineNone:
		look += ` text-decoration="underline"`
	case c.Style.Attrs&uv.AttrStrikethrough != 0:
		look += ` text-decoration="line-through"`
	}
	plain := len(c.Content) == 1
	if n := len(d.texts) - 1; n >= 0 && plain {
		last := &d.texts[n]
		if gap := x - last.x - last.cells; last.plain && last.y == y && last.look == look && (gap == 0 || gap == 1) {
			last.content += strings.Repeat(" ", gap) + c.Content
			last.cells += gap + 1
			return
		}
	}
	d.texts = append(d.texts, text{x: x, y: y, cells: c.Width, content: c.Content, look: look, plain: plain})
}

// write writes what was collected, the lowest first.
func (d *drawing) write(b *strings.Builder) {
	d.backs.write(b)
	d.blocks.write(b)
	d.dots.write(b, `stroke-width="3" stroke-linecap="round"`)
	d.lines.write(b, `stroke-width="1.3" stroke-linecap="square"`)
	for _, t := range d.texts {
		fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" xml:space="preserve" %s>%s</text>`+"\n",
			t.x*cellWidth, t.y*cellHeight+baseline, t.cells*cellWidth, t.look, html.EscapeString(t.content))
	}
}

// colours are those that a cell is drawn with.
func colours(s uv.Style) (fg, bg color.Color) {
	fg, bg = foreground(), background()
	if s.Fg != nil {
		fg = opaque(s.Fg)
	}
	if s.Bg != nil {
		bg = opaque(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	if s.Attrs&uv.AttrFaint != 0 {
		fg = mix(bg, fg, 0.5)
	}
	return fg, bg
}

func opaque(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0xff}
}

// mix is a colour between two: a where share is 0, b where it is 1.
func mix(a, b color.Color, share float64) color.Color {
	r0, g0, b0, _ := a.RGBA()
	r1, g1, b1, _ := b.RGBA()
	between := func(from, to uint32) uint8 {
		return uint8((float64(from)*(1-share)+float64(to)*share)/257 + 0.5)
	}
	return color.RGBA{R: between(r0, r1), G: between(g0, g1), B: between(b0, b1), A: 0xff}
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
