package widget

import (
	"strings"
	"testing"
)

func TestLegendCutsTheLongestName(t *testing.T) {
	names := func(width int, names ...string) string {
		c := Chart{XMax: 1}
		for _, name := range names {
			c.Series = append(c.Series, Series{Name: name, Points: points(1, 2), Color: muted})
		}
		lines := strings.Split(c.Render(width, 8, plain()), "\n")
		return strings.TrimSpace(lines[len(lines)-1])
	}
	for _, c := range []struct {
		width int
		names []string
		want  string
	}{
		{60, []string{"last run (lr 0.001)", "train", "validation"}, "─ last run (lr 0.001)   ─ train   ─ validation"},
		{47, []string{"last run (lr 0.001)", "train", "validation"}, "─ last run (lr 0.001)   ─ train   ─ validation"},
		{41, []string{"last run (lr 0.001)", "train", "validation"}, "─ last run (lr…   ─ train   ─ validation"},
		{30, []string{"", "train", "validation"}, "─ train   ─ validation"},
		{23, []string{"train", "validation"}, "─ train   ─ validation"},
		{18, []string{"train", "valid", "last"}, "─ train   ─ valid"},
	} {
		if got := names(c.width, c.names...); got != c.want {
			t.Errorf("in %d cells %q is %q, want %q", c.width, c.names, got, c.want)
		}
	}
}
