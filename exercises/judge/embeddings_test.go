package judge

import (
	"testing"

	"github.com/aetutor/aetutor/exercises/wire"
)

func TestPairsAreCounted(t *testing.T) {
	want := [][]string{{"said", "she"}, {"said", "she"}, {"she", "said"}}
	for _, c := range []struct {
		got     [][]string
		problem string
	}{
		{want, ""},
		{want[:2], `the pair of "she" and "said" is missing`},
		{want[1:], `the count of the pair of "said" and "she" is 1, expected 2`},
		{append(want[:3:3], []string{"a", "b"}), `the pair of "a" and "b" should not be there`},
		{nil, `the pair of "said" and "she" is missing`},
	} {
		if got := pairsProblem(wire.Matrix(want), wire.Matrix(c.got)); got != c.problem {
			t.Errorf("of %v: got %q, want %q", c.got, got, c.problem)
		}
	}
}
