package judge

import (
	"math/rand/v2"
	"testing"

	"github.com/aetutor/aetutor/exercises/wire"
)

func TestNoDigitIsDrawnTwice(t *testing.T) {
	for seed := range uint64(200) {
		codes, _, err := smallCodes(rand.New(rand.NewPCG(seed, 0)), 60)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, code := range codes {
			text := valueText(wire.List(code))
			if seen[text] {
				t.Fatalf("seed %d draws %s twice", seed, text)
			}
			seen[text] = true
		}
	}
}
