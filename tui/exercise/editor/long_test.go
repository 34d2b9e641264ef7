package editor

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func TestAFoldedLineIsWhole(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.TrueColor, true)
	for _, text := range []string{
		strings.Repeat("ae\u0301i", 40), strings.Repeat("a潜\u0301", 40), strings.Repeat("0123456789\u0301", 20), "\t" + strings.Repeat("潜", 60),
	} {
		for width := 12; width < 40; width++ {
			whole := ""
			for _, line := range Draw(text, 0, width, th) {
				plain := ansi.Strip(line)
				if got := ansi.StringWidth(plain); got > width {
					t.Errorf("a line of %d cells is drawn in %d", got, width)
				}
				whole += strings.TrimLeft(strings.TrimPrefix(plain, "  1"), " ")
			}
			if want := strings.TrimLeft(text, "\t"); whole != want {
				t.Errorf("in %d cells %q is drawn as %q", width, want, whole)
			}
		}
	}
}

// BenchmarkDrawLongLine draws the largest file, in one line, as every change of the screen does.
func BenchmarkDrawLongLine(b *testing.B) {
	th := theme.New(theme.Dark, colorprofile.TrueColor, true)
	text := strings.Repeat("a", MaxSize)
	for b.Loop() {
		Draw(text, 0, 76, th)
	}
}
