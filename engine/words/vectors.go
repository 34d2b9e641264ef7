package words

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Vectors are words, or names of anything else, with a vector each. They do not change once they are made, so any
// number of goroutines may read them.
type Vectors struct {
	vocabulary vocabulary
	rows       [][]float32 // [words, dim]
	unit       [][]float64 // rows scaled to length 1, a zero row left as it is
}

// NewVectors takes words and their vectors, rows of shape [words, dim], and copies them. No two words may differ in
// capital letters only, and all values must be finite.
func NewVectors(words []string, rows [][]float32) (*Vectors, error) {
	if len(words) == 0 || len(words) != len(rows) || len(rows[0]) == 0 {
		return nil, fmt.Errorf("%d words and %d vectors; there must be one vector for each word, at least one, of at least "+
			"one value",
			len(words), len(rows))
	}
	seen := make(map[string]bool, len(words))
	flat := make([]float32, 0, len(rows)*len(rows[0]))
	for i, r := range rows {
		if len(r) != len(rows[0]) {
			return nil, fmt.Errorf("the vector of %q has %d values, that of %q has %d", words[i], len(r), words[0], len(rows[0]))
		}
		for _, x := range r {
			if !isFinite(float64(x)) {
				return nil, fmt.Errorf("the vector of %q holds %v; all values must be finite", words[i], x)
			}
		}
		key := strings.ToLower(words[i])
		if seen[key] {
			return nil, fmt.Errorf("the word %q is there twice", words[i])
		}
		seen[key] = true
		flat = append(flat, r...)
	}
	return newVectors(newVocabulary(slices.Clone(words)), flat, len(rows[0])), nil
}

// newVectors copies flat, of shape [words, dim].
func newVectors(v vocabulary, flat []float32, dim int) *Vectors {
	vectors := &Vectors{vocabulary: v, rows: cut(slices.Clone(flat), dim)}
	for _, r := range vectors.rows {
		unit := make([]float64, dim)
		for i, x := range r {
			unit[i] = float64(x)
		}
		normalize(unit)
		vectors.unit = append(vectors.unit, unit)
	}
	return vectors
}

// cut cuts [n, width] into its n rows.
func cut(flat []float32, width int) [][]float32 { return slices.Collect(slices.Chunk(flat, width)) }

// normalize scales x to length 1. A zero vector has no direction and stays as it is.
func normalize(x []float64) {
	length := math.Sqrt(inner(x, x))
	for i := range x {
		if length > 0 {
			x[i] /= length
		}
	}
}

func inner(x, y []float64) float64 {
	sum := 0.0
	for i := range x {
		sum += x[i] * y[i]
	}
	return sum
}

// Words are the words, in the order of Rows.
func (v *Vectors) Words() []string { return slices.Clone(v.vocabulary.words) }

// Rows are the vectors, copied: [words, dim].
func (v *Vectors) Rows() [][]float32 { return cut(slices.Concat(v.rows...), len(v.rows[0])) }

// Neighbor is a word with the cosine of the angle between its vector and what was asked for, from −1 to 1.
type Neighbor struct {
	Word       string
	Similarity float64
}

// Nearest is the n words nearest to an expression by cosine, the nearest first, or fewer where there are no more. Words
// of equal similarity keep their order, and a zero vector has similarity 0. Each word counts with its vector scaled to
// length 1, and the expression's own words are left out of the answer, as Mikolov et al. 2013a do: the nearest word to
// king − man + woman is often king itself. The error is an UnknownWordError for a word without a vector.
func (v *Vectors) Nearest(e Expression, n int) ([]Neighbor, error) {
	if n < 1 {
		return nil, fmt.Errorf("the %d nearest words; take 1 or more", n)
	}
	query, asked, err := v.sum(e)
	if err != nil {
		return nil, err
	}
	var neighbors []Neighbor
	for i, word := range v.vocabulary.words {
		if !slices.Contains(asked, i) {
			neighbors = append(neighbors, Neighbor{word, max(-1, min(1, inner(query, v.unit[i])))})
		}
	}
	slices.SortStableFunc(neighbors, func(a, b Neighbor) int { return cmp.Compare(b.Similarity, a.Similarity) })
	return neighbors[:min(n, len(neighbors))], nil
}

// sum is the direction of an expression, of length 1, and the places of its words.
func (v *Vectors) sum(e Expression) (direction []float64, asked []int, err error) {
	if len(e) == 0 {
		return nil, nil, errors.New("the expression has no words")
	}
	direction = make([]float64, len(v.rows[0]))
	for _, term := range e {
		i, err := v.vocabulary.find(term.Word)
		if err != nil {
			return nil, nil, err
		}
		asked = append(asked, i)
		sign := 1.0
		if term.Minus {
			sign = -1
		}
		for j, x := range v.unit[i] {
			direction[j] += sign * x
		}
	}
	// Rounding may leave a trace of a sum that comes to nothing.
	if inner(direction, direction) < 1e-18 {
		return nil, nil, fmt.Errorf("%v comes to nothing: a vector of length zero has no direction and no word is near it", e)
	}
	normalize(direction)
	return direction, asked, nil
}

// Score is how many of a family's questions were answered right: with the word that Nearest puts first.
type Score struct {
	Family       string
	Right, Asked int
}

// Accuracy answers all questions of some families and returns a score for each. Its error is an UnknownWordError for a
// word without a vector, also where it is an answer.
func (v *Vectors) Accuracy(families []Family) ([]Score, error) {
	scores := make([]Score, 0, len(families))
	for _, family := range families {
		score := Score{Family: family.Name, Asked: len(family.Questions)}
		for _, question := range family.Questions {
			answer, err := v.vocabulary.find(question.Answer)
			if err != nil {
				return nil, err
			}
			first, err := v.Nearest(question.Expression, 1)
			if err != nil {
				return nil, err
			}
			if len(first) > 0 && first[0].Word == v.vocabulary.words[answer] {
				score.Right++
			}
		}
		scores = append(scores, score)
	}
	return scores, nil
}
