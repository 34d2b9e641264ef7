package widget

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestHistogramKeepsItsSize(t *testing.T) {
	histograms := map[string]Histogram{
		"none":     {},
		"empty":    {Groups: []HistogramGroup{{Name: "a"}}, Hi: 1},
		"zero":     {Groups: []HistogramGroup{{Name: "a", Counts: []int{0, 0}}}, Hi: 1, Line: math.NaN()},
		"two":      {Groups: []HistogramGroup{{"normal", []int{1, 5, 3}, muted}, {"anomaly", []int{0, 2, 900}, muted}}, Hi: 3, Line: 1.5, Unit: "error", Root: true},
		"no range": {Groups: []HistogramGroup{{"normal", []int{7}, muted}}, Lo: 2, Hi: 2, Line: 2},
		"outside":  {Groups: []HistogramGroup{{"normal", []int{7, 1}, muted}}, Lo: 0, Hi: 1, Line: 9},
	}
	for name, h := range histograms {
		for themeName, th := range themes() {
			for _, size := range [][2]int{{0, 3}, {3, 0}, {1, 1}, {2, 7}, {9, 3}, {53, 12}, {170, 50}} {
				t.Run(fmt.Sprint(name, themeName, size), func(t *testing.T) {
					frame := th.Terminal(h.Render(size[0], size[1], th))
					checkSize(t, frame, size[0], max(size[1], 1))
					if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
						t.Errorf("more than ASCII in %q", frame)
					}
				})
			}
		}
	}
}

func TestHistogramDrawsCounts(t *testing.T) {
	h := Histogram{
		Groups: []HistogramGroup{{"normal", []int{8, 4, 1, 0}, muted}, {"anomaly", []int{0, 0, 4, 8}, muted}},
		Hi:     4, Line: math.NaN(), Unit: "error",
	}
	got := ansi.Strip(h.Render(4, 4, plain()))
	want := "█  ▒\n██▒▒"
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	h.Line = 2.5
	got = ansi.Strip(h.Render(4, 4, plain()))
	if want := "█ ┃▒\n██┃▒"; !strings.HasPrefix(got, want) {
		t.Errorf("with a threshold got\n%s\nwant\n%s", got, want)
	}
}

func TestHistogramShowsTheLowerBarInFront(t *testing.T) {
	h := Histogram{Groups: []HistogramGroup{{"normal", []int{4, 8}, muted}, {"anomaly", []int{8, 4}, muted}}, Hi: 2, Line: math.NaN()}
	if got, want := ansi.Strip(h.Render(2, 4, plain())), "▒█\n█▒"; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHistogramRootShowsTheFew(t *testing.T) {
	h := Histogram{Groups: []HistogramGroup{{"normal", []int{10000, 100}, muted}}, Hi: 2, Line: math.NaN(), Root: true}
	// √100 is a tenth of √10000: two of twenty rows.
	lines := strings.Split(ansi.Strip(h.Render(2, 22, plain())), "\n")
	tall := 0
	for _, line := range lines[:20] {
		if len([]rune(line)) == 2 {
			tall++
		}
	}
	if tall != 2 {
		t.Errorf("the bar of 100 is %d rows high, want 2:\n%s", tall, strings.Join(lines, "\n"))
	}
}

func TestHistogramNamesItsGroups(t *testing.T) {
	h := Histogram{Groups: []HistogramGroup{{"normal 1,200", []int{8, 4}, muted}, {"anomaly 1", []int{1}, muted}}, Hi: 2, Line: math.NaN()}
	if got := ansi.Strip(h.Render(40, 6, plain())); !strings.Contains(got, "■ normal 1,200   ▒ anomaly 1") {
		t.Errorf("the groups are not named:\n%s", got)
	}
}
