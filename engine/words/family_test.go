package words

import "testing"

func TestFamiliesBeginWithTheWorkshop(t *testing.T) {
	want := map[string][2]string{
		"gender":      {"king − man + woman", "queen"},
		"tense":       {"biking − today + yesterday", "biked"},
		"capital":     {"Poland − France + Paris", "Warsaw"}, // the same sum as Paris − France + Poland
		"remainder":   {"library − books", "hall"},
		"comparative": {"small − big + bigger", "smaller"},
		"plural":      {"dog − cat + cats", "dogs"},
	}
	families := Families()
	if len(families) != len(want) {
		t.Errorf("%d families, want %d", len(families), len(want))
	}
	for _, family := range families {
		first := family.Questions[0]
		if got := [2]string{first.Expression.String(), first.Answer}; got != want[family.Name] {
			t.Errorf("%s begins with %q, want %q", family.Name, got, want[family.Name])
		}
	}
}

// TestFamiliesAskEveryPairOfPairs: n pairs make n(n−1) questions in each of two directions.
func TestFamiliesAskEveryPairOfPairs(t *testing.T) {
	for i, r := range relations() {
		n := len(r.pairs)
		questions := map[string]bool{}
		for _, q := range Families()[i].Questions {
			questions[q.Expression.String()+q.Answer] = true
		}
		if len(questions) != 2*n*(n-1) {
			t.Errorf("%s has %d different questions, want %d", r.name, len(questions), 2*n*(n-1))
		}
	}
}

func TestFamiliesUseWordsOfTheCorpus(t *testing.T) {
	c := generate(t, 1)
	for _, family := range Families() {
		for _, q := range family.Questions {
			if _, err := c.Count(q.Answer); err != nil {
				t.Error(err)
			}
			for _, term := range q.Expression {
				if _, err := c.Count(term.Word); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
