package server

import "testing"

// TestNamesThatLookAlikeAreToldApart joins one learner after the other by names that a teacher cannot tell apart, and looks
// at what the last one is called.
func TestNamesThatLookAlikeAreToldApart(t *testing.T) {
	for what, test := range map[string]struct{ first, second, want string }{
		"the same":              {"Ann", "Ann", "Ann 2"},
		"case":                  {"Ann", "aNN", "aNN 2"},
		"sharp s":               {"Strauß", "STRAUSS", "STRAUSS 2"},
		"variation selector":    {"Ann", "Ann\ufe0f", "Ann 2"},
		"another one":           {"Ann", "A\U000e0101nn", "Ann 2"},
		"zero width":            {"Ann", "A\u200bn\u200dn", "Ann 2"},
		"soft hyphen":           {"Ann", "An\u00adn", "Ann 2"},
		"Hangul filler":         {"Ann", "Ann\u3164", "Ann 2"},
		"grapheme joiner":       {"Ann", "An\u034fn", "Ann 2"},
		"tag":                   {"Ann", "Ann\U000e0041", "Ann 2"},
		"composed":              {"Zoë", "Zoe\u0308", "Zoe\u0308 2"},
		"full width":            {"Ann", "Ａｎｎ", "Ａｎｎ 2"},
		"space without a break": {"Ann Lee", "Ann\u00a0Lee", "Ann Lee 2"},
		"braille without dots":  {"Ann Lee", "Ann\u2800Lee", "Ann Lee 2"},
		"another person":        {"Ann", "Anna", "Anna"},
		"letters of one's own":  {"Иван", "иванка", "иванка"},
		"the number of another": {"ann 2", "Ann 2", "Ann 2 2"},
		"a name of full length": {"abcdefghijklmnopqrstuvwx", "ABCDEFGHIJKLMNOPQRSTUVWX", "ABCDEFGHIJKLMNOPQRSTUV 2"},
		"one that is cut":       {"abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuv 2"},
	} {
		r, err := openRoster(t.TempDir()+"/learners.json", unlogged())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.join("first", cleanName(test.first)); err != nil {
			t.Fatal(err)
		}
		if l, err := r.join("second", cleanName(test.second)); err != nil || l.Name != test.want {
			t.Errorf("%s: %q after %q is called %q, %v, want %q", what, test.second, test.first, l.Name, err, test.want)
		}
	}
}

func TestANameIsSeen(t *testing.T) {
	for _, text := range []string{"\u2800", "\u3164\uffa0", "\u115f\u1160", "\ufe0f", "\u034f", "\u180b", "\U000e0100"} {
		if name := cleanName(text); name != "" {
			t.Errorf("%+q is the name %+q", text, name)
		}
	}
}
