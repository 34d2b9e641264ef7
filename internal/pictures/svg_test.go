package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

// drawn is the picture of a screen after a program wrote to it, without what is the same in all.
func drawn(t *testing.T, width int, written string) string {
	t.Helper()
	screen := vt.NewEmulator(width, 1)
	if _, err := screen.WriteString(written); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(svg(screen, ""), fmt.Sprintf("font-size=\"%d\">\n", fontSize))
	rest, _, _ = strings.Cut(rest, "</g>")
	return strings.TrimSpace(rest)
}

func TestCells(t *testing.T) {
	const label = `lengthAdjust="spacingAndGlyphs" xml:space="preserve"`
	for name, c := range map[string]struct{ written, want string }{
		"a run of text": {"ab c", `<text x="0" y="13" textLength="36" ` + label + ` fill="#dcdcdc">ab c</text>`},
		"bold, in a colour, escaped": {
			" \x1b[1;38;2;1;2;3m<\x1b[m", `<text x="9" y="13" textLength="9" ` + label + ` fill="#010203" font-weight="bold">&lt;</text>`,
		},
		"a wide character": {"日", `<text x="0" y="13" textLength="18" ` + label + ` fill="#dcdcdc">日</text>`},
		"a background":     {"\x1b[48;2;1;2;3m  \x1b[m", `<path shape-rendering="crispEdges" fill="#010203" d="M0 0h18v18h-18z"/>`},
		"reversed":         {"\x1b[7m \x1b[m", `<path shape-rendering="crispEdges" fill="#dcdcdc" d="M0 0h9v18h-9z"/>`},
		"blocks that join": {"██▄", `<path shape-rendering="crispEdges" fill="#dcdcdc" d="M0 0h18v18h-18zM18 9h9v9h-9z"/>`},
		"two halves of a cell": {
			"\x1b[38;2;1;2;3;48;2;4;5;6m▀\x1b[m",
			`<path shape-rendering="crispEdges" fill="#040506" d="M0 0h9v18h-9z"/>` + "\n" +
				`<path shape-rendering="crispEdges" fill="#010203" d="M0 0h9v9h-9z"/>`,
		},
		"a shade": {"\x1b[38;2;0;0;0;48;2;200;100;40m▒\x1b[m", `<path shape-rendering="crispEdges" fill="#c86428" d="M0 0h9v18h-9z"/>` + "\n" +
			`<path shape-rendering="crispEdges" fill="#643214" d="M0 0h9v18h-9z"/>`},
		"quarters": {"▞", `<path shape-rendering="crispEdges" fill="#dcdcdc" d="M4 0h5v9h-5zM0 9h4v9h-4z"/>`},
		"braille": {
			"⢁", `<path fill="none" stroke="#dcdcdc" stroke-width="3" stroke-linecap="round" d="M2.25 2.25h0M6.75 15.75h0"/>`,
		},
		"braille in the third row": {
			"⠠", `<path fill="none" stroke="#dcdcdc" stroke-width="3" stroke-linecap="round" d="M6.75 11.25h0"/>`,
		},
		"lines": {
			"─╮", `<path fill="none" stroke="#dcdcdc" stroke-width="1.3" stroke-linecap="square" ` +
				`d="M4.5 9h-4.5M4.5 9h4.5M9 9Q13.5 9 13.5 18"/>`,
		},
		"nothing": {"   ", ""},
		"hidden":  {"\x1b[8mx\x1b[m", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := drawn(t, 4, c.written); got != c.want {
				t.Errorf("drawn as\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestBlocksFillTheCell adds up parts of a cell that leave nothing out and have nothing twice.
func TestBlocksFillTheCell(t *testing.T) {
	for _, pair := range []string{"▀▄", "▌▐", "▖▜", "▗▛", "▘▟", "▝▙", "▚▞"} {
		seen := map[[2]int]int{}
		for _, r := range pair {
			parts, shade, ok := block(r)
			if !ok || shade != 1 {
				t.Fatalf("%c is no full block", r)
			}
			for _, p := range parts {
				for y := range p.height {
					for x := range p.width {
						seen[[2]int{p.x + x, p.y + y}]++
					}
				}
			}
		}
		if len(seen) != cellWidth*cellHeight {
			t.Errorf("%s fill %d pixels, want %d", pair, len(seen), cellWidth*cellHeight)
		}
		for at, times := range seen {
			if times != 1 {
				t.Errorf("%s fill the pixel %v %d times", pair, at, times)
			}
		}
	}
}

// TestPicturesAreThere compares the list of scenes with the files in docs/pictures: make pictures draws them.
func TestPicturesAreThere(t *testing.T) {
	dir := filepath.Join("..", "..", "docs", "pictures")
	for _, s := range scenes() {
		text, err := os.ReadFile(filepath.Join(dir, s.name+".svg"))
		if err != nil {
			t.Error(err)
			continue
		}
		size := fmt.Sprintf(`width="%d" height="%d"`, s.width*cellWidth+2*margin, s.height*cellHeight+2*margin)
		if !strings.Contains(string(text), size) || !strings.Contains(string(text), "<title>"+s.title+"</title>") {
			t.Errorf("%s.svg has not the size %s or not the title %q", s.name, size, s.title)
		}
		for d := xml.NewDecoder(strings.NewReader(string(text))); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s.svg: %v", s.name, err)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(scenes()) {
		t.Errorf("%s holds %d files, want the %d scenes", dir, len(files), len(scenes()))
	}
}
