package tui

import (
	"testing"

	"github.com/aetutor/aetutor/progress"
)

func TestBestIsNamedShortly(t *testing.T) {
	for want, best := range map[string]progress.Best{
		"best validation error 0.0179": {Figure: "validation error with 16 latent units or fewer", Value: 0.0179},
		"best PSNR gain 4.40 dB":       {Figure: "PSNR gain in dB", Value: 4.4},
		"best different digits 8":      {Figure: "different digits found", Value: 8},
		"best reconstruction + KL 135 nats": {
			Figure: "reconstruction + KL of held-out digits in nats", Value: 135.2,
		},
		"best of 3": {Figure: "of", Value: 3},
	} {
		if got := bestText(best); got != want {
			t.Errorf("the best %q is written %q, want %q", best.Figure, got, want)
		}
	}
}
