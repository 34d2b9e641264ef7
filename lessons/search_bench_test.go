package lessons

import "testing"

// BenchmarkSearch shows what a key costs that changes a search, and what opening the search costs.
func BenchmarkSearch(b *testing.B) {
	all, err := Embedded(embeddedLabs(b))
	if err != nil {
		b.Fatal(err)
	}
	terms, err := EmbeddedGlossary()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			NewIndex(all, terms)
		}
	})
	ix := NewIndex(all, terms)
	for _, query := range []string{"a", "reconstruction error", "the mean of the squared error in a picture"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				ix.Search(query)
			}
		})
	}
	b.Run("terms of a page", func(b *testing.B) {
		for b.Loop() {
			ix.Terms(Place{2, 5})
		}
	})
}
