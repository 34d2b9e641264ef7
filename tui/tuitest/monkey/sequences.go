package monkey

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// isControl says whether a terminal may obey a character or let it turn the direction of what follows.
func isControl(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// badFrame names what a frame holds besides text, styles and links; "" where there is no more.
func badFrame(content string) string {
	return badSequence(content, func(sequence string) bool {
		return sequence == "\n" || isStyle(sequence) || strings.HasPrefix(sequence, "\x1b]8;")
	})
}

// badOutput names what a program wrote that is no part of drawing and of asking the terminal; "" where there is nothing.
func badOutput(written string) string {
	return badSequence(written, func(sequence string) bool {
		switch {
		case isStyle(sequence), slices.Contains([]string{"\n", "\r", "\b", "\t", "\x1bM", "\x1b7", "\x1b8"}, sequence):
			return true
		case strings.HasPrefix(sequence, "\x1b]"):
			return slices.ContainsFunc([]string{"2;aetutor", "2;\x07", "8;", "11;?", "11;", "111", "22;"}, func(known string) bool {
				return strings.HasPrefix(sequence[2:], known)
			})
		case strings.HasPrefix(sequence, "\x1b_G"):
			return true // A picture.
		}
		// Moving, erasing, scrolling, modes, and questions.
		return strings.HasPrefix(sequence, "\x1b[") && strings.ContainsRune("ABCDEFGHIJKLMPSTXZ@`abdefghlnpqrtuc", rune(sequence[len(sequence)-1]))
	})
}

// isStyle says whether a sequence sets a style. Nothing in the program blinks or hides.
func isStyle(sequence string) bool {
	set, ok := strings.CutPrefix(sequence, "\x1b[")
	if !ok || !strings.HasSuffix(set, "m") {
		return false
	}
	set = strings.TrimSuffix(set, "m")
	return !slices.ContainsFunc([]string{"5", "6", "8"}, func(n string) bool { return set == n || strings.HasPrefix(set, n+";") })
}

// badSequence names the first sequence or character of a text that is not text and not allowed.
func badSequence(text string, allowed func(sequence string) bool) string {
	var state byte
	for rest := text; rest != ""; {
		sequence, width, n, next := ansi.DecodeSequence(rest, state, nil)
		state, rest = next, rest[n:]
		if sequence == "" || allowed(sequence) {
			continue
		}
		if width == 0 && (sequence[0] < ' ' || sequence[0] == ansi.DEL) {
			return fmt.Sprintf("the sequence %q", sequence)
		}
		if !utf8.ValidString(sequence) || strings.ContainsFunc(sequence, isControl) {
			return fmt.Sprintf("the character %q", sequence)
		}
	}
	return ""
}
