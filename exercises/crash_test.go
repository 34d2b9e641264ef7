package exercises

import (
	"strings"
	"testing"
)

func TestWhatAProgramSaysIsPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\tb′":                   "a\n\tb′",
		"\x1b]0;title\a\x1b[31mred": `\x1b]0;title\a\x1b[31mred`,
		"\u009b31m\u202e":           `\u009b31m\u202e`,
		"\xff":                      "�",
	} {
		if got := shorten(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := len(shorten(strings.Repeat("x", 1<<20))); got > maxShown+len("…") {
		t.Errorf("%d bytes are shown of one line", got)
	}
}
