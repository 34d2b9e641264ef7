package words

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Term is a word of an expression, added or taken away.
type Term struct {
	Word  string
	Minus bool
}

// Expression is a sum of words: king − man + woman, or a single word.
type Expression []Term

// Analogy is the expression a − b + c: a is to b as the answer is to c.
func Analogy(a, b, c string) Expression { return Expression{{Word: a}, {b, true}, {Word: c}} }

// ParseExpression reads words with signs between them, as in "king - man + woman". A minus may be a hyphen or a dash.
func ParseExpression(text string) (Expression, error) {
	var e Expression
	sign := "" // of the next word, where one was read
	for _, token := range strings.Fields(spaceSigns(text)) {
		switch isSign := token == "+" || token == "-"; {
		case isSign && sign != "":
			return nil, fmt.Errorf("%q has two signs in a row; put a word between them", text)
		case isSign:
			sign = token
		case len(e) > 0 && sign == "":
			return nil, fmt.Errorf("%q has no sign between %s and %s; put + or - there", text, e[len(e)-1].Word, token)
		default:
			e = append(e, Term{token, sign == "-"})
			sign = ""
		}
	}
	switch {
	case len(e) == 0:
		return nil, errors.New("there is no word; write one, or a sum such as king - man + woman")
	case sign != "":
		return nil, fmt.Errorf("%q ends with a sign; put a word after it", text)
	}
	return e, nil
}

// spaceSigns sets signs apart from the words next to them and makes every dash a hyphen.
func spaceSigns(text string) string {
	var b strings.Builder
	for _, letter := range text {
		switch {
		case letter == '+':
			b.WriteString(" + ")
		case letter == '−' || unicode.Is(unicode.Pd, letter):
			b.WriteString(" - ")
		default:
			b.WriteRune(letter)
		}
	}
	return b.String()
}

// String writes the expression as in a book: "king − man + woman".
func (e Expression) String() string {
	var b strings.Builder
	for i, term := range e {
		switch {
		case term.Minus && i == 0:
			b.WriteString("−")
		case term.Minus:
			b.WriteString(" − ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(term.Word)
	}
	return b.String()
}
