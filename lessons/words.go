package lessons

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is a word of a text. Folded is what searches compare: lower case, without diacritics, with plain letters and
// digits in place of raised, lowered and full-width ones. From and To are where it stands in the text, in bytes.
type Word struct {
	Folded   string
	From, To int
}

// Words are the words of a text: what stands between characters that are neither letters nor digits.
func Words(text string) []Word {
	var words []Word
	from := -1
	for at, r := range text {
		// A mark belongs to the letter before it; alone it makes no word.
		inside := unicode.IsLetter(r) || unicode.IsNumber(r) || from >= 0 && unicode.IsMark(r)
		switch {
		case inside && from < 0:
			from = at
		case !inside && from >= 0:
			words = append(words, Word{fold(text[from:at]), from, at})
			from = -1
		}
	}
	if from >= 0 {
		words = append(words, Word{fold(text[from:]), from, len(text)})
	}
	return words
}

func fold(word string) string {
	if isASCII(word) {
		return strings.ToLower(word)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(word)))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// folded are the words of a text without their places.
func folded(text string) []string {
	words := Words(text)
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Folded
	}
	return all
}
