package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// harmless returns a line of a frame with nothing in it that a terminal obeys but styles and links. Lessons of a
// directory, errors and what a learner types may hold anything, and reach the screen in many ways; they all pass here.
func harmless(line string) string {
	if isHarmless(line) {
		return line
	}
	var out strings.Builder
	out.Grow(len(line))
	var state byte
	for rest := line; rest != ""; {
		sequence, _, n, next := ansi.DecodeSequence(rest, state, nil)
		state, rest = next, rest[n:]
		switch r, _ := utf8.DecodeRuneInString(sequence); {
		case strings.HasPrefix(sequence, "\x1b]8;"), r == ansi.ESC && styleLength(sequence) == len(sequence):
			out.WriteString(sequence)
		case isCharacter(r):
			// The cluster that it begins may hold marks of direction.
			out.WriteString(characters(sequence))
		}
	}
	return out.String()
}

// isHarmless says whether a line holds characters and styles only, as nearly all do.
func isHarmless(line string) bool {
	for line != "" {
		r, size := utf8.DecodeRuneInString(line)
		if r == ansi.ESC {
			size = styleLength(line)
		} else if !isCharacter(r) {
			size = 0
		}
		if size == 0 {
			return false
		}
		line = line[size:]
	}
	return true
}

// styleLength is how long the sequence for a style is with which a text begins, 0 where it begins with none.
func styleLength(text string) int {
	set, ok := strings.CutPrefix(text, "\x1b[")
	if !ok {
		return 0
	}
	rest := strings.TrimLeft(set, "0123456789;:")
	if !strings.HasPrefix(rest, "m") {
		return 0
	}
	return len(text) - len(rest) + 1
}

// characters is a text without what is none.
func characters(text string) string {
	return strings.Map(func(r rune) rune {
		if isCharacter(r) {
			return r
		}
		return -1
	}, text)
}

// isCharacter says whether a character only takes its place on the screen. Marks that turn the direction of what follows
// would let a line say another thing than it holds.
func isCharacter(r rune) bool {
	return r != utf8.RuneError && !unicode.IsControl(r) && !unicode.Is(unicode.Bidi_Control, r) && r != '\u2028' && r != '\u2029'
}
