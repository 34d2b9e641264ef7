package threshold

import (
	"fmt"
	"strconv"

	"github.com/aetutor/aetutor/engine/anomaly"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
)

// facts are the numbers of the threshold, in at most height lines of at most factsWidth cells.
func (m *Model) facts(height int, t theme.Theme) []string {
	c := m.sets.shown.Counts(m.threshold)
	quiet, plain, bright := board.Style(board.Quiet, t), board.Style(board.Plain, t), board.Style(board.Bright, t)
	cell := func(n int) string { return board.PadLeft(board.Thousands(n), 7) }
	if m.unlabelled() {
		lines := []string{
			quiet.Render("threshold ") + bright.Render(board.PadLeft(board.Loss(m.threshold), 7)) + quiet.Render(" "+m.by),
			quiet.Render("          flagged   kept"),
			quiet.Render("rows      ") + bright.Render(cell(c.FalsePositives)) + plain.Render(cell(c.TrueNegatives)),
			"", quiet.Render("Precision and recall need"), quiet.Render("labels: nobody says which"), quiet.Render("rows are anomalies."),
		}
		return lines[:min(len(lines), max(height, 0))]
	}
	lines := []string{
		quiet.Render("threshold ") + bright.Render(board.PadLeft(board.Loss(m.threshold), 7)) + quiet.Render(" "+m.by),
		quiet.Render("          flagged   kept"),
		quiet.Render("anomaly   ") + bright.Render(cell(c.TruePositives)) + plain.Render(cell(c.FalseNegatives)),
		quiet.Render("normal    ") + plain.Render(cell(c.FalsePositives)) + plain.Render(cell(c.TrueNegatives)),
		"",
	}
	lines = append(lines, rates(c, t)...)
	lines = append(lines, quiet.Render("F1        ")+plain.Render(board.PadLeft(board.Fixed(c.F1(), 3), 7)), "")
	tail := m.verdict(t)
	if room := height - len(lines) - len(tail); room >= 3 {
		if kinds := m.caught(room-1, t); len(kinds) > 0 {
			lines = append(append(lines, kinds...), "")
		}
	}
	lines = append(lines, tail...)
	return lines[:min(len(lines), max(height, 0))]
}

// rates are precision and recall beside their bounds.
func rates(c anomaly.Counts, t theme.Theme) []string {
	line := func(label string, value, bound float64) string {
		sign, tone := "", board.Plain
		if value >= bound {
			sign, tone = " ✓", board.Bright
		}
		return board.Style(board.Quiet, t).Render(board.Pad(label, 10)) +
			board.Style(tone, t).Render(board.PadLeft(board.Fixed(value, 3), 7)) +
			board.Style(board.Quiet, t).Render(fmt.Sprintf(" ≥ %.2f", bound)) + board.Style(tone, t).Render(sign)
	}
	return []string{
		line("precision", c.Precision(), lab.ThresholdTaskPrecision), line("recall", c.Recall(), lab.ThresholdTaskRecall),
	}
}

// caught says how many of each kind of anomaly are flagged, in at most room lines, the least caught first. With one kind
// only, that is the recall.
func (m *Model) caught(room int, t theme.Theme) []string {
	kinds := m.sets.kinds(m.threshold)
	if len(kinds) < 2 || room < 2 {
		return nil
	}
	quiet := board.Style(board.Quiet, t)
	lines := []string{quiet.Render("flagged, by kind")}
	for _, k := range kinds[:min(len(kinds), room-1)] {
		part := strconv.Itoa(k.caught) + " of " + strconv.Itoa(k.seen)
		lines = append(lines, quiet.Render(board.Pad(fits(k.name, 11), 12))+board.Style(board.Plain, t).Render(board.PadLeft(part, 12)))
	}
	return lines
}

// verdict is what the judged threshold made of the unseen examples.
func (m *Model) verdict(t theme.Theme) []string {
	quiet := board.Style(board.Quiet, t)
	u := m.sets.scores.Unseen
	unseen := board.Thousands(u.Len(m.settings.Share)) + " unseen"
	if m.judged == nil {
		return []string{quiet.Render("enter judges " + unseen)}
	}
	title := unseen
	if m.judgedAt != m.threshold {
		title += " at " + board.Loss(m.judgedAt)
	}
	return append([]string{quiet.Render(title)}, rates(*m.judged, t)...)
}
