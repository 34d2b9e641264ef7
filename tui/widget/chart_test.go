package widget

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func themes() map[string]theme.Theme {
	return map[string]theme.Theme{
		"dark":        theme.New(theme.Dark, colorprofile.TrueColor, true),
		"light":       theme.New(theme.Light, colorprofile.TrueColor, true),
		"no colour":   theme.New(theme.Dark, colorprofile.ASCII, true),
		"ascii":       theme.New(theme.Dark, colorprofile.ASCII, false),
		"ascii light": theme.New(theme.Light, colorprofile.TrueColor, false),
	}
}

// plain is a theme whose output has no escape sequences.
func plain() theme.Theme { return theme.New(theme.Dark, colorprofile.ASCII, true) }

// muted is a style that a theme without colours prints plain.
var muted = plain().Muted

func points(values ...float64) []Point {
	out := make([]Point, len(values))
	for i, v := range values {
		out[i] = Point{float64(i), v}
	}
	return out
}

// nasty are inputs that broke charts elsewhere.
func nasty() map[string]Chart {
	inf, nan, huge, tiny := math.Inf(1), math.NaN(), math.MaxFloat64, math.SmallestNonzeroFloat64
	long := make([]Point, 5000)
	for i := range long {
		long[i] = Point{float64(i) / 500, 0.2/float64(i+1) + 0.02 + 0.003*math.Sin(float64(i))}
	}
	one := func(p ...Point) []Series { return []Series{{Name: "train", Points: p, Color: muted}} }
	return map[string]Chart{
		"none":           {Empty: "nothing to see yet, and a text that is far too long for it"},
		"no points":      {Series: one()},
		"one point":      {Series: one(points(0.5)...)},
		"zero":           {Series: one(points(0, 0, 0)...)},
		"constant":       {Series: one(points(3, 3, 3, 3)...)},
		"all NaN":        {Series: one(points(nan, nan)...)},
		"some NaN":       {Series: one(points(nan, 1, nan, 2, 3, nan)...)},
		"Inf":            {Series: one(points(inf, 1, -inf, 2, inf)...)},
		"bad x":          {Series: one(Point{nan, 1}, Point{inf, 2}, Point{-inf, 3}, Point{1, 4})},
		"huge":           {Series: one(points(-huge, huge, -huge, 0)...)},
		"huge constant":  {Series: one(points(huge, huge)...)},
		"huge x":         {Series: one(Point{-huge, 1}, Point{huge, 2})},
		"same huge x":    {Series: one(Point{huge, 1}, Point{huge, 2})},
		"tiny":           {Series: one(points(tiny, 0, tiny)...)},
		"negative":       {Series: one(points(-1, -2, -1.5)...)},
		"log of nothing": {Series: one(points(0, -1, -2)...), Log: true},
		"log tiny":       {Series: one(points(tiny, 1, huge)...), Log: true},
		"log zero":       {Series: one(points(1, 0, 0.1)...), Log: true},
		"outside x":      {Series: one(points(1, 2, 3, 4, 5)...), XMin: 2, XMax: 3},
		"x reversed":     {Series: one(Point{3, 1}, Point{1, 2}), XMin: 5, XMax: 1},
		"infinite range": {Series: one(points(1, 2)...), XMax: inf},
		"long and short": {Series: []Series{
			{Name: "last run", Points: points(1, 2, 3), Mark: Dotted, Color: muted},
			{Name: "train", Points: long, Color: muted},
			{Name: "validation", Points: points(0.5, 0.25), Mark: Dots, Color: muted},
		}, XMax: 10, XUnit: "epoch", Log: true, Settle: 0.05},
		"settles never": {Series: one(points(3, 2, 1)...), Settle: 7},
		"settle NaN":    {Series: one(points(3, 2, 1)...), Settle: nan},
	}
}

func checkSize(t *testing.T, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Errorf("%d lines, want %d", len(lines), height)
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got > width {
			t.Errorf("line %d has %d cells, more than %d: %q", i, got, width, ansi.Strip(line))
		}
	}
}

func TestChartKeepsItsSize(t *testing.T) {
	for name, chart := range nasty() {
		for themeName, th := range themes() {
			for _, width := range []int{1, 2, 3, 7, 8, 9, 12, 20, 31, 54, 80, 170} {
				for _, height := range []int{1, 2, 3, 4, 5, 6, 9, 22, 60} {
					t.Run(fmt.Sprintf("%s/%s/%dx%d", name, themeName, width, height), func(t *testing.T) {
						frame := chart.Render(width, height, th)
						checkSize(t, frame, width, height)
						if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
							t.Errorf("more than ASCII in %q", frame)
						}
						if strings.Contains(ansi.Strip(frame), "NaN") || strings.Contains(ansi.Strip(frame), "Inf") {
							t.Errorf("a label is no number:\n%s", ansi.Strip(frame))
						}
					})
				}
			}
		}
	}
}

func TestChartDrawsALine(t *testing.T) {
	got := Chart{Series: []Series{
		{Name: "up", Points: points(0, 1, 2, 3, 4), Color: muted},
		{Name: "level", Points: []Point{{2, 4}, {3, 4}}, Mark: Dots, Color: muted},
	}, XMax: 20, XUnit: "epoch"}.Render(28, 7, plain())
	want := strings.TrimPrefix(`
 4.0 ┤  ••─
 3.0 ┤  ╭╯
 2.0 ┤ ╭╯
 1.0 ┤╭╯
 0.0 ┤╯
      0    5     10 epoch
      ─ up   • level`, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// rowOf is the row of the first line that holds glyph in the column, -1 for none.
func rowOf(frame string, column int, glyphs string) int {
	for y, line := range strings.Split(frame, "\n") {
		runes := []rune(line)
		if column < len(runes) && strings.ContainsRune(glyphs, runes[column]) {
			return y
		}
	}
	return -1
}

func TestChartShowsASpike(t *testing.T) {
	for _, at := range []int{1200, 2345, 4999} {
		curve := make([]Point, 5000)
		for i := range curve {
			curve[i] = Point{float64(i), 0.02 + 0.002*math.Sin(float64(i)*1.7)}
		}
		curve[at].Y = 0.1
		chart := Chart{Series: []Series{{Points: curve, Color: muted}}}
		frame := chart.Render(60, 12, plain())
		// The spike is five times the curve, so it alone reaches the top row and the label says its height.
		top := strings.SplitN(frame, "\n", 2)[0]
		if !strings.HasPrefix(top, " 0.100 ┤") || strings.TrimSpace(strings.TrimPrefix(top, " 0.100 ┤")) == "" {
			t.Errorf("a spike at step %d is not at the top:\n%s", at, frame)
		}
	}
}

func TestThinIsTheMeanOfNoise(t *testing.T) {
	// Alternating 1 and 3, a hundred points a column: no point stands out, so each column is the mean.
	curve := make([]Point, 3200)
	for i := range curve {
		curve[i] = Point{float64(i), float64(1 + i%2*2)}
	}
	for c, v := range thin(curve, 0, 3200, 32) {
		if math.Abs(v-2) > 1e-9 {
			t.Errorf("column %d is %v, want 2", c, v)
		}
	}
}

func TestThinStartsWithTheMean(t *testing.T) {
	// A loss that falls steeply in its first steps has no spike there: 1 + 9 × 0.1 over ten points is 0.19.
	curve := points(slices.Repeat([]float64{0.1}, 100)...)
	curve[0].Y = 1
	if got := thin(curve, 0, 100, 10)[0]; math.Abs(got-0.19) > 1e-9 {
		t.Errorf("the first column is %v, want 0.19", got)
	}
}

func TestChartLogScale(t *testing.T) {
	frame := Chart{Series: []Series{{Points: points(1, 0.1, 0.01), Color: muted}}, Log: true}.Render(40, 7, plain())
	// Equal factors are equal distances: 0.1 lies in the middle row of five.
	lines := strings.Split(frame, "\n")
	for row, label := range map[int]string{0: "   1 ┤", 2: " 0.1 ┤", 4: "0.01 ┤"} {
		if !strings.Contains(lines[row], label) {
			t.Errorf("row %d has no label %s:\n%s", row, label, frame)
		}
	}
	first, last := rowOf(frame, 8, "─╮╭╯╰"), rowOf(frame, 39, "─")
	if first != 0 || last != 4 {
		t.Errorf("the curve goes from row %d to row %d, want 0 to 4:\n%s", first, last, frame)
	}
}

func TestChartSettles(t *testing.T) {
	curve := points(10, 9, 8, 3, 2, 1)
	chart := Chart{Series: []Series{{Points: curve, Color: muted}}, XMax: 20, Settle: 0.125}
	frame := chart.Render(30, 5, plain())
	if !strings.HasPrefix(frame, " 3.00 ┤──") {
		t.Errorf("the first three values stretch the axis, or are not at its edge:\n%s", frame)
	}
	chart.Series[0].Points = curve[:3]
	if frame = chart.Render(30, 5, plain()); !strings.HasPrefix(frame, " 10.00 ┤") {
		t.Errorf("before any later value the first ones make the axis:\n%s", frame)
	}
}

func TestChartSharesOneXRange(t *testing.T) {
	// Two series of different lengths at x = 5 are in one column.
	frame := Chart{Series: []Series{
		{Points: []Point{{0, 1}, {5, 2}, {10, 1}}, Mark: Dots, Color: muted},
		{Points: []Point{{5, 3}}, Mark: Dots, Color: muted},
	}}.Render(28, 7, plain())
	column := func(line string) int { return strings.IndexRune(line, '•') }
	lines := strings.Split(frame, "\n")
	if a, b := column(lines[0]), column(lines[2]); a < 0 || a != b {
		t.Errorf("points at one x are in columns %d and %d:\n%s", a, b, frame)
	}
}

func TestChartSeriesDifferWithoutColour(t *testing.T) {
	for _, unicode := range []bool{true, false} {
		seen := map[string]Mark{}
		for _, mark := range []Mark{Line, Dotted, Dots, Crosses} {
			glyph := glyphs(mark, unicode).Horizontal
			if other, ok := seen[glyph]; ok {
				t.Errorf("unicode=%v: marks %d and %d are both drawn with %q", unicode, mark, other, glyph)
			}
			seen[glyph] = mark
		}
	}
}

func FuzzChart(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 0.0, 1.0, 20, 5, true)
	f.Add(math.Inf(1), math.NaN(), math.Copysign(0, -1), 1e308, -1e308, 9, 1, false)
	f.Fuzz(func(t *testing.T, a, b, c, x, y float64, width, height int, log bool) {
		width, height = 1+((width%200)+200)%200, 1+((height%70)+70)%70
		chart := Chart{Series: []Series{
			{Name: "a", Points: []Point{{x, a}, {y, b}, {x + y, c}}, Color: muted},
			{Name: "b", Points: points(a, b, c), Mark: Dots, Color: muted},
		}, XMin: x, XMax: y, XUnit: "epoch", Log: log}
		checkSize(t, chart.Render(width, height, plain()), width, height)
	})
}

func BenchmarkChart(b *testing.B) {
	curve := make([]Point, 50000)
	for i := range curve {
		curve[i] = Point{float64(i), 1 / float64(i+1)}
	}
	chart := Chart{Series: []Series{{Points: curve, Color: muted}}, Log: true}
	th := theme.New(theme.Dark, colorprofile.TrueColor, true)
	for b.Loop() {
		chart.Render(170, 30, th)
	}
}

func TestChartLabelsCases(t *testing.T) {
	c := Chart{Series: []Series{{Points: points(3, 2, 1)}}, XMax: 2, XLabels: []string{"2", "16", "64"}}
	lines := strings.Split(ansi.Strip(c.Render(40, 8, plain())), "\n")
	axis := lines[6]
	if got := strings.Fields(axis); len(got) != 3 || got[0] != "2" || got[1] != "16" || got[2] != "64" {
		t.Errorf("the axis says %q", axis)
	}
	if !strings.HasSuffix(axis, "64") || len(axis) != 40 {
		t.Errorf("the last case is not at the edge: %q", axis)
	}
	c.XLabels = []string{"a long label", "another long label", "the last label"}
	for _, width := range []int{1, 5, 12, 30} {
		checkSize(t, c.Render(width, 8, plain()), width, 8)
	}
}
