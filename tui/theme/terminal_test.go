package theme

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestTerminal(t *testing.T) {
	ascii := New(Dark, colorprofile.TrueColor, false)
	for frame, want := range map[string]string{
		"plain":                               "plain",
		"╭─┬─╮\n│ ├─┤":                        "+-+-+\n| +-+",
		"← → ↑ ↓ ▸ ✓ ✗ x′":                    "< > ^ v > * x x'",
		"784–256 − 1 — 2 × 3 · 4 …":           "784-256 - 1 - 2 x 3 . 4 .",
		"≤ 16, ≥ 0.9, 3 ±0.1; ≤16 a→≥":        "<=16, >=0.9, 3+-0.1; <16 a>>",
		"μσβ x² z₁₆ Σᵢ ∇L":                    "msb x2 z16 Si VL",
		"░▒▓█ ⡀⠀":                             ".=## * ",
		"日本 ok":                               "???? ok",
		"e\u0301t\u00e9":                      "ete",
		"\u0301":                              "",
		"☃":                                   "?",
		"\x1b[38;2;1;2;3m█\x1b[m│":            "\x1b[38;2;1;2;3m#\x1b[m|",
		"\x1b]8;;http://x/é\x07é\x1b]8;;\x07": "\x1b]8;;http://x/é\x07e\x1b]8;;\x07",
	} {
		if got := ascii.Terminal(frame); got != want {
			t.Errorf("Terminal(%q) = %q, want %q", frame, got, want)
		}
	}
	frame := "│ stays │"
	if got := New(Dark, colorprofile.TrueColor, true).Terminal(frame); got != frame {
		t.Errorf("under UTF-8 Terminal(%q) = %q, want it as it is", frame, got)
	}
}

func TestLetterTablesPair(t *testing.T) {
	// One pair from each end of the tables shows that none is shifted against the other.
	for r, want := range map[rune]byte{'⁰': '0', 'ⁱ': 'i', 'ω': 'w', 'Ω': 'O', 'ℝ': 'R', 'à': 'a', 'ß': 's', 'À': 'A', 'Ñ': 'N'} {
		if got := standIn(r); got != want {
			t.Errorf("standIn(%c) = %c, want %c", r, got, want)
		}
	}
}

func FuzzTerminal(f *testing.F) {
	for _, seed := range []string{"╭─╮", "日本", "é", "\xff\xfe", "👩‍👩‍👧", "a\u0301", "\t\n"} {
		f.Add(seed)
	}
	ascii := New(Dark, colorprofile.TrueColor, false)
	f.Fuzz(func(t *testing.T, text string) {
		// A finished frame has whole escape sequences around text without control characters.
		text = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		frame := "\x1b[1m" + text + "\x1b]8;;http://x/é\x07" + text + "\x1b[m"
		got := ascii.Terminal(frame)
		if ansi.StringWidth(got) != ansi.StringWidth(frame) {
			t.Errorf("Terminal(%q) = %q: %d cells became %d", frame, got, ansi.StringWidth(frame), ansi.StringWidth(got))
		}
		if text := ansi.Strip(got); strings.ContainsFunc(text, func(r rune) bool { return r > 127 }) {
			t.Errorf("Terminal(%q) = %q still shows more than ASCII", frame, got)
		}
	})
}
