package plain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/aetutor/aetutor/lab"
)

// prose writes Markdown as lines that can be heard: headings are said as headings, all lists are numbered, and a row
// of a table says what each of its cells is. Code and formulas stay as they are.
type prose struct {
	source []byte
	silent bool // code is indented and not announced, for text that is seen
}

// markdown returns the lines of Markdown, with an empty one between blocks.
func markdown(source string, width int) []string {
	return prose{source: []byte(source)}.all(width)
}

// seen is markdown for a terminal that is looked at, where code is only indented.
func seen(source string, width int) []string {
	return prose{[]byte(source), true}.all(width)
}

func (p prose) all(width int) []string {
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	return p.blocks(parser.Parse(text.NewReader(p.source)), width)
}

// blocks are the lines of a node's children. The items of a list that is tight follow each other.
func (p prose) blocks(node ast.Node, width int) []string {
	var lines []string
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		block := p.block(child, width)
		_, inItem := node.(*ast.ListItem)
		if len(lines) > 0 && len(block) > 0 && !inItem {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	return lines
}

func (p prose) block(node ast.Node, width int) []string {
	switch n := node.(type) {
	case *ast.Heading:
		return wrap("Heading: "+p.inline(n), width)
	case *ast.FencedCodeBlock:
		if p.silent {
			return p.verbatim(n)
		}
		announce := "Code:"
		if language := string(n.Language(p.source)); language != "" {
			announce = "Code in " + language + ":"
		}
		lines := append([]string{announce}, p.verbatim(n)...)
		return append(lines, "End of code.")
	case *ast.CodeBlock, *ast.HTMLBlock:
		return p.verbatim(n)
	case *ast.List:
		return p.list(n, width)
	case *ast.Blockquote:
		return append(append([]string{"Quote:"}, p.blocks(n, width)...), "End of quote.")
	case *table.Table:
		return p.table(n, width)
	case *ast.ThematicBreak:
		return nil
	}
	if formulas := p.formulas(node); formulas != nil {
		return formulas
	}
	return wrap(p.inline(node), width)
}

// verbatim are the lines of code, indented.
func (p prose) verbatim(node ast.Node) []string {
	var lines []string
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		lines = append(lines, strings.TrimRight("  "+string(segment.Value(p.source)), " \r\n"))
	}
	return lines
}

// formulas are the lines of a paragraph that holds nothing but code, and nil of any other: no formula is wrapped.
func (p prose) formulas(node ast.Node) []string {
	line := ""
	var lines []string
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.CodeSpan:
			line += p.span(n)
		case *ast.Text:
			if strings.TrimSpace(string(n.Segment.Value(p.source))) != "" {
				return nil
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				lines, line = append(lines, "  "+line), ""
			}
		default:
			return nil
		}
	}
	return append(lines, "  "+line)
}

func (p prose) list(list *ast.List, width int) []string {
	number := 1
	if list.IsOrdered() {
		number = list.Start
	}
	var lines []string
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		marker := strconv.Itoa(number) + ". "
		if len(lines) > 0 && !list.IsTight {
			lines = append(lines, "")
		}
		lines = append(lines, hanging(marker, p.blocks(item, max(width-len(marker), leastWidth)))...)
		number++
	}
	return lines
}

// hanging puts a marker before the first line and indents the others below it.
func hanging(marker string, lines []string) []string {
	indent := strings.Repeat(" ", utf8.RuneCountInString(marker))
	hung := make([]string, len(lines))
	for i, line := range lines {
		switch {
		case i == 0:
			hung[i] = marker + line
		case line != "":
			hung[i] = indent + line
		}
	}
	if len(hung) == 0 {
		return []string{strings.TrimSpace(marker)}
	}
	return hung
}

// table says each row as a sentence: "input: picture; values: 784."
func (p prose) table(t *table.Table, width int) []string {
	var columns []string
	var lines []string
	rows := 0
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, p.inline(cell))
		}
		if _, header := row.(*table.TableHeader); header {
			columns = cells
			continue
		}
		for i, cell := range cells {
			if i < len(columns) && columns[i] != "" {
				cells[i] = columns[i] + ": " + cell
			}
		}
		rows++
		lines = append(lines, hanging(fmt.Sprintf("Row %d. ", rows), wrap(strings.Join(cells, "; ")+".", width-7))...)
	}
	head := wrap(fmt.Sprintf("Table with %s and the columns %s.", lab.Counted(rows, "row"), strings.Join(named(columns), ", ")), width)
	return append(append(head, lines...), "End of table.")
}

// named are the columns that have a name; the first often has none, where it names the rows.
func named(columns []string) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(column string) bool { return column == "" })
}

// inline is the text of a paragraph in one line, without marks of emphasis. Code keeps its quotes and is not wrapped.
func (p prose) inline(node ast.Node) string {
	var b strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			b.WriteString(plainText(n.Segment.Value(p.source)))
			if n.HardLineBreak() {
				b.WriteByte('\n')
			} else if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeSpan:
			b.WriteString("`" + strings.ReplaceAll(p.span(n), " ", string(noBreak)) + "`")
		case *ast.Link:
			b.WriteString(p.inline(n) + " (" + string(n.Destination) + ")")
		case *ast.Image:
			b.WriteString("picture: " + p.inline(n))
		case *ast.AutoLink:
			b.Write(n.URL(p.source))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(p.source))
		default:
			b.WriteString(p.inline(n))
		}
	}
	return b.String()
}

// span is the code of a code span.
func (p prose) span(n *ast.CodeSpan) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			b.Write(t.Segment.Value(p.source))
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// plainText resolves what Markdown writes in another way: \* and &amp;.
func plainText(source []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(source))))
}
