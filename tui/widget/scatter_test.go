package widget

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestScatterKeepsItsSize(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	scatters := map[string]Scatter{
		"none":   {},
		"empty":  {Groups: []ScatterGroup{{Name: "a"}}},
		"one":    {Groups: []ScatterGroup{{Mark: '0', Color: muted, Points: []Point{{3, 3}}}}},
		"bad":    {Groups: []ScatterGroup{{Mark: '0', Points: []Point{{nan, 1}, {1, inf}, {-inf, nan}}}}},
		"huge":   {Groups: []ScatterGroup{{Mark: '1', Points: []Point{{-math.MaxFloat64, 1}, {math.MaxFloat64, 2}}}}},
		"marked": {Groups: []ScatterGroup{{Points: points(1, 2, 3)}}, Marks: []ScatterMark{{Point{9, 9}, '◆', muted}, {Point{nan, 1}, '◆', nil}}},
		"corner": {Groups: []ScatterGroup{{Points: points(1, 2, 3)}}, Lo: Point{1, 1}, Hi: Point{2, 2}},
	}
	for name, s := range scatters {
		for themeName, th := range themes() {
			for _, size := range [][2]int{{0, 3}, {3, 0}, {1, 1}, {2, 7}, {53, 19}, {170, 50}} {
				t.Run(fmt.Sprint(name, themeName, size), func(t *testing.T) {
					frame := th.Terminal(s.Render(size[0], size[1], th))
					checkSize(t, frame, size[0], max(size[1], 1))
					if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
						t.Errorf("more than ASCII in %q", frame)
					}
				})
			}
		}
	}
}

func TestScatterPlacesDots(t *testing.T) {
	// A cell is 2 dots wide and 4 high. In braille dot 1 is its upper left and dot 8 its lower right corner.
	for p, want := range map[Point]string{{0, 7}: "⠁ \n  ", {1, 4}: "⢀ \n  ", {3, 0}: "  \n ⢀", {2, 3}: "  \n ⠁"} {
		s := Scatter{Groups: []ScatterGroup{{Points: []Point{p}}}, Lo: Point{0, 0}, Hi: Point{3.999, 7.999}}
		want = strings.ReplaceAll(want, " \n", "\n")
		got := ansi.Strip(s.Render(2, 2, plain()))
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("a point at %v is drawn as %q, want %q", p, got, want)
		}
	}
}

func TestScatterGroupsStayApartWithoutColour(t *testing.T) {
	var a, b []Point
	for i := range 40 {
		for j := range 40 {
			a, b = append(a, Point{float64(i), float64(j)}), append(b, Point{float64(i + 60), float64(j)})
		}
	}
	s := Scatter{Groups: []ScatterGroup{{Mark: '0', Points: a}, {Mark: '7', Points: b}}}
	for _, theme := range []string{"no colour", "ascii"} {
		for _, line := range strings.Split(ansi.Strip(s.Render(50, 12, themes()[theme])), "\n") {
			half := len([]rune(line)) / 2
			left, right := string([]rune(line)[:half]), string([]rune(line)[half:])
			if !strings.Contains(left, "0") || strings.Contains(left, "7") || !strings.Contains(right, "7") || strings.Contains(right, "0") {
				t.Errorf("%s: the groups are not marked in %q", theme, line)
			}
		}
	}
}

func TestScatterMarkLiesOverItsPoint(t *testing.T) {
	s := Scatter{Groups: []ScatterGroup{{Points: []Point{{0, 0}, {10, 10}}}}, Marks: []ScatterMark{{At: Point{10, 10}, Sign: '◆'}}}
	if got := ansi.Strip(s.Render(10, 4, plain())); !strings.HasSuffix(strings.SplitN(got, "\n", 2)[0], "         ◆") {
		t.Errorf("the mark is not in the upper right corner:\n%s", got)
	}
}
