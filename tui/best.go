package tui

import (
	"slices"
	"strings"

	"github.com/aetutor/aetutor/progress"
)

// bestText is the learner's best figure of a lab for the corner of the title: "best PSNR gain 4.40 dB".
func bestText(best progress.Best) string {
	return strings.TrimSuffix("best "+shortName(best.Figure)+" "+best.Number()+" "+best.Unit(), " ")
}

// shortName is a figure's name up to what it says more closely, which the lab's task says too: "validation error" of
// "validation error with 16 latent units or fewer".
func shortName(figure string) string {
	words := strings.Fields(figure)
	closer := []string{"against", "at", "between", "found", "in", "of", "on", "that", "with"}
	if end := slices.IndexFunc(words, func(w string) bool { return slices.Contains(closer, w) }); end > 0 {
		words = words[:end]
	}
	return strings.Join(words, " ")
}
