package train

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// fact is one line of numbers: a label, a number that stands right-aligned under the others, and its unit.
type fact struct {
	label, number, unit string
}

// Columns of a fact.
const (
	labelColumns  = 6
	numberColumns = 9
)

// facts are the numbers of the run and its progress bar, in lines of exactly width cells.
func (m *Model) facts(width int, t theme.Theme) []string {
	text, muted, accent := t.Style(t.Text), t.Style(t.Muted), t.Style(t.Accent)
	line := func(f fact, number, unit func(...string) string) string {
		body := muted.Render(pad(f.label, labelColumns)) + number(padLeft(f.number, numberColumns)) + unit(" "+f.unit)
		return ansi.Truncate(body, width, "")
	}
	lines := make([]string, 0, leastChart)
	for _, f := range m.counters() {
		lines = append(lines, line(f, text.Render, muted.Render))
	}
	// The losses are what changes: they are the brightest.
	bright := text.Bold(true)
	for _, curve := range []struct {
		label  string
		points []widget.Point
		most   int
	}{{"loss", m.now.train, trendSteps}, {"valid", m.now.validation, 1}} {
		arrow, style := "", accent
		switch trend(curve.points, curve.most) {
		case -1:
			arrow = "▼"
		case 1:
			arrow, style = "▲", t.Style(t.Warning)
		}
		lines = append(lines, line(fact{curve.label, loss(latest(curve.points)), arrow}, bright.Render, style.Render))
	}
	for _, f := range m.pace() {
		lines = append(lines, line(f, text.Render, muted.Render))
	}
	setting := func(changed bool, f fact) {
		style := text
		if changed {
			style = accent.Bold(true)
		}
		lines = append(lines, line(f, style.Render, muted.Render))
	}
	setting(m.changed == faster, fact{"lr", scientific(m.settings.LearningRate), " + −"})
	setting(m.changed == larger, fact{"batch", thousands(m.settings.BatchSize), " [ ]"})
	return append(lines, m.progress(width, t))
}

// counters say how far the run is.
func (m *Model) counters() []fact {
	step := m.now.step
	epochs := m.settings.Epochs
	if step.Epochs > 0 {
		epochs = step.Epochs
	}
	total := ""
	if m.prepared.Examples > 0 {
		left := (float64(epochs) - step.Progress) * float64(m.prepared.Examples) / float64(m.settings.BatchSize)
		total = "/ " + thousands(step.Step+int(math.Ceil(left-1e-6)))
	}
	return []fact{
		{"epoch", thousands(step.Epoch), "/ " + thousands(epochs)},
		{"step", thousands(step.Step), total},
	}
}

// pace says how fast the run goes and how long it will, or how long it took.
func (m *Model) pace() []fact {
	speed, left := fact{"speed", "-", "img/s"}, fact{"left", "-", "s"}
	step := m.now.step
	if step.Step > 0 {
		speed.number = thousands(int(math.Round(step.SamplesPerSecond)))
		left.number, left.unit = duration(step.Left)
	}
	if done := m.now.done; done != nil {
		speed.number = thousands(int(math.Round(done.SamplesPerSecond)))
		left.label = "took"
		left.number, left.unit = duration(seconds(done.Seconds))
	}
	return []fact{speed, left}
}

// progress is the bar of the whole run.
func (m *Model) progress(width int, t theme.Theme) string {
	fraction := 0.0
	if step := m.now.step; step.Epochs > 0 {
		fraction = step.Progress / float64(step.Epochs)
	}
	percent := strconv.Itoa(int(100*min(max(fraction, 0), 1))) + "%"
	return widget.Progress(fraction, width-5, t) + t.Style(t.Text).Render(padLeft(percent, 5))
}

func seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second))
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

func padLeft(s string, width int) string {
	return fmt.Sprintf("%*s", width, s)
}
