package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// knn are the judges of the lesson knn.
func knn() map[string]Judge {
	return map[string]Judge{"distances": distancesJudge(), "vote": voteJudge()}
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
			{Name: "smallest", Compute: each(func(labels []int) int { return slices.Index(votes(labels), slices.Max(votes(labels))) })},
			{Name: "farthest", Compute: each(func(labels []int) int {
				labels = slices.Clone(labels)
				slices.Reverse(labels)
				return vote(labels)
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
