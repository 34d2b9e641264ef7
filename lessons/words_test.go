package lessons

import (
	"slices"
	"testing"
)

func TestWordsFold(t *testing.T) {
	for text, want := range map[string][]string{
		"":                          nil,
		"  -- ":                     nil,
		"The Loss.":                 {"the", "loss"},
		"self-supervised N(0, 1)":   {"self", "supervised", "n", "0", "1"},
		"Schrödinger’s naïve ÉTÉ":   {"schrodinger", "s", "naive", "ete"},
		"e\u0301te\u0301 \u0301x":   {"ete", "x"},
		"x₁ σ² ｘ＋ｙ ﬁlter":           {"x1", "σ2", "x", "y", "filter"},
		"潜在空間 z":                    {"潜在空間", "z"},
		"broken \xff\xfe\U0001f469": {"broken"},
	} {
		if got := folded(text); !slices.Equal(got, want) {
			t.Errorf("the words of %q are %q, want %q", text, got, want)
		}
	}
	const text = "A naïve β-VAE"
	for i, want := range []string{"A", "naïve", "β", "VAE"} {
		if w := Words(text)[i]; text[w.From:w.To] != want {
			t.Errorf("word %d stands at %q, want %q", i, text[w.From:w.To], want)
		}
	}
}
