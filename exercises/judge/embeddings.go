package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/exercises/wire"
)

// embeddings are the judges of the lesson embeddings.
func embeddings() map[string]Judge {
	return map[string]Judge{
		"cosine": cosineJudge(), "wordpairs": wordPairsJudge(), "negatives": negativesJudge(), "analogy": analogyJudge(),
	}
}

// products are a·b, a·a and b·b.
func products(a, b []float64) (ab, aa, bb float64) {
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	return ab, aa, bb
}

// cosineJudge is that of func Cosine(a, b []float64) float64.
func cosineJudge() Judge {
	of := func(formula func(ab, aa, bb float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(formula(products(args[0].Floats(), args[1].Floats())))}
		}
	}
	return Judge{
		Params: []string{"a", "b"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			pair := func(name string, hidden bool, a, b []float64) Case {
				return Case{Name: name, Hidden: hidden, Args: []wire.Value{wire.List(a), wire.List(b)}}
			}
			a := normal[float64](rng, 32)
			opposite := make([]float64, len(a))
			for i, v := range a {
				opposite[i] = -3 * v
			}
			return []Case{
				pair("the same direction", false, []float64{3, 4}, []float64{6, 8}),
				pair("a right angle", false, []float64{2, 0, 1}, []float64{-1, 5, 2}),
				pair("half of a right angle", false, []float64{0, 2}, []float64{3, 3}),
				pair("32 numbers", true, a, normal[float64](rng, 32)),
				pair("opposite directions", true, a, opposite),
			}, nil
		},
		Want: of(func(ab, aa, bb float64) float64 { return ab / math.Sqrt(aa*bb) }),
		Wrong: []Wrong{
			{Name: "product", Compute: of(func(ab, _, _ float64) float64 { return ab })},
			{Name: "squares", Compute: of(func(ab, aa, bb float64) float64 { return ab / (aa * bb) })},
			{Name: "one", Compute: of(func(ab, aa, _ float64) float64 { return ab / math.Sqrt(aa) })},
			{Name: "one", Compute: of(func(ab, _, bb float64) float64 { return ab / math.Sqrt(bb) })},
			{Name: "precedence", Compute: of(func(ab, aa, bb float64) float64 { return ab / math.Sqrt(aa) * math.Sqrt(bb) })},
			{Name: "angle", Compute: func(args []wire.Value) []wire.Value {
				ab, aa, bb := products(args[0].Floats(), args[1].Floats())
				cos := ab / math.Sqrt(aa*bb)
				if math.Abs(cos) > 1-1e-9 {
					return nil // Rounding decides whether the angle is a number.
				}
				return []wire.Value{wire.Of(math.Acos(cos))}
			}},
		},
	}
}

// wordPairsJudge is that of func Pairs(sentence []string, window int) [][2]string, whose pairs come sorted.
func wordPairsJudge() Judge {
	of := func(takes func(i, j, window int, sentence []string) bool) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			sentence := args[0].Strings()
			var pairs [][]string
			for i, word := range sentence {
				for j, near := range sentence {
					if takes(i, j, args[1].Int(), sentence) {
						pairs = append(pairs, []string{word, near})
					}
				}
			}
			slices.SortFunc(pairs, slices.Compare)
			return []wire.Value{wire.Matrix(pairs)}
		}
	}
	apart := func(i, j int) int { return max(i-j, j-i) }
	want := of(func(i, j, window int, _ []string) bool { return i != j && apart(i, j) <= window })
	return Judge{
		Params: []string{"sentence", "window"}, Results: []string{"pairs in the order of the alphabet"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			sentence := func(name string, hidden bool, text string, window int) Case {
				return Case{Name: name, Hidden: hidden, Args: []wire.Value{wire.List(strings.Fields(text)), wire.Of(window)}}
			}
			cases := []Case{
				sentence("three words, one place", false, "she was proud", 1),
				sentence("a word that comes twice", false, "she said she", 2),
				sentence("the sentence of the lesson", false, "the queen wore the crown", 3),
				sentence("a window wider than the sentence", false, "birds sing", 5),
			}
			corpus, err := words.Generate(rng.Int64(), 40)
			if err != nil {
				return nil, err
			}
			for i, text := range corpus.Sample(3) {
				text = strings.ToLower(strings.TrimSuffix(text, "."))
				cases = append(cases, sentence(fmt.Sprintf("a made-up sentence, %d places", 2+i), true, text, 2+i))
			}
			return cases, nil
		},
		Verify: func(args, got []wire.Value) Finding {
			expected := want(args)[0]
			return Finding{Problem: pairsProblem(expected, got[0]), Want: describe([]string{"pairs"}, []wire.Value{expected})}
		},
		Wrong: []Wrong{
			{Name: "self", Compute: of(func(i, j, window int, _ []string) bool { return apart(i, j) <= window })},
			{Name: "after", Compute: of(func(i, j, window int, _ []string) bool { return i < j && j-i <= window })},
			{Name: "short", Compute: of(func(i, j, window int, _ []string) bool { return i != j && apart(i, j) < window })},
			{Name: "everything", Compute: of(func(i, j, window int, _ []string) bool { return i != j && j-i <= window })},
			{Name: "byword", Compute: of(func(i, j, window int, s []string) bool {
				return s[i] != s[j] && apart(i, j) <= window
			})},
			{Name: "distinct", Compute: func(args []wire.Value) []wire.Value {
				pairs := slices.Collect(slices.Chunk(want(args)[0].Strings(), 2))
				return []wire.Value{wire.Matrix(slices.CompactFunc(pairs, slices.Equal))}
			}},
		},
	}
}

// pairsProblem says which pair comes too seldom or too often.
func pairsProblem(want, got wire.Value) string {
	expected, came := pairCount(want), pairCount(got)
	for _, all := range []wire.Value{want, got} {
		for chunk := range slices.Chunk(all.Strings(), 2) {
			pair := [2]string(chunk)
			switch n, m := expected[pair], came[pair]; {
			case n == m:
			case m == 0:
				return fmt.Sprintf("the pair of %q and %q is missing", pair[0], pair[1])
			case n == 0:
				return fmt.Sprintf("the pair of %q and %q should not be there", pair[0], pair[1])
			default:
				return fmt.Sprintf("the count of the pair of %q and %q is %d, expected %d", pair[0], pair[1], m, n)
			}
		}
	}
	return ""
}

// pairCount is how often each pair comes.
func pairCount(pairs wire.Value) map[[2]string]int {
	count := map[[2]string]int{}
	for pair := range slices.Chunk(pairs.Strings(), 2) {
		count[[2]string(pair)]++
	}
	return count
}

// negativesJudge is that of func Loss(v, u, n *Node) *Node.
func negativesJudge() Judge {
	softplus := func(s float64) float64 { return max(s, 0) + math.Log1p(math.Exp(-math.Abs(s))) }
	// of adds what loss makes of the scores of each pair, the near word's and the negatives'.
	of := func(loss func(near float64, drawn []float64) float64) func([]wire.Value) float64 {
		return func(args []wire.Value) (sum float64) {
			v, u, n := args[0].Rows(), args[1].Rows(), args[2].Floats()
			negatives, dim := args[2].Shape[1], args[2].Shape[2]
			for i := range v {
				near, _, _ := products(u[i], v[i])
				drawn := make([]float64, negatives)
				for k := range drawn {
					from := (i*negatives + k) * dim
					drawn[k], _, _ = products(n[from:from+dim], v[i])
				}
				sum += loss(near, drawn)
			}
			return sum
		}
	}
	mean := func(loss func(near float64, drawn []float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(of(loss)(args) / float64(args[0].Shape[0]))}
		}
	}
	// signed is the loss with a sign for the scores of the near word and another for those of the negatives.
	signed := func(near, drawn, weight float64) func(float64, []float64) float64 {
		return func(s float64, all []float64) float64 {
			sum := softplus(near * s)
			for _, d := range all {
				sum += weight * softplus(drawn*d)
			}
			return sum
		}
	}
	const negatives, dim, batch = 5, 32, 16
	return Judge{
		Params: []string{"v", "u", "n"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			small := func(size int) []float32 {
				all := normal[float32](rng, size)
				for i := range all {
					all[i] *= 0.5
				}
				return all
			}
			return []Case{
				{Name: "one pair, two negatives", Args: []wire.Value{
					wire.Tensor([]float32{1, 2}, 1, 2), wire.Tensor([]float32{0.5, 1}, 1, 2),
					wire.Tensor([]float32{-1, 0.5, 1, 0}, 1, 2, 2),
				}},
				{Name: "two pairs, one negative", Args: []wire.Value{
					wire.Tensor([]float32{1, 0, 0, 1}, 2, 2), wire.Tensor([]float32{2, 0, 0, -1}, 2, 2),
					wire.Tensor([]float32{1, 1, 0, 2}, 2, 1, 2),
				}},
				{Name: "vectors of 32 numbers, five negatives", Hidden: true, Args: []wire.Value{
					wire.Tensor(small(batch*dim), batch, dim), wire.Tensor(small(batch*dim), batch, dim),
					wire.Tensor(small(batch*negatives*dim), batch, negatives, dim),
				}},
			}, nil
		},
		Want: mean(signed(-1, 1, 1)),
		Wrong: []Wrong{
			{Name: "sign", Compute: mean(signed(-1, -1, 1))},
			{Name: "averaged", Compute: func(args []wire.Value) []wire.Value {
				return mean(signed(-1, 1, 1/float64(args[2].Shape[1])))(args)
			}},
			{Name: "summed", Compute: func(args []wire.Value) []wire.Value {
				return []wire.Value{wire.Of(of(signed(-1, 1, 1))(args))}
			}},
			{Name: "pullonly", Compute: mean(signed(-1, 1, 0))},
			{Name: "together", Compute: mean(func(near float64, drawn []float64) float64 {
				return softplus(-near) + softplus(total(drawn))
			})},
			{Name: "reversed", Compute: mean(signed(1, -1, 1))},
		},
	}
}
