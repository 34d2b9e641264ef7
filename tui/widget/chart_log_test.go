package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func TestLogarithmicXAxis(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	c := Chart{
		XLog: true, XMin: 1, XMax: 100,
		Series: []Series{{Points: []Point{{-1, 9}, {0, 9}, {1, 0}, {10, 1}, {100, 2}}, Mark: Dots}},
		Rules:  []Rule{{X: 10}, {X: 1000}},
	}
	lines := strings.Split(ansi.Strip(c.Render(49, 5, th)), "\n")
	axis := []rune(lines[4])
	place := func(label string) int { return strings.Index(string(axis), label) }
	left := strings.IndexRune(lines[0], '┤')
	first := len([]rune(lines[0][:left])) + 1
	columns := 49 - first
	for label, part := range map[string]float64{"1 ": 0, "10 ": 0.5, "2 ": 0.30103 / 2, "50": 1.69897 / 2} {
		if got, want := place(label), first+int(part*float64(columns)); got != want {
			t.Errorf("%q stands in column %d, want %d: %s", label, got, want, string(axis))
		}
	}
	// The points of 0 and below are left out, so 2 is at the top; the rule of 10 lies under the point in the middle.
	middle := first + columns/2
	for y, want := range []rune{'┊', '•', '┊', '┊'} {
		if y == 1 {
			continue // The rows of an even plot have no middle; the point lies in one of both.
		}
		if row := []rune(lines[y]); len(row) <= middle || row[middle] != want {
			t.Errorf("row %d has no %q in the middle: %q", y, want, lines[y])
		}
	}
	if top := []rune(lines[0]); top[len(top)-1] != '•' {
		t.Errorf("the last point is not at the top right: %q", lines[0])
	}
}

func TestRulesOfABareChart(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, false)
	c := Chart{XMin: 0, XMax: 1, Rules: []Rule{{X: 0.5, Bold: true}, {X: 0}}, Empty: "no point yet"}
	for _, size := range [][2]int{{1, 1}, {3, 2}, {30, 8}} {
		lines := strings.Split(c.Render(size[0], size[1], th), "\n")
		if len(lines) != size[1] {
			t.Errorf("%v: %d lines", size, len(lines))
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > size[0] {
				t.Errorf("%v: too wide: %q", size, line)
			}
		}
	}
	if drawn := c.Render(30, 8, th); !strings.Contains(drawn, ":") || strings.Count(drawn, "|") < 10 {
		t.Errorf("the rules are missing:\n%s", drawn)
	}
}
