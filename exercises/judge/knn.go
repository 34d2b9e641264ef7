package judge

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// knn are the judges of the lesson knn.
func knn() map[string]Judge {
	return map[string]Judge{
		"distances": distancesJudge(), "vote": voteJudge(), "way": wayJudge(), "leaveoneout": leaveOneOutJudge(),
	}
}

// distinct32 draws n examples of a dataset, none of them twice.
func distinct32(rng *rand.Rand, set *data.Dataset, n int) (rows [][]float32, labels []int) {
	for _, i := range rng.Perm(set.Len())[:n] {
		row := make([]float32, set.Width())
		set.Row(row, i)
		rows, labels = append(rows, row), append(labels, int(set.Labels[i]))
	}
	return rows, labels
}

// distancesJudge is that of func Squares(q, r *Node) *Node.
func distancesJudge() Judge {
	// each makes a matrix of what of makes of the sums Σ q², Σ qr and Σ r² of each pair.
	each := func(of func(qq, qr, rr float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			q, r := args[0].Rows(), args[1].Rows()
			all := make([][]float64, len(q))
			for i, a := range q {
				for _, b := range r {
					all[i] = append(all[i], of(product(a, a), product(a, b), product(b, b)))
				}
			}
			return []wire.Value{wire.Matrix(all)}
		}
	}
	return Judge{
		Params: []string{"q", "r"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one query, three references", Args: []wire.Value{
					wire.Matrix([][]float32{{1, 2}}), wire.Matrix([][]float32{{1, 5}, {-2, -2}, {2, 1}}),
				}},
				{Name: "a query that is a reference", Args: []wire.Value{
					wire.Matrix([][]float32{{1, 0, 2}, {0, 1, 1}}), wire.Matrix([][]float32{{1, 0, 2}}),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			x, _ := distinct32(rng, digits, 11)
			return append(cases,
				Case{Name: "digits", Hidden: true, Args: []wire.Value{wire.Matrix(x[:4]), wire.Matrix(x[4:])}},
				Case{Name: "codes", Hidden: true, Args: []wire.Value{
					wire.Tensor(normal[float32](rng, 5*16), 5, 16), wire.Tensor(normal[float32](rng, 8*16), 8, 16),
				}}), nil
		},
		Want: each(func(qq, qr, rr float64) float64 { return qq - 2*qr + rr }),
		// The three sums of a digit are about 100 each, and what is left of them in float32 may be next to nothing.
		Tolerance: Tolerance{Absolute: 5e-4, Relative: 1e-4},
		Wrong: []Wrong{
			{Name: "noproduct", Compute: each(func(qq, _, rr float64) float64 { return qq + rr })},
			{Name: "once", Compute: each(func(qq, qr, rr float64) float64 { return qq - qr + rr })},
			{Name: "added", Compute: each(func(qq, qr, rr float64) float64 { return qq + 2*qr + rr })},
			{Name: "root", Compute: each(func(qq, qr, rr float64) float64 { return math.Sqrt(qq - 2*qr + rr) })},
			{Name: "untransposed", Panic: "contracting dimensions do not match"},
		},
	}
}

// product is Σ aᵢbᵢ.
func product(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// voteJudge is that of func Vote(labels []int) int. Where several calls differ, the result is a list.
func voteJudge() Judge {
	each := func(of func(labels []int) int) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value { return []wire.Value{wire.Of(of(args[0].Ints()))} }
	}
	return Judge{
		Params: []string{"labels"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			var cases []Case
			add := func(name string, hidden bool, labels ...int) {
				cases = append(cases, Case{Name: name, Hidden: hidden, Args: []wire.Value{wire.List(labels)}})
			}
			add("four against one", false, 9, 4, 4, 4, 4)
			add("the nearest of equal ones", false, 9, 4, 4, 9, 7)
			add("one neighbour", false, 0)
			digit := rng.Perm(10)
			small, large, other := min(digit[0], digit[1]), max(digit[0], digit[1]), digit[2]
			add("most votes", true, other, small, large, large, small, large)
			add("two and two, the smaller nearer", true, small, large, small, large, other)
			add("two and two, the larger nearer", true, large, small, small, other, large)
			add("two and two, the nearest is also the farthest", true, small, large, large, other, small)
			add("a single vote is nearest of all", true, other, large, small, small, large)
			return cases, nil
		},
		Verify: func(args, got []wire.Value) Finding {
			want := vote(args[0].Ints())
			f := Finding{Want: describe(nil, []wire.Value{wire.Of(want)})}
			if len(got[0].Shape) != 0 {
				f.Problem, f.Wrong = "the same labels gave more than one winner", "random"
			} else if got := got[0].Int(); got != want {
				f.Problem = fmt.Sprintf("expected %d, got %d", want, got)
			}
			return f
		},
		Wrong: []Wrong{
			{Name: "nearest", Compute: each(func(labels []int) int { return labels[0] })},
			{Name: "smallest", Compute: each(func(labels []int) int {
				return slices.Index(votes(labels), slices.Max(votes(labels)))
			})},
			{Name: "farthest", Compute: each(func(labels []int) int {
				labels = slices.Clone(labels)
				slices.Reverse(labels)
				return vote(labels)
			})},
			{Name: "first", Compute: each(func(labels []int) int {
				winner := labels[0]
				for i, label := range labels {
					if counts := votes(labels[:i+1]); counts[label] > counts[winner] {
						winner = label
					}
				}
				return winner
			})},
			{Name: "count", Compute: each(func(labels []int) int { return slices.Max(votes(labels)) })},
			{Name: "random"},
		},
	}
}

// votes are the numbers of votes for each digit.
func votes(labels []int) []int {
	counts := make([]int, 10)
	for _, label := range labels {
		counts[label]++
	}
	return counts
}

// vote is the digit that wins among those of the nearest, from near to far.
func vote(labels []int) int {
	counts := votes(labels)
	return labels[slices.IndexFunc(labels, func(label int) bool { return counts[label] == slices.Max(counts) })]
}

// wayJudge is that of func Way(a, b *Node, n int) *Node.
func wayJudge() Judge {
	// along goes along the n values of t, where the code is ofA(t)·a + t·b.
	along := func(t func(i, n int) float64, ofA func(t float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			a, b, n := args[0].Floats(), args[1].Floats(), args[2].Int()
			var codes [][]float64
			for i := range n {
				code := make([]float64, len(a))
				for j := range code {
					code[j] = ofA(t(i, n))*a[j] + t(i, n)*b[j]
				}
				codes = append(codes, code)
			}
			return []wire.Value{wire.Matrix(codes)}
		}
	}
	even := func(i, n int) float64 { return float64(i) / float64(n-1) }
	rest := func(t float64) float64 { return 1 - t }
	return Judge{
		Params: []string{"a", "b", "n"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			a, b := wire.Matrix([][]float32{{0, 2}}), wire.Matrix([][]float32{{4, -2}})
			cases := []Case{
				{Name: "both ends and the middle", Args: []wire.Value{a, b, wire.Of(3)}},
				{Name: "only the ends", Args: []wire.Value{a, b, wire.Of(2)}},
				{Name: "five codes", Args: []wire.Value{a, b, wire.Of(5)}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			x, _ := distinct32(rng, digits, 2)
			return append(cases,
				Case{Name: "codes", Hidden: true, Args: []wire.Value{
					wire.Tensor(normal[float32](rng, 16), 1, 16), wire.Tensor(normal[float32](rng, 16), 1, 16),
					wire.Of(4 + rng.IntN(5)),
				}},
				Case{Name: "pixels of two digits", Hidden: true, Args: []wire.Value{
					wire.Matrix(x[:1]), wire.Matrix(x[1:]), wire.Of(4 + rng.IntN(5)),
				}}), nil
		},
		Want:      along(even, rest),
		Tolerance: Tolerance{Absolute: 1e-5, Relative: 1e-4}, // b is reached in up to seven steps that round
		Wrong: []Wrong{
			{Name: "short", Compute: along(func(i, n int) float64 { return float64(i) / float64(n) }, rest)},
			{Name: "inside", Compute: along(func(i, n int) float64 { return float64(i+1) / float64(n+1) }, rest)},
			{Name: "integer", Compute: along(func(i, n int) float64 { return float64(i / (n - 1)) }, rest)},
			{Name: "reversed", Compute: along(func(i, n int) float64 { return 1 - even(i, n) }, rest)},
			{Name: "beyond", Compute: along(even, func(float64) float64 { return 1 })},
		},
	}
}

// leaveOneOutJudge is that of func Accuracy(codes [][]float64, labels []int, k int) float64.
func leaveOneOutJudge() Judge {
	type metric = func(square float64, itself bool) float64 // smaller is nearer
	// each makes one number of how many votes are right, out of how many.
	each := func(distance metric, of func(right, n float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			codes, labels, k := args[0].Rows(), args[1].Ints(), args[2].Int()
			right := 0.0
			for query, a := range codes {
				distances := make([]float64, len(codes))
				order := make([]int, len(codes))
				for i, b := range codes {
					distances[i], order[i] = distance(squaredDistance(a, b), i == query), i
				}
				slices.SortFunc(order, func(i, j int) int { return cmp.Compare(distances[i], distances[j]) })
				voters := make([]int, k)
				for i := range voters {
					voters[i] = labels[order[i]]
				}
				if vote(voters) == labels[query] {
					right++
				}
			}
			return []wire.Value{wire.Of(of(right, float64(len(codes))))}
		}
	}
	near := func(square float64, itself bool) float64 {
		if itself {
			return math.Inf(1)
		}
		return square
	}
	part := func(right, n float64) float64 { return right / n }
	return Judge{
		Params: []string{"codes", "labels", "k"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			codes, labels := wire.Matrix([][]float64{{0}, {1}, {3}, {7}}), wire.List([]int{4, 4, 9, 9})
			cases := []Case{
				{Name: "four codes, one neighbour", Args: []wire.Value{codes, labels, wire.Of(1)}},
				{Name: "four codes, three neighbours", Args: []wire.Value{codes, labels, wire.Of(3)}},
				{Name: "all votes are right", Args: []wire.Value{
					wire.Matrix([][]float64{{0}, {1}, {7}, {9}}), labels, wire.Of(1),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for _, k := range []int{1, 3, 5} {
				x, labels := distinct32(rng, digits, 60)
				codes := make([][]float64, len(x))
				for i, row := range x {
					codes[i] = shrunk(row)
				}
				cases = append(cases, Case{Name: "digits of 7 × 7 pixels", Hidden: true, Args: []wire.Value{
					wire.Matrix(codes), wire.List(labels), wire.Of(k),
				}})
			}
			return cases, nil
		},
		Want: each(near, part),
		Wrong: []Wrong{
			{Name: "included", Compute: each(func(square float64, _ bool) float64 { return square }, part)},
			{Name: "farthest", Compute: each(func(square float64, itself bool) float64 {
				return near(-square, itself)
			}, part)},
			{Name: "counted", Compute: each(near, func(right, _ float64) float64 { return right })},
			{Name: "errors", Compute: each(near, func(right, n float64) float64 { return 1 - right/n })},
			{Name: "integer", Compute: each(near, func(right, n float64) float64 { return math.Floor(right / n) })},
		},
	}
}

func squaredDistance(a, b []float64) float64 { return product(a, a) - 2*product(a, b) + product(b, b) }

// shrunk is a digit of 7 × 7 pixels, the means of 4 × 4 of its 28 × 28.
func shrunk(picture []float32) []float64 {
	small := make([]float64, 7*7)
	for i, v := range picture {
		small[i/28/4*7+i%28/4] += float64(v) / 16
	}
	return small
}
