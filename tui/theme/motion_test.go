package theme

import "testing"

func TestReducedMotion(t *testing.T) {
	for value, want := range map[string]bool{"": false, "0": false, "false": false, "no": false, "off": false, "1": true, "yes": true, "please": true} {
		if got := ReducedMotion(value); got != want {
			t.Errorf("ReducedMotion(%q) = %v, want %v", value, got, want)
		}
	}
}
