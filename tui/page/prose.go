package page

import (
	"strings"

	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// prose draws Markdown at one width in one theme, and remembers what it drew: glamour is too slow to run on every
// frame.
type prose struct {
	theme     theme.Theme
	splitter  splitter
	renderers map[int]*glamour.TermRenderer // by width; items of lists are narrower
	drawn     map[passage][]string
}

type passage struct {
	markdown    string
	width, wide int
}

func newProse(t theme.Theme) *prose {
	return &prose{
		theme: t, splitter: newSplitter(),
		renderers: map[int]*glamour.TermRenderer{}, drawn: map[passage][]string{},
	}
}

// lines draws Markdown. Text wraps at width; code, which must not wrap, may use wide and is cut there.
func (p *prose) lines(markdown string, width, wide int) []string {
	key := passage{markdown, width, wide}
	if lines, ok := p.drawn[key]; ok {
		return lines
	}
	var lines []string
	for i, c := range p.splitter.split(markdown) {
		if i > 0 && (c.kind != itemChunk || !c.tight) {
			lines = append(lines, "")
		}
		switch c.kind {
		case textChunk:
			lines = append(lines, p.text(strings.Join(c.lines, "\n"), width)...)
		case codeChunk:
			lines = append(lines, verbatim(c.lines, wide)...)
		case itemChunk:
			lines = append(lines, p.item(c, width, wide)...)
		}
	}
	p.drawn[key] = lines
	return lines
}

func (p *prose) item(c chunk, width, wide int) []string {
	hang := ansi.StringWidth(c.marker) + 1
	lines := p.lines(strings.Join(c.lines, "\n"), max(width-hang, 1), max(wide-hang, 1))
	return Hanging(c.marker+" ", lines)
}

// Hanging puts a marker before the first line and indents the others below it.
func Hanging(marker string, lines []string) []string {
	indent := strings.Repeat(" ", ansi.StringWidth(marker))
	out := make([]string, max(len(lines), 1))
	out[0] = marker
	for i, line := range lines {
		switch {
		case i == 0:
			out[0] = marker + line
		case line != "":
			out[i] = indent + line
		}
	}
	return out
}

// verbatim indents code and cuts what does not fit.
func verbatim(code []string, width int) []string {
	lines := make([]string, len(code))
	for i, line := range code {
		line = strings.ReplaceAll(line, "\t", "    ")
		if line != "" {
			lines[i] = ansi.Truncate("  "+line, width, "…")
		}
	}
	return lines
}

func (p *prose) text(markdown string, width int) []string {
	drawn, err := p.render(markdown, width)
	if err != nil {
		drawn = ansi.Wrap("This text cannot be laid out ("+err.Error()+"); its source:\n\n"+markdown, width, "")
	}
	lines := strings.Split(drawn, "\n")
	for i, line := range lines {
		lines[i] = trimRight(line)
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func (p *prose) render(markdown string, width int) (string, error) {
	renderer := p.renderers[width]
	if renderer == nil {
		var err error
		renderer, err = glamour.NewTermRenderer(glamour.WithStyles(style(p.theme)), glamour.WithWordWrap(width))
		if err != nil {
			return "", err
		}
		p.renderers[width] = renderer
	}
	return renderer.Render(markdown)
}

// trimRight removes the padding that glamour fills lines with, which may stand inside escape sequences.
func trimRight(line string) string {
	plain := ansi.Strip(line)
	text := strings.TrimRight(plain, " ")
	if len(text) == len(plain) {
		return line
	}
	if text == "" {
		return ""
	}
	return ansi.Truncate(line, ansi.StringWidth(text), "")
}
