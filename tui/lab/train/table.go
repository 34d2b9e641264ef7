package train

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
)

// The cells of the table of redrawn rows.
const (
	columnName = 18
	rowPair    = 15 // a value and what the model makes of it, with the blanks left of them
)

// table lists, for some held-out rows of a table beside each other, the first columns and what the model makes of them, in
// exactly height lines.
func (m *Model) table(width, height int, t theme.Theme) []string {
	lines := make([]string, height)
	preview, columns, names := m.now.preview, m.prepared.Columns, m.prepared.Rows
	quiet, plain, bright := board.Style(board.Quiet, t), board.Style(board.Plain, t), board.Style(board.Bright, t)
	count := min(len(preview.Inputs), len(preview.Reconstructions), len(names), (width-1-columnName)/rowPair)
	if count <= 0 || height < 3 {
		if m.now.err == nil {
			lines[height/2] = " " + quiet.Render(ansi.Truncate("held-out rows and their reconstructions appear here as the model learns", width-1, "…"))
		}
		return lines
	}
	lines[0] = " " + quiet.Render(board.Pad("held out, redrawn", columnName))
	for i := range count {
		lines[0] += quiet.Render(board.PadLeft(ansi.Truncate(names[i], rowPair-1, "…"), rowPair))
	}
	for j := range min(len(columns), height-2) {
		line := " " + quiet.Render(board.Pad(ansi.Truncate(columns[j], columnName-1, "…"), columnName))
		for i := range count {
			line += plain.Render(board.PadLeft(signed(preview.Inputs[i][j]), rowPair-7)) +
				bright.Render(board.PadLeft(signed(preview.Reconstructions[i][j]), 7))
		}
		lines[1+j] = line
	}
	about := "in standard deviations from the mean of what is learned"
	if hidden := len(columns) - (height - 2); hidden > 0 {
		about = fmt.Sprintf("%s; %s more columns", about, board.Thousands(hidden))
	}
	lines[min(1+len(columns), height-1)] = " " + quiet.Render(ansi.Truncate(about, width-1, "…"))
	return lines
}

// signed writes a value with its sign and two digits; what rounds to 0 has no sign worth telling.
func signed[T float32 | float64](v T) string {
	if text := fmt.Sprintf("%+.2f", v); text != "-0.00" {
		return text
	}
	return "+0.00"
}
