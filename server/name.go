package server

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is how many cells of a table a name may take.
const maxName = 24

// Clean makes text that a client sent harmless for another screen, a log or a table: without control sequences, control
// characters, marks that turn the direction of text, characters that are not seen, and private ones; in one line of at
// most cells cells.
func Clean(text string, cells int) string {
	const enough = 4096 // Longer text is cut first, so that nobody can keep the server busy with it.
	if len(text) > enough {
		text = text[:enough]
	}
	text = strings.ToValidUTF8(ansi.Strip(text), "")
	marks := 0
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == blankBraille:
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp),
			unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
			return -1
		case unicode.Is(unicode.M, r):
			// A letter has few marks in any language; towers of them reach into the lines above.
			if marks++; marks > 2 {
				return -1
			}
			return r
		}
		marks = 0
		return r
	}, text)
	return strings.TrimSpace(ansi.Truncate(strings.Join(strings.Fields(text), " "), cells, ""))
}

// blankBraille is a character without dots, which is no space by its category.
const blankBraille = '\u2800'

// cleanName is Clean for a display name.
func cleanName(text string) string { return Clean(text, maxName) }

// seenName is the same for clean names that people take for one: those that differ in upper and lower case, in how
// their characters are composed, or in the width or the form of them. Letters of several scripts that look alike stay apart.
func seenName(name string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))
}
