package lessons

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extensionast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// passage is a piece of a page's text that reads as one: a paragraph, an item, a row of a table, an answer.
type passage struct {
	block int // of the page
	text  string
	words []Word
}

// passages are the texts of a page in the order in which it shows them. The art of a figure has no words of its own: its
// caption says the same.
func passages(markdown parser.Parser, p Page) []passage {
	var all []passage
	for i, block := range p.Blocks {
		for _, text := range blockTexts(markdown, block) {
			if text = oneLine(text); text != "" {
				all = append(all, passage{i, text, Words(text)})
			}
		}
	}
	return all
}

// oneLine is a text without line breaks, and without control characters, which a terminal would obey.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func blockTexts(markdown parser.Parser, block Block) []string {
	switch b := block.(type) {
	case Prose:
		return proseTexts(markdown, b.Markdown)
	case Lab:
		return []string{"lab " + b.ID + " " + b.Text}
	case Quiz:
		// Why a choice is right or wrong is not to be read before it was chosen.
		texts := proseTexts(markdown, b.Question)
		for _, choice := range b.Choices {
			texts = append(texts, proseTexts(markdown, choice.Text)...)
		}
		return texts
	case Exercise:
		return []string{"exercise " + b.ID}
	case Figure:
		return []string{b.Caption}
	}
	return nil
}

// proseParser reads Markdown with the tables that pages show.
func proseParser() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
}

// proseTexts are the texts of Markdown without its marks.
func proseTexts(markdown parser.Parser, prose string) []string {
	source := []byte(prose)
	var texts []string
	var visit func(node ast.Node)
	visit = func(node ast.Node) {
		switch node.(type) {
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			texts = append(texts, string(node.Lines().Value(source)))
			return
		case *extensionast.TableRow, *extensionast.TableHeader:
			var cells []string
			for cell := node.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cells = append(cells, plainText(cell, source))
			}
			texts = append(texts, strings.Join(cells, " "))
			return
		}
		if child := node.FirstChild(); child != nil && child.Type() == ast.TypeInline {
			texts = append(texts, plainText(node, source))
			return
		}
		for child := node.FirstChild(); child != nil; child = child.NextSibling() {
			visit(child)
		}
	}
	visit(markdown.Parse(text.NewReader(source)))
	return texts
}
