package words

import "strings"

// Question is an analogy whose right answer the world settles: king − man + woman ≈ queen.
type Question struct {
	Expression Expression
	Answer     string
}

// Family is the questions about one relation.
type Family struct {
	Name      string
	Questions []Question
}

// Families are the questions about the world of Generate, by relation: gender, capital, tense, comparative, plural and
// remainder. The first question is the workshop's where it has one of the kind. A question pairs two pairs of a
// relation, as Mikolov et al. 2013a do; in the family remainder it takes a part from a whole. No sentence holds two
// words of a pair or of a remainder, so none states an answer; a corpus of at least some thousand sentences has all
// words.
func Families() []Family {
	var families []Family
	for _, r := range relations() {
		families = append(families, Family{r.name, r.questions()})
	}
	remainder := Family{Name: "remainder"}
	for _, b := range blends() {
		whole, part, rest := head(b.whole), head(b.part), head(b.rest)
		remainder.Questions = append(remainder.Questions,
			Question{Expression{{Word: whole}, {part, true}}, rest}, Question{Expression{{Word: whole}, {rest, true}}, part})
	}
	return append(families, remainder)
}

// questions ask, for any two pairs p and q and in both directions, q₀ − p₀ + p₁ ≈ q₁.
func (r relation) questions() []Question {
	var questions []Question
	for i, p := range r.pairs {
		for j, q := range r.pairs {
			if i == j {
				continue
			}
			for from := range 2 {
				to := 1 - from
				questions = append(questions, Question{Analogy(q.words[from], p.words[from], p.words[to]), q.words[to]})
			}
		}
	}
	return questions
}

// head is the word of a noun phrase: "hall" of "the hall".
func head(phrase string) string { return phrase[strings.LastIndexByte(phrase, ' ')+1:] }
