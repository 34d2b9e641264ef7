package tui_test

import (
	"testing"

	"github.com/aetutor/aetutor/tui"
)

func TestTitleLosesWholeParts(t *testing.T) {
	const title = " aetutor  train  784–16–784  25,888 parameters   go, simd, 2 cores"
	for _, c := range []struct {
		width int
		want  string
	}{
		{80, title},
		{66, title},
		{65, " aetutor  train  784–16–784  25,888 parameters"},
		{30, " aetutor  train  784–16–784"},
		{20, " aetutor  train"},
		{10, " aetutor  train"}, // What is left is cut, as a title without parts is.
	} {
		if got := tui.Shortened(title, c.width); got != c.want {
			t.Errorf("in %d cells the title is %q, want %q", c.width, got, c.want)
		}
	}
}
