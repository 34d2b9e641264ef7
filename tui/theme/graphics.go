package theme

import (
	"crypto/sha256"
	"fmt"
	"image"
	"math/rand/v2"
	"strings"

	"github.com/charmbracelet/x/ansi/kitty"
)

// Graphics shows pictures pixel by pixel on terminals that have Kitty's graphics protocol with Unicode placeholders
// (https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders). A picture is sent to the terminal once, under
// a number; a cell that shows a part of it is an ordinary character, whose colour spells the number. So pictures go through
// everything that moves, cuts and compares cells. A session has one of its own, and uses it from one goroutine.
type Graphics struct {
	numbers map[pictureKey]int // of the pictures that the terminal holds
	next    int
	pending strings.Builder
}

// pictureKey tells pictures apart that look different on the screen.
type pictureKey struct {
	pixels        [sha256.Size]byte
	width         int
	columns, rows int
}

const (
	// maxPictures is how many pictures the terminal is asked to hold; the largest atlas of a lab has some 400.
	maxPictures = 512
	// maxNumber is the largest number that a colour of three bytes spells.
	maxNumber = 1<<24 - 1
	// maxPlaceholders is how many rows or columns a placeholder can name.
	maxPlaceholders = 297
)

// NewGraphics is for a terminal that has the protocol. Numbers begin anywhere, so that two programs on one terminal seldom
// use the same.
func NewGraphics() *Graphics {
	return &Graphics{numbers: map[pictureKey]int{}, next: 1 + rand.IntN(maxNumber)}
}

// MayHaveGraphics says whether a terminal of this name, the variable TERM, is one whose later versions have the protocol with
// placeholders. Terminals inside of tmux or screen have another name.
func MayHaveGraphics(term string) bool { return term == "xterm-kitty" || term == "xterm-ghostty" }

// HasGraphics says the same of a terminal that told its version: "kitty(0.36.4)", "ghostty 1.1.0". Kitty has placeholders
// since 0.28.0 (https://sw.kovidgoyal.net/kitty/changelog/), Ghostty in every version.
func HasGraphics(version string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(version, "kitty(%d.%d", &major, &minor); err == nil {
		return major > 0 || minor >= 28
	}
	return strings.HasPrefix(version, "ghostty")
}

// Place returns rows lines of columns cells that show m, scaled to fill them.
func (g *Graphics) Place(m *image.NRGBA, columns, rows int) []string {
	columns, rows = min(columns, maxPlaceholders), min(rows, maxPlaceholders)
	key := pictureKey{sha256.Sum256(m.Pix), m.Rect.Dx(), columns, rows}
	number, held := g.numbers[key]
	if !held {
		number = g.next
		g.next = 1 + g.next%maxNumber
		g.numbers[key] = number
		// Writing to a strings.Builder and encoding a picture in memory cannot fail.
		_ = kitty.EncodeGraphics(&g.pending, m, &kitty.Options{
			Action: kitty.TransmitAndPut, Format: kitty.PNG, Transmission: kitty.Direct, Chunk: true, Quiet: 2,
			ID: number, VirtualPlacement: true, Columns: columns, Rows: rows,
		})
	}
	lines := make([]string, rows)
	for y := range lines {
		var line strings.Builder
		line.WriteString(paint(number))
		for x := range columns {
			line.WriteRune(kitty.Placeholder)
			line.WriteRune(kitty.Diacritic(y))
			line.WriteRune(kitty.Diacritic(x))
		}
		line.WriteString("\x1b[39m")
		lines[y] = line.String()
	}
	return lines
}

// paint is the sequence of the colour that spells a picture's number.
func paint(number int) string {
	return fmt.Sprintf("\x1b[38;2;%d;%d;%dm", number>>16, number>>8&0xff, number&0xff)
}

// Pending returns what has to be written to the terminal so that it can show frame: pictures that it does not hold yet,
// and that it may forget those of earlier frames once there are many.
func (g *Graphics) Pending(frame string) string {
	if len(g.numbers) > maxPictures || len(g.numbers) > 0 && !strings.ContainsRune(frame, kitty.Placeholder) {
		for key, number := range g.numbers {
			if !strings.Contains(frame, paint(number)) {
				g.forget(key)
			}
		}
	}
	out := g.pending.String()
	g.pending.Reset()
	return out
}

func (g *Graphics) forget(key pictureKey) {
	options := kitty.Options{Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: g.numbers[key], Quiet: 2}
	fmt.Fprintf(&g.pending, "\x1b_G%s\x1b\\", options.String())
	delete(g.numbers, key)
}
