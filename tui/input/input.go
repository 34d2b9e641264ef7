// Package input bounds what a terminal sends, so that the decoder of Bubble Tea has room for it.
package input

import (
	"os"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/parser"
)

// Terminal is the input of a terminal without the parameters of control sequences that are too many. No key has as many,
// but a binary file has that is pasted, or a noisy line. The decoder, which runs in a goroutine of Bubble Tea's own,
// panics over them (github.com/charmbracelet/x/ansi v0.11.9, DecodeSequence). It is a file, as only of one Bubble Tea
// sets the mode and ends a read. The consoles of Windows are read past it.
type Terminal struct {
	*os.File
	parameters parameters
}

// Read implements io.Reader. It may return nothing without an error.
func (t *Terminal) Read(b []byte) (int, error) {
	n, err := t.File.Read(b)
	return t.parameters.bound(b[:n]), err
}

// parameters is where in a control sequence what was read last ended.
type parameters struct {
	escape, inside bool
	ended          int // parameters of the sequence that are over
}

// bound takes the parameters that are too many out of b, and returns how many bytes are left.
func (p *parameters) bound(b []byte) int {
	kept := 0
	for _, c := range b {
		if p.fits(c) {
			b[kept] = c
			kept++
		}
	}
	return kept
}

// fits takes the next byte, and says whether there is room for it.
func (p *parameters) fits(c byte) bool {
	begins := c == ansi.CSI || c == ansi.DCS || p.escape && (c == '[' || c == 'P')
	p.escape = c == ansi.ESC
	switch {
	case begins:
		p.inside, p.ended = true, 0
	case c < 0x30 || c > 0x3f: // ECMA-48, 5.4: what parameters are written with.
		p.inside = false
	case p.inside && p.ended == parser.MaxParamsSize-1:
		return c != ';' && c != ':'
	case p.inside && (c == ';' || c == ':'):
		p.ended++
	}
	return true
}
