package judge

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/exercises/wire"
)

// analogyRule is how an answer to a − b + c is looked for. The zero value is the right one.
type analogyRule struct {
	takesAsked bool // a, b and c may be the answer
	swapped    bool // the sum is a + b − c
	scaled     bool // the vectors of the sum have length 1
	least      float64
	bounded    bool // only what is nearer than least is found
	near       func(ab, aa, bb float64) float64
}

// answer is the number of the word that is found, −1 for none. asked are the numbers of a, b and c.
func (r analogyRule) answer(vectors [][]float64, asked []int) int {
	near := r.near
	if near == nil {
		near = func(ab, aa, bb float64) float64 { return ab / math.Sqrt(aa*bb) }
	}
	sign := 1.0
	if r.swapped {
		sign = -1
	}
	sum := make([]float64, len(vectors[0]))
	for k, weight := range []float64{1, -sign, sign} {
		if r.scaled {
			_, square, _ := products(vectors[asked[k]], vectors[asked[k]])
			weight /= math.Sqrt(square)
		}
		for i, v := range vectors[asked[k]] {
			sum[i] += weight * v
		}
	}
	found, best := -1, math.Inf(-1)
	if r.bounded {
		best = r.least
	}
	for i, v := range vectors {
		if !r.takesAsked && slices.Contains(asked, i) {
			continue
		}
		if n := near(products(v, sum)); n > best {
			found, best = i, n
		}
	}
	return found
}

// compute is the answer to the arguments of Answer.
func (r analogyRule) compute(args []wire.Value) []wire.Value {
	all := args[0].Strings()
	var asked []int
	for _, word := range args[2].Strings() {
		asked = append(asked, slices.Index(all, word))
	}
	found := r.answer(args[1].Rows(), asked)
	if found < 0 {
		return []wire.Value{wire.Of("")}
	}
	return []wire.Value{wire.Of(all[found])}
}

// wrongRules are the typical wrong ways to look for an answer.
func wrongRules() map[string]analogyRule {
	return map[string]analogyRule{
		"asked":    {takesAsked: true},
		"swapped":  {swapped: true},
		"product":  {near: func(ab, _, _ float64) float64 { return ab }},
		"distance": {near: func(ab, aa, bb float64) float64 { return 2*ab - aa - bb }},
		"scaled":   {scaled: true},
		"zero":     {bounded: true},
	}
}

// analogyJudge is that of func Answer(vectors map[string][]float64, a, b, c string) string.
func analogyJudge() Judge {
	right := analogyRule{}.compute
	j := Judge{Params: []string{"words", "vectors", "asked"}, Cases: analogyCases, Verify: func(args, got []wire.Value) Finding {
		want := right(args)
		f := Finding{Problem: Tolerance{}.compare(nil, want, got), Want: describe(nil, want)}
		if f.Problem != "" && slices.Contains(args[2].Strings(), got[0].Strings()[0]) {
			f.Wrong = "asked" // Whoever leaves out only some of the three finds another one.
		}
		return f
	}}
	for _, name := range []string{"asked", "swapped", "product", "distance", "scaled", "zero"} {
		j.Wrong = append(j.Wrong, Wrong{Name: name, Compute: wrongRules()[name].compute})
	}
	return j
}

func analogyCases(rng *rand.Rand) ([]Case, error) {
	asked := []string{"king", "man", "woman"}
	cases := []Case{
		{Name: "king − man + woman", Args: []wire.Value{
			wire.List([]string{"man", "woman", "king", "queen", "cheese", "throne"}),
			wire.Matrix([][]float64{{1, 0, 0}, {0, 1, 0}, {1, 0, 4}, {0, 0.25, 1}, {6, 7, 0}, {2, 0, 6}}), wire.List(asked),
		}},
		{Name: "all others point away", Args: []wire.Value{
			wire.List([]string{"man", "woman", "king", "cheese", "bus"}),
			wire.Matrix([][]float64{{1, 0}, {1, 1}, {2, -1}, {-1, 0}, {-2, -5}}), wire.List(asked),
		}},
	}
	const tries = 1000
	for range tries {
		hidden := drawnAnalogies(rng)
		if telling(hidden) {
			return append(cases, hidden...), nil
		}
	}
	return nil, errors.New("no vectors were drawn on which right and wrong answers differ")
}

// drawnAnalogies are questions about two relations of the lesson's world. The vectors are made up: each pair of words
// has a direction of its own, each relation a step, and each word a length and some noise.
func drawnAnalogies(rng *rand.Rand) []Case {
	const dim, pairs, questions = 12, 5, 2
	var cases []Case
	for _, family := range words.Families()[:2] {
		var all []string
		for _, q := range family.Questions {
			if len(all) == 2*pairs {
				break
			}
			if from := q.Expression[0].Word; !slices.Contains(all, from) && !slices.Contains(all, q.Answer) {
				all = append(all, from, q.Answer)
			}
		}
		step := normal[float64](rng, dim)
		var vectors [][]float64
		for range pairs {
			own := normal[float64](rng, dim)
			for _, sign := range []float64{-0.5, 0.5} {
				length := 0.4 + 2*rng.Float64()
				v := normal[float64](rng, dim)
				for i := range v {
					v[i] = length * (own[i] + sign*step[i] + 0.2*v[i])
				}
				vectors = append(vectors, v)
			}
		}
		for range questions {
			p, side := rng.Perm(pairs), rng.IntN(2)
			from, to, start := 2*p[0]+side, 2*p[0]+1-side, 2*p[1]+side
			cases = append(cases, Case{Name: "a question of the family " + family.Name, Hidden: true, Args: []wire.Value{
				wire.List(all), wire.Matrix(vectors), wire.List([]string{all[start], all[from], all[to]}),
			}})
		}
	}
	return cases
}

// telling says whether each wrong way gives a wrong answer somewhere, and no two give the same ones everywhere. The
// wrong start of a search shows only where all words point away, as in a visible case.
func telling(cases []Case) bool {
	seen := map[string]bool{answers(analogyRule{}, cases): true}
	for name, rule := range wrongRules() {
		if name == "zero" {
			continue
		}
		given := answers(rule, cases)
		if seen[given] {
			return false
		}
		seen[given] = true
	}
	return true
}

// answers are the answers that a way of looking gives, one a line.
func answers(r analogyRule, cases []Case) (lines string) {
	for _, c := range cases {
		lines += r.compute(c.Args)[0].Strings()[0] + "\n"
	}
	return lines
}
