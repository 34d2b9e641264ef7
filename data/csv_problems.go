package data

import (
	"errors"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// maxProblems is how many problems of a file are reported at once.
const maxProblems = 10

// csvProblems are the problems of a file found so far.
type csvProblems []error

func (p *csvProblems) add(format string, args ...any) {
	if !p.full() {
		*p = append(*p, fmt.Errorf(format, args...))
	}
}

func (p *csvProblems) full() bool { return len(*p) >= maxProblems }

// err is all problems, one a line, or nil.
func (p *csvProblems) err() error {
	if p.full() {
		return errors.Join(append(*p, errors.New("there may be more"))...)
	}
	return errors.Join(*p...)
}

// unfit says why a text cannot be the name of a column or a class, or nothing. A name is shown on the learner's
// terminal, so it must hold nothing that moves the cursor.
func unfit(text string) string {
	switch {
	case text == "":
		return "is empty"
	case len(text) > maxNameBytes:
		return fmt.Sprintf("has %d bytes; at most %d are allowed", len(text), maxNameBytes)
	case !utf8.ValidString(text):
		return "is not UTF-8 text: " + short(text)
	}
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return "holds a sign that cannot be printed: " + short(text)
		}
	}
	return ""
}

// short quotes the beginning of a cell.
func short(cell string) string {
	const most = 40
	if len(cell) > most {
		return strconv.Quote(cell[:most]) + "…"
	}
	return strconv.Quote(cell)
}
