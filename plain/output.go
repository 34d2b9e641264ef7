package plain

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// output writes lines of plain text and keeps the first error of its writer.
type output struct {
	w     io.Writer
	width int // of a line in characters
	err   error
}

// raw writes text as it is, without what a terminal could take for a command.
func (o *output) raw(text string) {
	if o.err == nil {
		_, o.err = io.WriteString(o.w, harmless(text))
	}
}

// harmless takes control characters out of text; a tab becomes blanks.
func harmless(text string) string {
	text = strings.ReplaceAll(text, "\t", "    ")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

// say writes a paragraph, wrapped.
func (o *output) say(text string) { o.lines(wrap(text, o.width)) }

// lines writes lines as they are.
func (o *output) lines(lines []string) {
	if len(lines) > 0 {
		o.raw(strings.Join(lines, "\n") + "\n")
	}
}

// reports writes lines of a lab.
func (o *output) reports(text string) { o.lines(fold(text, o.width)) }

// fold wraps the lines that are too long. One that fits stays as it is, for its blanks may align numbers or indent code.
func fold(text string, width int) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if utf8.RuneCountInString(line) <= width {
			lines = append(lines, line)
		} else {
			lines = append(lines, wrap(line, width)...)
		}
	}
	return lines
}

// noBreak is a blank at which wrap does not break a line.
const noBreak = '\u00a0'

// wrap breaks text into lines of at most width characters. A word that is longer gets a line of its own, uncut; noBreak
// becomes a blank. A line feed in the text stays.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line, used := "", 0
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' || r == '\t' }) {
			n := utf8.RuneCountInString(word)
			switch {
			case line == "":
				line, used = word, n
			case used+1+n <= width:
				line, used = line+" "+word, used+1+n
			default:
				lines = append(lines, line)
				line, used = word, n
			}
		}
		lines = append(lines, line)
	}
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, string(noBreak), " ")
	}
	return lines
}
