package page

import (
	"regexp"
	"strings"
)

// chunkKind tells the parts of prose apart that are laid out differently.
type chunkKind int

const (
	textChunk chunkKind = iota // Markdown for glamour
	codeChunk                  // verbatim: glamour would wrap it and drop its backslashes
	itemChunk                  // one item of a list: glamour would not indent its second line
)

type chunk struct {
	kind   chunkKind
	marker string // of an item: "•" or "1."
	lines  []string
	tight  bool // no blank line stood before it
}

// splitter holds the patterns of Markdown's block starts, as CommonMark defines them.
type splitter struct {
	fence, item, indented *regexp.Regexp
}

func newSplitter() splitter {
	return splitter{
		fence:    regexp.MustCompile("^ {0,3}(```+|~~~+)"),
		item:     regexp.MustCompile(`^( {0,3})([-*+]|\d{1,9}[.)])( +)\S`),
		indented: regexp.MustCompile(`^(?: {4}|\t)`),
	}
}

// split cuts Markdown into chunks.
func (s splitter) split(markdown string) []chunk {
	lines := strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n")
	var chunks []chunk
	blank := true
	for i := 0; i < len(lines); {
		line := lines[i]
		if strings.TrimSpace(line) == "" {
			blank = true
			i++
			continue
		}
		last := len(chunks) - 1
		afterText := last >= 0 && chunks[last].kind == textChunk
		c, used := s.next(lines[i:], afterText && !blank)
		c.tight = !blank
		if c.kind == textChunk && afterText {
			// Neighbouring text stays in one piece, so that reference links and tables keep their context.
			if blank {
				chunks[last].lines = append(chunks[last].lines, "")
			}
			chunks[last].lines = append(chunks[last].lines, c.lines...)
		} else {
			chunks = append(chunks, c)
		}
		i += used
		// A list item takes the blank lines behind it along.
		blank = strings.TrimSpace(lines[i-1]) == ""
	}
	return chunks
}

// next returns the chunk that starts at lines[0], which is not blank, and how many lines it takes. Within a paragraph
// neither indented code nor an ordered list that does not start with 1 may begin.
func (s splitter) next(lines []string, inParagraph bool) (chunk, int) {
	first := lines[0]
	if m := s.fence.FindStringSubmatch(first); m != nil {
		for n, line := range lines[1:] {
			if end := strings.TrimSpace(line); strings.HasPrefix(end, m[1]) && strings.Trim(end, m[1][:1]) == "" {
				return chunk{kind: codeChunk, lines: lines[1 : n+1]}, n + 2
			}
		}
		return chunk{kind: codeChunk, lines: lines[1:]}, len(lines)
	}
	if !inParagraph && s.indented.MatchString(first) {
		return s.indentedCode(lines)
	}
	if m := s.item.FindStringSubmatch(first); m != nil && !thematicBreak(first) &&
		(!inParagraph || strings.Contains("-*+1.1)", m[2])) {
		return s.listItem(lines, m)
	}
	return chunk{kind: textChunk, lines: lines[:1]}, 1
}

func (s splitter) indentedCode(lines []string) (chunk, int) {
	n, end := 0, 0
	for n < len(lines) && (strings.TrimSpace(lines[n]) == "" || s.indented.MatchString(lines[n])) {
		n++
		if strings.TrimSpace(lines[n-1]) != "" {
			end = n
		}
	}
	code := make([]string, end)
	for i, line := range lines[:end] {
		code[i] = s.indented.ReplaceAllString(line, "")
	}
	return chunk{kind: codeChunk, lines: code}, end
}

// listItem takes the item whose marker m holds, with all that is indented below it and the lines that lazily go on.
func (s splitter) listItem(lines, m []string) (chunk, int) {
	marker := m[2]
	if strings.ContainsAny(marker, "-*+") {
		marker = "•"
	}
	indent := len(m[1]) + len(m[2]) + len(m[3])
	body := []string{lines[0][indent:]}
	n := 1
	for ; n < len(lines); n++ {
		line := lines[n]
		switch {
		case strings.TrimSpace(line) == "":
			body = append(body, "")
			continue
		case len(line)-len(strings.TrimLeft(line, " ")) >= indent:
			body = append(body, line[indent:])
			continue
		case body[len(body)-1] != "" && !s.item.MatchString(line) && !s.fence.MatchString(line) &&
			!strings.HasPrefix(line, "#"):
			body = append(body, strings.TrimLeft(line, " "))
			continue
		}
		break
	}
	return chunk{kind: itemChunk, marker: marker, lines: body}, n
}

// thematicBreak reports whether the line is a rule, "* * *", and not an item.
func thematicBreak(line string) bool {
	marks := strings.ReplaceAll(line, " ", "")
	return len(marks) >= 3 && (strings.Trim(marks, "-") == "" || strings.Trim(marks, "*") == "")
}
