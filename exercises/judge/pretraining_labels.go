package judge

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// fewLabelsJudge is that of func FewLabels(labels []int, perClass int, seed uint64) []int. What comes are three draws:
// two with the same seed and one with the next.
func fewLabelsJudge() Judge {
	return Judge{
		Params: []string{"labels", "perClass", "seed"}, Results: []string{"draw", "the same seed again", "the next seed"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one of each of two classes", Args: []wire.Value{
					wire.List([]int{0, 1, 1, 0, 0, 1}), wire.Of(1), wire.Of(7),
				}},
				{Name: "all of three classes", Args: []wire.Value{
					wire.List([]int{2, 0, 1, 1, 2, 0}), wire.Of(2), wire.Of(7),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for _, perClass := range []int{5, 20} {
				// 400 digits in a row have some 40 of each class; ten more of each make sure that there are enough.
				labels := make([]int, 0, 500)
				from := rng.IntN(digits.Len() - 400)
				for _, label := range digits.Labels[from : from+400] {
					labels = append(labels, int(label))
				}
				for class := range 10 {
					for range 10 {
						labels = append(labels, class)
					}
				}
				cases = append(cases, Case{
					Name: fmt.Sprintf("%d of each digit", perClass), Hidden: true,
					Args: []wire.Value{wire.List(labels), wire.Of(perClass), wire.Of(rng.IntN(1_000_000))},
				})
			}
			return cases, nil
		},
		Verify: func(args, got []wire.Value) Finding {
			labels, perClass := args[0].Ints(), args[1].Int()
			f := Finding{Want: fmt.Sprintf("%d examples of each class, none twice", perClass)}
			for i := range got {
				if f.Problem, f.Wrong = drawProblem(labels, perClass, got[i].Ints()); f.Problem != "" {
					return f
				}
			}
			if len(labels) < 100 {
				return Finding{} // Of so few, two draws may be the same by chance.
			}
			draw, again, next := slices.Sorted(slices.Values(got[0].Ints())), slices.Sorted(slices.Values(got[1].Ints())),
				slices.Sorted(slices.Values(got[2].Ints()))
			switch {
			case !slices.Equal(draw, again):
				return Finding{Problem: "the same seed gave others the second time", Want: "the same ones", Wrong: "unseeded"}
			case slices.Equal(draw, next):
				same := Finding{Problem: "two different seeds gave the same examples", Want: "others", Wrong: "constant"}
				if slices.Equal(draw, firstOfEach(labels, perClass)) {
					same.Wrong = "first"
				}
				return same
			}
			return Finding{}
		},
		Wrong: []Wrong{
			{Name: "total"}, {Name: "first"}, {Name: "constant"}, {Name: "unseeded"}, {Name: "twice"}, {Name: "onemore"},
			{Name: "classes"},
		},
	}
}

// firstOfEach are the first perClass examples of each class, in ascending order.
func firstOfEach(labels []int, perClass int) []int {
	var first []int
	taken := map[int]int{}
	for i, class := range labels {
		if taken[class]++; taken[class] <= perClass {
			first = append(first, i)
		}
	}
	return first
}

// classesOf says whether a draw holds, perClass times, the number of each class.
func classesOf(draw []int, classes, perClass int) bool {
	count := make([]int, classes)
	for _, i := range draw {
		if i >= 0 && i < classes {
			count[i]++
		}
	}
	return len(draw) == classes*perClass && !slices.ContainsFunc(count, func(n int) bool { return n != perClass })
}

// drawProblem says what is wrong with one draw, and which typical wrong answer it is.
func drawProblem(labels []int, perClass int, draw []int) (problem, wrong string) {
	taken, seen := make([]int, 1+slices.Max(labels)), map[int]bool{}
	if perClass > 1 && classesOf(draw, len(taken), perClass) {
		return "these are the classes, expected the numbers of examples", "classes"
	}
	for _, i := range draw {
		switch {
		case i < 0 || i >= len(labels):
			return fmt.Sprintf("there is no example %d; they are numbered from 0 to %d", i, len(labels)-1), ""
		case seen[i]:
			return fmt.Sprintf("example %d was drawn twice", i), "twice"
		}
		seen[i] = true
		taken[labels[i]]++
	}
	if len(draw) == perClass && len(taken) > 1 {
		return fmt.Sprintf("%d came altogether, expected %d of each of %d classes", len(draw), perClass, len(taken)), "total"
	}
	more := true // Each class has one more than it should, or all that there are.
	for class, n := range taken {
		available := 0
		for _, label := range labels {
			if label == class {
				available++
			}
		}
		more = more && n == min(perClass+1, available)
	}
	for class, n := range taken {
		switch {
		case n != perClass && more:
			return fmt.Sprintf("class %d has %d examples, expected %d", class, n, perClass), "onemore"
		case n != perClass:
			return fmt.Sprintf("class %d has %d examples, expected %d", class, n, perClass), ""
		}
	}
	return "", ""
}
