package lessons

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// document is one lesson file on its way to pages.
type document struct {
	file   string
	known  Known
	report *report

	total  int    // lines of the file
	source []byte // the Markdown, with empty lines in place of the front matter
	pages  []Page
	lines  []int // the line of each page's heading
	start  int   // offset of the prose that belongs to no block yet
	seen   int   // every node that begins before this offset was visited
}

// problem adds a problem. An empty body may end with the file, and the YAML library counts lines behind it for texts of
// several lines, so the line is at most the file's last.
func (d *document) problem(line int, what, do string) {
	d.report.add(d.file, max(1, min(line, d.total)), what, do)
}

// line is the line of an offset into source.
func (d *document) line(offset int) int { return 1 + bytes.Count(d.source[:offset], []byte{'\n'}) }

// lineStart is the offset at which the line around an offset begins.
func (d *document) lineStart(offset int) int { return 1 + bytes.LastIndexByte(d.source[:offset], '\n') }

// lineEnd is the offset after the line around an offset.
func (d *document) lineEnd(offset int) int {
	if i := bytes.IndexByte(d.source[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(d.source)
}

// divide makes pages of the Markdown: one for each top heading, its directives as blocks.
func (d *document) divide(slug string) []Page {
	root := goldmark.DefaultParser().Parse(text.NewReader(d.source))
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if heading, ok := node.(*ast.Heading); ok && heading.Level == 1 {
			d.openPage(slug, heading)
		} else {
			d.visit(node, false)
		}
	}
	d.closePage(len(d.source))
	if first := bytes.IndexFunc(d.source, func(r rune) bool { return !unicode.IsSpace(r) }); len(d.pages) == 0 && first < 0 {
		d.problem(d.line(len(d.source))-1, "the lesson has no page", "begin each page with a `# Heading`")
	} else if first >= 0 && (len(d.pages) == 0 || d.line(first) < d.lines[0]) {
		d.problem(d.line(first), "text before the first heading", "put it below a `# Heading`, which begins a page")
	}
	return d.pages
}

// emptyHeading is a top heading without a word, whose place the parser does not say.
var emptyHeading = regexp.MustCompile(`(?m)^ {0,3}#[ \t]*(#+[ \t]*)?$`)

// openPage begins a page at its heading and ends the one before.
func (d *document) openPage(slug string, heading *ast.Heading) {
	at := d.seen
	if lines := heading.Lines(); lines.Len() > 0 {
		at = lines.At(0).Start
	} else if found := emptyHeading.FindIndex(d.source[d.seen:]); found != nil {
		at += found[0]
	}
	d.closePage(d.lineStart(at))

	line := d.line(at)
	title := strings.Join(strings.Fields(plainText(heading, d.source)), " ")
	if !bytes.HasPrefix(bytes.TrimLeft(d.source[d.lineStart(at):], " "), []byte("#")) {
		d.problem(line, "a heading underlined with =", "write it as `# "+title+"`")
	}
	page := Page{ID: slug + "/" + slugify(title), Title: title}
	if slugify(title) == "" {
		d.problem(line, "the heading has no words", "give the page a title")
	} else {
		for i, other := range d.pages {
			if other.ID == page.ID {
				d.problem(line, fmt.Sprintf("the page at line %d has the id %q too", d.lines[i], page.ID), "give each page its own title")
				break
			}
		}
	}
	d.pages, d.lines = append(d.pages, page), append(d.lines, line)
	d.start = d.lineEnd(at)
	d.seen = d.start
}

// closePage ends the page being filled at an offset.
func (d *document) closePage(end int) {
	d.prose(end)
	if last := len(d.pages) - 1; last >= 0 && len(d.pages[last].Blocks) == 0 {
		d.problem(d.lines[last], fmt.Sprintf("the page %q is empty", d.pages[last].Title), "write it or remove its heading")
	}
}

// add appends a block to the page being filled. What stands before the first heading has no page and is reported.
func (d *document) add(b Block) {
	if last := len(d.pages) - 1; last >= 0 {
		d.pages[last].Blocks = append(d.pages[last].Blocks, b)
	}
}

// prose adds what lies between the last block and an offset, unless it is blank.
func (d *document) prose(end int) {
	if end <= d.start {
		return
	}
	lines := strings.Split(string(d.source[d.start:end]), "\n")
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:] // The first line keeps its indentation, which may mean code.
	}
	if markdown := strings.TrimRight(strings.Join(lines, "\n"), " \t\n"); markdown != "" {
		d.add(Prose{Markdown: markdown})
	}
	d.start = end
}

// visit looks for fences in a block of a page and in what is nested in it.
func (d *document) visit(node ast.Node, nested bool) {
	if node.Type() != ast.TypeBlock {
		return
	}
	if fence, ok := node.(*ast.FencedCodeBlock); ok {
		d.fence(fence, nested)
		return
	}
	if lines := node.Lines(); lines.Len() > 0 {
		d.seen = max(d.seen, lines.At(lines.Len()-1).Stop)
	}
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		d.visit(child, true)
	}
}

// plainText is the text of a heading without its marks.
func plainText(node ast.Node, source []byte) string {
	var b strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(source))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		default:
			b.WriteString(plainText(child, source))
		}
	}
	return b.String()
}

// slugify makes the last part of a page's id: "What the code z keeps" becomes "what-the-code-z-keeps".
func slugify(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}
