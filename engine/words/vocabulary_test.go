package words

import (
	"errors"
	"slices"
	"testing"
)

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"king", "king", 0}, {"kitten", "sitting", 3}, {"Saturday", "Sunday", 3},
		{"flaw", "lawn", 2}, {"intention", "execution", 5}, {"naïve", "naive", 1},
	} {
		if got := editDistance([]rune(test.a), []rune(test.b)); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if got := editDistance([]rune(test.b), []rune(test.a)); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestFindTakesAnyCapitals(t *testing.T) {
	v := newVocabulary([]string{"king", "Paris"})
	for word, want := range map[string]int{"king": 0, "King": 0, "PARIS": 1, "paris": 1} {
		if got, err := v.find(word); got != want || err != nil {
			t.Errorf("find(%s) = %d, %v; want %d", word, got, err, want)
		}
	}
}

func TestUnknownWordSuggestsTheClosest(t *testing.T) {
	v := newVocabulary([]string{"the", "queen", "queens", "green", "Warsaw", "seven"})
	tests := map[string]struct {
		closest []string
		message string
	}{
		// One edit, two, then two again in the order of the vocabulary.
		"qween":  {[]string{"queen", "queens", "green"}, `"qween" is not one of the 6 known words; spelled like it: queen, queens, green`},
		"warsow": {[]string{"Warsaw"}, `"warsow" is not one of the 6 known words; spelled like it: Warsaw`},
		"xyz":    {nil, `"xyz" is not one of the 6 known words, and none is spelled like it`},
		"":       {nil, `"" is not one of the 6 known words, and none is spelled like it`},
	}
	for word, test := range tests {
		_, err := v.find(word)
		var unknown *UnknownWordError
		if !errors.As(err, &unknown) {
			t.Fatalf("find(%q) = %v", word, err)
		}
		if unknown.Word != word || !slices.Equal(unknown.Closest, test.closest) || err.Error() != test.message {
			t.Errorf("find(%q) suggests %q and says %s, want %q and %s", word, unknown.Closest, err, test.closest, test.message)
		}
	}
}
