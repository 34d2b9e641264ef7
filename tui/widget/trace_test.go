package widget

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func TestTraceDrawsItsDots(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	for name, c := range map[string]struct {
		trace         Trace
		columns, rows int
		want          string
	}{
		"flat at the bottom": {Trace{Values: []float32{0, 0, 0, 0}, High: 1}, 2, 1, "⣀⣀"},
		"flat at the top":    {Trace{Values: []float32{2, 2, 2, 2}, High: 1}, 2, 1, "⠉⠉"},
		// Each column reaches to the next one's value.
		"a step": {Trace{Values: []float32{0, 0, 1, 1}, High: 1}, 2, 1, "⣸⠉"},
		// One value a cell joins the neighbour's by a stroke.
		"up":         {Trace{Values: []float32{0, 1}, High: 1}, 1, 2, "⡏\n⡇"},
		"no number":  {Trace{Values: []float32{float32(math.NaN()), 0, 0, 0}, High: 1}, 2, 1, "⣀⣀"},
		"no values":  {Trace{High: 1}, 2, 1, "  "},
		"no extent":  {Trace{Values: []float32{1, 1}}, 1, 1, "⠤"},
		"no room":    {Trace{Values: []float32{1, 1}, High: 1}, 0, 1, ""},
		"no lines":   {Trace{Values: []float32{1, 1}, High: 1}, 3, 0, ""},
		"below zero": {Trace{Values: []float32{-5, -5}, High: 1}, 1, 1, "⣀"},
	} {
		if got := strings.Join(c.trace.Render(c.columns, c.rows, th), "\n"); got != c.want {
			t.Errorf("%s: drew\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestTracesKeepTheirSize(t *testing.T) {
	values := make([]float32, 128)
	for i := range values {
		values[i] = float32(math.Sin(float64(i) / 5))
	}
	for _, unicode := range []bool{true, false} {
		th := theme.New(theme.Light, colorprofile.TrueColor, unicode)
		lines := Traces([]Trace{{Values: values, Low: -1, High: 1, Color: th.Accent}, {Values: values[:3], High: 1}}, 12, 6, 2, th)
		if len(lines) != 6 {
			t.Fatalf("%d lines, want 6", len(lines))
		}
		for _, line := range lines {
			line = th.Terminal(line)
			if got := ansi.StringWidth(line); got != 26 {
				t.Errorf("%d cells, want 26: %q", got, line)
			}
			if !unicode && strings.ContainsFunc(line, func(r rune) bool { return r > 127 }) {
				t.Errorf("more than ASCII: %q", line)
			}
		}
	}
}
