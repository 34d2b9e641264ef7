package widget

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// Picture is a greyscale picture. Pixels has shape [Height, Width] and holds ink: 0 is background, 1 is full ink.
// Values outside are clamped, NaN is background, missing ones too.
type Picture struct {
	Height, Width int
	Pixels        []float32
}

// shades is how many greys a picture uses. More could not be told apart, and equal neighbours share an escape sequence.
const shades = 32

// Render draws the picture in exactly rows lines of exactly columns cells. With colours a cell holds two pixels, one
// above the other; without, one character whose ink is as dense as the picture there. Pixels are averaged by area.
// Ink has the theme's text colour, so a digit is light on a dark background and dark on a light one.
func (p Picture) Render(columns, rows int, t theme.Theme) []string {
	if columns <= 0 || rows <= 0 {
		return make([]string, max(rows, 0))
	}
	lines := make([]string, rows)
	if !t.Color {
		ramp := []rune(" ░▒▓█")
		if !t.Unicode {
			ramp = []rune(" .:-=+*#%@")
		}
		ink := p.scaled(columns, rows)
		for y := range lines {
			line := make([]rune, columns)
			for x := range line {
				line[x] = ramp[level(ink[y*columns+x], len(ramp))]
			}
			lines[y] = string(line)
		}
		return lines
	}
	if !t.Unicode {
		return p.blocks(columns, rows, t)
	}
	if t.Graphics != nil && p.Width > 0 && p.Height > 0 {
		return t.Graphics.Place(p.image(t), columns, rows)
	}
	ink := p.scaled(columns, 2*rows)
	pen := newPen(t)
	for y := range lines {
		for x := range columns {
			pen.half(level(ink[2*y*columns+x], shades), level(ink[(2*y+1)*columns+x], shades))
		}
		lines[y] = pen.end()
	}
	return lines
}

// blocks draws one pixel a cell as a blank on a grey background, for colour terminals that have no half blocks.
func (p Picture) blocks(columns, rows int, t theme.Theme) []string {
	lines := make([]string, rows)
	ink := p.scaled(columns, rows)
	pen := newPen(t)
	for y := range lines {
		for x := range columns {
			pen.full(level(ink[y*columns+x], shades))
		}
		lines[y] = pen.end()
	}
	return lines
}

// image draws the picture pixel by pixel. Pixels without ink are transparent where the background is known.
func (p Picture) image(t theme.Theme) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, p.Width, p.Height))
	pen := newPen(t)
	for y := range p.Height {
		for x := range p.Width {
			if ink := max(level(p.at(y, x), shades), pen.least); ink > 0 {
				m.SetNRGBA(x, y, pen.tones[ink])
			}
		}
	}
	return m
}

// level is ink between 0 and 1 as one of n levels.
func level(ink float64, n int) int {
	return int(math.Round(ink * float64(n-1)))
}

// scaled averages the picture to columns×rows pixels; each takes part in a pixel by the area that it covers of it.
func (p Picture) scaled(columns, rows int) []float64 {
	out := make([]float64, columns*rows)
	if p.Width <= 0 || p.Height <= 0 {
		return out
	}
	for y := range rows {
		top, bottom := span(y, rows, p.Height)
		for x := range columns {
			left, right := span(x, columns, p.Width)
			sum := 0.0
			for i := int(top); float64(i) < bottom; i++ {
				high := min(float64(i+1), bottom) - max(float64(i), top)
				for j := int(left); float64(j) < right; j++ {
					wide := min(float64(j+1), right) - max(float64(j), left)
					sum += high * wide * p.at(i, j)
				}
			}
			out[y*columns+x] = min(sum/((bottom-top)*(right-left)), 1)
		}
	}
	return out
}

// span is the part of n source pixels that pixel i of m covers.
func span(i, m, n int) (from, to float64) {
	scale := float64(n) / float64(m)
	return float64(i) * scale, min(float64(i+1)*scale, float64(n))
}

func (p Picture) at(y, x int) float64 {
	i := y*p.Width + x
	if i >= len(p.Pixels) {
		return 0
	}
	v := float64(p.Pixels[i])
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, 0), 1)
}

// Crop is the part of the picture that starts at row y and column x and has height×width pixels.
func (p Picture) Crop(y, x, height, width int) Picture {
	part := Picture{Height: height, Width: width, Pixels: make([]float32, height*width)}
	for i := range height {
		for j := range width {
			if y+i >= 0 && y+i < p.Height && x+j >= 0 && x+j < p.Width {
				part.Pixels[i*width+j] = float32(p.at(y+i, x+j))
			}
		}
	}
	return part
}

// pen writes cells of a picture and changes colours only where they differ. It writes escape sequences itself, because
// a strip of pictures has thousands of cells and a style for each takes milliseconds a frame.
type pen struct {
	line   strings.Builder
	tones  [shades]color.NRGBA
	greys  [shades]string // "r;g;b" of each tone
	fg, bg int            // levels in use; 0 is the terminal's own background, as is no ink at all
	least  int            // the level of no ink: 0, or 1 to paint it
}

func newPen(t theme.Theme) *pen {
	p := &pen{}
	// Few terminals are quite black or white. Starting a little away from both keeps faint ink from being darker than
	// a dark background, or lighter than a light one.
	ground, ink := uint8(0x28), t.Text
	switch t.Background {
	case theme.Dark:
	case theme.Light:
		ground = 0xea
	default:
		// On a background that nobody knows a picture brings its own, or faint ink would be the darkest on a white one.
		ground, ink, p.least = 0, color.White, 1
	}
	for i := range p.greys {
		tone := mix(ground, ink, float64(i)/(shades-1))
		p.tones[i], p.greys[i] = tone, fmt.Sprintf("%d;%d;%d", tone.R, tone.G, tone.B)
	}
	return p
}

// mix is the colour at part of the way from the grey ground to ink.
func mix(ground uint8, ink color.Color, part float64) color.NRGBA {
	r, g, b, _ := ink.RGBA()
	between := func(channel uint32) uint8 {
		return uint8(math.Round(float64(ground)*(1-part) + float64(channel>>8)*part))
	}
	return color.NRGBA{between(r), between(g), between(b), 0xff}
}

// half writes a cell of two pixels. Pixels without ink show the terminal's background, whatever colour that has.
func (p *pen) half(top, bottom int) {
	top, bottom = max(top, p.least), max(bottom, p.least)
	switch {
	case top == 0 && bottom == 0:
		p.set(p.fg, 0)
		p.line.WriteByte(' ')
	case top == 0:
		p.set(bottom, 0)
		p.line.WriteString("▄")
	case top == bottom:
		p.set(top, 0)
		p.line.WriteString("█")
	default:
		p.set(top, bottom)
		p.line.WriteString("▀")
	}
}

// full writes a cell of one pixel.
func (p *pen) full(ink int) {
	p.set(p.fg, max(ink, p.least))
	p.line.WriteByte(' ')
}

func (p *pen) set(fg, bg int) {
	if bg != p.bg {
		if bg == 0 {
			p.line.WriteString("\x1b[49m")
		} else {
			p.line.WriteString("\x1b[48;2;" + p.greys[bg] + "m")
		}
	}
	if fg != p.fg && fg != 0 {
		p.line.WriteString("\x1b[38;2;" + p.greys[fg] + "m")
	}
	p.fg, p.bg = fg, bg
}

// end closes the line and returns it; the next one starts without colours.
func (p *pen) end() string {
	if p.fg != 0 || p.bg != 0 {
		p.line.WriteString("\x1b[m")
	}
	line := p.line.String()
	p.line.Reset()
	p.fg, p.bg = 0, 0
	return line
}

// Row draws pictures side by side, gap cells apart, each in rows lines of columns cells.
func Row(pictures []Picture, columns, rows, gap int, t theme.Theme) []string {
	lines := make([]string, max(rows, 0))
	for i, p := range pictures {
		for y, part := range p.Render(columns, rows, t) {
			if i > 0 {
				lines[y] += strings.Repeat(" ", max(gap, 0))
			}
			lines[y] += part
		}
	}
	return lines
}

// Captions is one line of captions, each centred over a picture that Row draws in columns cells.
func Captions(captions []string, columns, gap int) string {
	var line strings.Builder
	for i, caption := range captions {
		if i > 0 {
			line.WriteString(strings.Repeat(" ", max(gap, 0)))
		}
		caption = ansi.Truncate(caption, max(columns, 0), "")
		free := max(columns-ansi.StringWidth(caption), 0)
		line.WriteString(strings.Repeat(" ", free/2) + caption + strings.Repeat(" ", free-free/2))
	}
	return line.String()
}
