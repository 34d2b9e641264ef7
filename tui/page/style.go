package page

import (
	"fmt"
	"image/color"

	"charm.land/glamour/v2/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// style is the look of Markdown. Prose keeps the terminal's own foreground: it stays readable when the terminal never
// tells its background. Glamour's syntax highlighting is not used, because it keeps its colours in a registry that all
// sessions of a process share.
func style(t theme.Theme) ansi.StyleConfig {
	yes := true
	s := ansi.StyleConfig{
		Heading:        ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Bold: &yes, BlockSuffix: "\n"}},
		Emph:           ansi.StylePrimitive{Italic: &yes},
		Strong:         ansi.StylePrimitive{Bold: &yes},
		Strikethrough:  ansi.StylePrimitive{CrossedOut: &yes},
		HorizontalRule: ansi.StylePrimitive{Format: "\n────────\n"},
		Item:           ansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration:    ansi.StylePrimitive{BlockPrefix: ". "},
		Task:           ansi.StyleTask{Ticked: "[x] ", Unticked: "[ ] "},
		Link:           ansi.StylePrimitive{Underline: &yes},
		ImageText:      ansi.StylePrimitive{Format: "picture: {{.text}}"},
		BlockQuote:     ansi.StyleBlock{Indent: ref(uint(1)), IndentToken: ref("│ ")},
		List:           ansi.StyleList{LevelIndent: 2},
		DefinitionDescription: ansi.StylePrimitive{
			BlockPrefix: "\n  ",
		},
	}
	if !t.Color {
		// Code must differ from prose without a colour too.
		s.Code.Prefix, s.Code.Suffix = "`", "`"
		return s
	}
	accent := hex(t.Accent)
	s.Heading.Color = &accent
	s.Code.Color = &accent
	return s
}

func ref[T any](v T) *T { return &v }

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
