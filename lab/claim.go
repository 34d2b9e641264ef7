package lab

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine/words"
)

// Claim is a sum of words and the word that somebody expects nearest to it: he − man + woman = she.
type Claim struct {
	Sum  words.Expression
	Word string // empty where nothing is expected
}

// ParseClaim reads "he - man + woman = she"; the part from = on may be missing.
func ParseClaim(text string) (Claim, error) {
	sum, word, claims := strings.Cut(text, "=")
	e, err := words.ParseExpression(sum)
	if err != nil {
		return Claim{}, err
	}
	word = strings.TrimSpace(word)
	if claims && len(strings.Fields(word)) != 1 || strings.Contains(word, "=") {
		return Claim{}, fmt.Errorf("after = stands the one word that you expect, as in king - man + woman = queen; %q is not",
			word)
	}
	return Claim{e, word}, nil
}

// String writes the claim as in a book: "he − man + woman = she".
func (c Claim) String() string {
	if c.Word == "" {
		return c.Sum.String()
	}
	return c.Sum.String() + " = " + c.Word
}

// DeckClaims are the analogies of the workshop's slides. Three have other words than there, see package words: the
// prime minister is a premier, Iraq and Jordan are the invented Morvia and Belmar, and human and animal stand in the
// plural.
func DeckClaims() []Claim {
	var claims []Claim
	for _, text := range []string{
		"king - man + woman = queen", "biking - today + yesterday = biked", "Paris - France + Poland = Warsaw",
		"Morvia - violence = Belmar", "humans - animals = ethics", "president - power = premier", "library - books = hall",
	} {
		c, _ := ParseClaim(text) // These can be read.
		claims = append(claims, c)
	}
	return claims
}

// Verdict is what vectors say of a claim.
type Verdict struct {
	Nearest []words.Neighbor // all words but those of the sum, the nearest first
	Rank    int              // of the claimed word, from 1; 0 where none is claimed
	// Missing says why the claim is no analogy of the learner's own that ranks first; it is empty where it is one.
	Missing string
	// Own says that the claim is an analogy of the learner's own, wherever it ranks.
	Own bool
}

// Judge asks vectors. A claim counts when it has the form a − b + c = d with four different words, d ranks first, no
// family and no slide asks it, and neither a nor c alone has d as its nearest word: otherwise the sum has told nothing
// new, as Linzen (2016) warns. The error is a words.UnknownWordError for a word without a vector.
func (c Claim) Judge(v *words.Vectors) (Verdict, error) {
	nearest, err := v.Nearest(c.Sum, len(v.Words()))
	if err != nil {
		return Verdict{}, err
	}
	verdict := Verdict{Nearest: nearest}
	if c.Word == "" {
		verdict.Missing = "no word after ="
		return verdict, nil
	}
	if _, err := v.Nearest(words.Expression{{Word: c.Word}}, 1); err != nil {
		return Verdict{}, err
	}
	at := slices.IndexFunc(nearest, func(n words.Neighbor) bool { return strings.EqualFold(n.Word, c.Word) })
	verdict.Rank = at + 1
	if verdict.Missing = c.unfit(verdict); verdict.Missing != "" {
		return verdict, nil
	}
	verdict.Own = true
	if verdict.Rank > 1 {
		verdict.Missing = fmt.Sprintf("%s ranks %d", c.Word, verdict.Rank)
		return verdict, nil
	}
	plus, _ := c.sides()
	for _, word := range plus {
		alone, err := v.Nearest(words.Expression{{Word: word}}, 1)
		if err != nil {
			return Verdict{}, err
		}
		if strings.EqualFold(alone[0].Word, c.Word) {
			verdict.Own, verdict.Missing = false, c.Word+" is next to "+word+" anyway"
			return verdict, nil
		}
	}
	return verdict, nil
}

// unfit says why a claim is no analogy of the learner's own, or is empty.
func (c Claim) unfit(verdict Verdict) string {
	plus, minus := c.sides()
	family := familyOf(c)
	switch {
	case verdict.Rank == 0:
		return c.Word + " is part of the sum"
	case len(plus) != 2 || len(minus) != 1:
		return "not of the form a − b + c = d"
	case strings.EqualFold(plus[0], plus[1]) || strings.EqualFold(plus[0], minus[0]) ||
		strings.EqualFold(plus[1], minus[0]):
		return "a word comes twice"
	case family != "":
		return "the family " + family + " asks it"
	}
	return ""
}

// sides are the words that are added and those that are taken away, each in the order of the alphabet, in small
// letters: a sum is the same in any order.
func (c Claim) sides() (plus, minus []string) {
	for _, term := range c.Sum {
		if word := strings.ToLower(term.Word); term.Minus {
			minus = append(minus, word)
		} else {
			plus = append(plus, word)
		}
	}
	slices.Sort(plus)
	slices.Sort(minus)
	return plus, minus
}

// familyOf names the family that asks a claim's question, or is empty. All of the slides' questions are asked by one.
func familyOf(c Claim) string {
	plus, minus := c.sides()
	for _, family := range words.Families() {
		for _, q := range family.Questions {
			p, m := Claim{Sum: q.Expression}.sides()
			if strings.EqualFold(q.Answer, c.Word) && slices.Equal(p, plus) && slices.Equal(m, minus) {
				return family.Name
			}
		}
	}
	return ""
}

// AnalogiesTask judges the last claim, nil before the first.
func AnalogiesTask(v *Verdict) Task {
	t := Task{Text: "your own a − b + c = d whose d ranks first", Now: "none yet"}
	if v != nil {
		t.Now, t.Reached = v.Missing, v.Missing == ""
		if v.Own {
			t.Figure = lowest("rank of d in an analogy of your own", float64(v.Rank))
		}
	}
	if t.Reached {
		t.Now = "it ranks first"
	}
	return t
}
