package maps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// Sizes in cells.
const (
	tableLines  = 6 // a head, four representations, and what the clusters hold
	leastMap    = 4
	sideBySide  = 116 // the width from which on all three maps stand beside each other
	betweenMaps = 2
	lossWidth   = 34 // of the loss beside the map of a model that learns
	leastBeside = 70 // the width of a map from which on the loss stands beside it
	leastOver   = 18 // the height from which on it stands below
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	top := m.tableRow(width, height)
	body := append(board.Fit(m.maps(width, top, t), width, top), m.table(width, t)...)
	return board.Stack(width, height, body, bottom)
}

// tableRow is the row of the table's head; above it are the maps, or nothing where there is no room for them.
func (m *Model) tableRow(width, height int) int {
	if top := height - len(m.bottom(width, theme.Theme{})) - tableLines; top >= leastMap {
		return top
	}
	return 0
}

// maps draws the map of the chosen representation, or all three where they fit.
func (m *Model) maps(width, height int, t theme.Theme) []string {
	if height == 0 {
		return nil
	}
	if width < sideBySide {
		return m.oneMap(max(m.at, 1), width, height, t)
	}
	each := (width - 2*betweenMaps) / 3
	lines := m.oneMap(1, each, height, t)
	for i := 2; i < len(m.rows); i++ {
		lines = board.Beside(lines, (i-1)*each+(i-2)*betweenMaps, betweenMaps, m.oneMap(i, each, height, t))
	}
	return lines
}

// oneMap draws the map of row i under its caption, in exactly height lines.
func (m *Model) oneMap(i, width, height int, t theme.Theme) []string {
	r := m.rows[i]
	caption := t.Style(t.Muted).Render(ansi.Truncate(" "+m.caption(r), width, "…"))
	if i == max(m.at, 1) {
		caption = t.Style(t.Accent).Render(ansi.Truncate(" "+m.caption(r), width, "…"))
	}
	lines := []string{caption}
	if r.points == nil {
		wait := "waits for the map before it"
		switch {
		case m.err != nil:
			wait = "not made"
		case m.working(i):
			wait = m.progress.Doing
		}
		lines = append(lines, make([]string, max(height/2-2, 0))...)
		return board.Fit(append(lines, " "+t.Style(t.Muted).Render(ansi.Truncate(wait, max(width-2, 0), "…"))), width, height)
	}
	s := widget.Scatter{Groups: m.groups(r, t)}
	draw := func(width, height int) []string { return strings.Split(s.Render(width, height, t), "\n") }
	height--
	switch {
	case !m.working(i) || !m.learning.Began():
	case width >= leastBeside:
		// Beside the map that the model draws stands how well it has learned by now.
		left := width - lossWidth - betweenMaps
		loss := m.learning.Body(lossWidth, height, t)
		return append(lines, board.Beside(draw(left, height), left, betweenMaps, loss)...)
	case height >= leastOver:
		loss := height / 3
		return append(append(lines, draw(width, height-loss)...), m.learning.Chart(width, loss, t)...)
	}
	return append(lines, draw(width, height)...)
}

// working reports whether row i is the one that is being made: the first without a ready map.
func (m *Model) working(i int) bool {
	return !m.made && i == 1+slices.IndexFunc(m.rows[1:], func(r row) bool { return !r.ready })
}

func (m *Model) caption(r row) string {
	units := strconv.Itoa(m.settings.Latent)
	how := units + " → 2 by PCA"
	if m.settings.Latent == 2 {
		how = "2 units"
	}
	switch r.on {
	case lab.OnPixels, lab.OnPCA:
		return "PCA of the pixels, 784 → 2"
	case lab.OnVAE:
		return "VAE, " + how
	}
	return "autoencoder, " + how
}

// groups are the points of a map by digit, or by cluster.
func (m *Model) groups(r row, t theme.Theme) []widget.ScatterGroup {
	n, first := 10, '0'
	clusters := m.byCluster && r.clusters != nil
	if clusters {
		n, first = r.clusters.K, 'a'
	}
	groups := make([]widget.ScatterGroup, n)
	for i := range groups {
		mark := first + rune(i)
		groups[i] = widget.ScatterGroup{Name: string(mark), Mark: mark, Color: t.Class(i)}
	}
	labels := m.labels()
	for i, p := range r.points {
		group := -1
		switch {
		case clusters && i < len(r.clusters.Labels):
			group = r.clusters.Labels[i]
		case !clusters && i < len(labels):
			group = int(labels[i])
		}
		if group >= 0 && group < n {
			groups[group].Points = append(groups[group].Points, widget.Point{X: p[0], Y: p[1]})
		}
	}
	return groups
}

// labels are the digits of the held-out examples, the same for all representations.
func (m *Model) labels() []uint8 {
	for _, r := range m.rows {
		if r.features != nil {
			return r.features.Labels
		}
	}
	return nil
}

// table draws what is known of each representation.
func (m *Model) table(width int, t theme.Theme) []string {
	muted, text := t.Style(t.Muted), t.Style(t.Text)
	lines := []string{muted.Render(fmt.Sprintf("   %-12s %8s  %3s %6s %6s %8s   %15s %8s", "", "features", "k", "ARI", "NMI", "time", "linear accuracy", "time"))}
	for i, r := range m.rows {
		features, k, ari, nmi, took := "-", "-", "-", "-", "-"
		if r.features != nil {
			features = strconv.Itoa(r.features.Width)
		}
		if c := r.clusters; c != nil {
			k, ari, nmi, took = strconv.Itoa(c.K), board.Fixed(c.ARI, 3), board.Fixed(c.NMI, 3), board.Fixed(c.Seconds, 2)+" s"
		}
		accuracy, learned := "-", "-"
		if p := r.probe; p != nil {
			accuracy, learned = board.Fixed(p.Accuracy, 3), board.Fixed(p.Seconds, 2)+" s"
		}
		style, mark := text, " "
		if i == m.at {
			style, mark = t.Style(t.Accent), "▸"
		}
		left := fmt.Sprintf(" %s %-12s %8s  %3s %6s %6s %8s", mark, name(r.on), features, k, ari, nmi, took)
		lines = append(lines, style.Render(left)+text.Render(fmt.Sprintf("   %15s %8s", accuracy, learned)))
	}
	return board.Fit(append(lines, " "+muted.Render("clusters ")+m.holds(width-10, t)), width, tableLines)
}

// name is how a table calls a representation.
func name(on string) string {
	if on == lab.OnPCA || on == lab.OnVAE {
		return strings.ToUpper(on)
	}
	return on
}

// holds says what the clusters of the chosen representation hold: each one's letter, commonest digit and its part in
// percent. Where room is short, the words go first, then the signs.
func (m *Model) holds(width int, t theme.Theme) string {
	c := m.rows[m.at].clusters
	if c == nil {
		return t.Style(t.Muted).Render("none; enter makes " + strconv.Itoa(m.settings.K))
	}
	var parts []string
	for i, h := range c.Holds {
		parts = append(parts, fmt.Sprintf("%c:%d %.0f%%", 'a'+i, h.Digit, 100*h.Part))
	}
	text, most := strings.Join(parts, " "), "are mostly "
	if ansi.StringWidth(most+text) > width {
		most = ""
	}
	if ansi.StringWidth(text) > width {
		text = strings.ReplaceAll(text, "%", "")
	}
	return t.Style(t.Muted).Render(most) + t.Style(t.Text).Render(text)
}

// bottom says what happens, what the last key did or the question, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.Task()}
	bar := func(p lab.Progress) string {
		return fmt.Sprintf("%s  %s %3.0f%%", p.Doing, ansi.Strip(widget.Progress(p.Fraction, 12, t)), 100*p.Fraction)
	}
	switch {
	case m.notice.Tone == board.Warning:
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r starts over", board.Warning
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.paused:
		b.Text, b.Tone = "paused: "+m.progress.Doing+"; space goes on", board.Bright
	case m.clustering != nil && m.clustered.Doing != "":
		b.Text = bar(m.clustered)
	case !m.made && m.progress.Doing != "":
		b.Text = bar(m.progress)
	case !m.made:
		b.Text = "opening the backend and MNIST …"
	}
	return b.Lines(width, t)
}
