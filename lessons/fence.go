package lessons

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// directives are the fence words that become blocks, and codeLanguages those that stay prose.
func directives() []string    { return []string{"exercise", "figure", "lab", "quiz"} }
func codeLanguages() []string { return []string{"go", "json", "sh", "text"} }

// bareFence is a fence without a word, whose place the parser does not say when it is empty.
var bareFence = regexp.MustCompile("(?m)^[ \t>]*(?:[-*+] +)?(?:```+|~~~+)[ \t]*$")

// fenceMark is a line that can close a fence, with what a block around it may put before.
var fenceMark = regexp.MustCompile("^[ \t>]*(?:```+|~~~+)[ \t]*\n?$")

// fence checks a fence's word, and turns a directive into a block. A directive that is nested in a list or a quotation
// would cut it in two, so it must stand by itself.
func (d *document) fence(node *ast.FencedCodeBlock, nested bool) {
	open := d.fenceOpen(node)
	line := d.line(open)
	last := open // an offset in the last line before the closing one
	if lines := node.Lines(); lines.Len() > 0 {
		last = max(open, lines.At(lines.Len()-1).Stop-1)
	}
	end := d.lineEnd(last)
	if end < len(d.source) && fenceMark.Match(d.source[end:d.lineEnd(end)]) {
		end = d.lineEnd(end)
	} else {
		d.problem(line, "the fence is never closed", "close it with a line of as many ` as opened it")
	}
	d.seen = end

	var words []string
	if node.Info != nil {
		words = strings.Fields(string(node.Info.Segment.Value(d.source)))
	}
	switch {
	case len(words) == 0:
		d.problem(line, "a fence without a word", "name what is in it: "+strings.Join(codeLanguages(), ", ")+" for code, or a directive")
	case slices.Contains(codeLanguages(), words[0]):
	case !slices.Contains(directives(), words[0]):
		d.problem(line, fmt.Sprintf("%q is no directive", words[0]),
			fmt.Sprintf("the directives are %s; code is %s", strings.Join(directives(), ", "), strings.Join(codeLanguages(), ", ")))
	case nested:
		d.problem(line, fmt.Sprintf("the %s stands in a list or a quotation", words[0]), "let it stand by itself, at the left margin")
	default:
		d.prose(d.lineStart(open))
		d.add(d.directive(words, line, node.Lines().Value(d.source)))
		d.start = end
	}
}

// fenceOpen is an offset in the line that opens a fence.
func (d *document) fenceOpen(node *ast.FencedCodeBlock) int {
	if node.Info != nil {
		return node.Info.Segment.Start
	}
	if lines := node.Lines(); lines.Len() > 0 {
		if start := d.lineStart(lines.At(0).Start); start > 0 {
			return start - 1
		}
	}
	if found := bareFence.FindIndex(d.source[d.seen:]); found != nil {
		return d.seen + found[0]
	}
	return min(d.seen, len(bytes.TrimRight(d.source, "\n")))
}
