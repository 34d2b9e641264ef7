package editor

import "strings"

// indentLines puts a tab before each line of the selection that holds something.
func (e *Editor) indentLines() {
	from, to := e.selectedLines()
	lines := strings.Split(e.buffer.text[from:to], "\n")
	added := 0
	for i, line := range lines {
		if line != "" {
			lines[i] = "\t" + line
			added++
		}
	}
	if selectedFrom, selectedTo := e.buffer.selection(); e.fits(added + selectedTo - selectedFrom) {
		e.replaceLines(from, to, strings.Join(lines, "\n"))
	}
}

// dedentLines takes a tab from the start of each line of the selection, or of the cursor's line.
func (e *Editor) dedentLines() {
	from, to := e.selectedLines()
	lines := strings.Split(e.buffer.text[from:to], "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "\t")
	}
	e.replaceLines(from, to, strings.Join(lines, "\n"))
}

// selectedLines are where the lines of the selection start and end. A line of which only the start is touched is none of
// them, unless nothing is selected.
func (e *Editor) selectedLines() (start, end int) {
	b := &e.buffer
	from, to := b.selection()
	start, _ = b.bounds(b.line(from))
	if to > from && b.text[to-1] == '\n' {
		to--
	}
	_, end = b.bounds(b.line(to))
	return start, end
}

// replaceLines puts text in the place of whole lines, and selects what was selected in them.
func (e *Editor) replaceLines(start, end int, text string) {
	b := &e.buffer
	if text == b.text[start:end] {
		return
	}
	from, to := b.selection()
	selected, atLine := from != to, b.line(b.cursor)
	fromEnd := len(b.text) - b.cursor
	b.replace(start, end, text, false)
	if !selected {
		// The cursor stays behind the characters that were left of it.
		lineStart, _ := b.bounds(atLine)
		e.moveTo(max(len(b.text)-fromEnd, lineStart), false)
		return
	}
	b.anchor, b.cursor = start, start+len(text)
}
