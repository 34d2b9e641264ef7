package server

import (
	"slices"
	"testing"
)

func TestAllowedEnvironment(t *testing.T) {
	got := allowed([]string{"PATH=/bin", "AETUTOR_REDUCED_MOTION=1", "NO_COLOR=1\x1b", "NO_COLOR=2", "LANG=C.UTF-8", "COLORFGBG=0;15"})
	if want := []string{"COLORFGBG=0;15", "LANG=C.UTF-8", "NO_COLOR=1", "AETUTOR_REDUCED_MOTION=1"}; !slices.Equal(got, want) {
		t.Errorf("of a client's environment %q counts, want %q", got, want)
	}
}
