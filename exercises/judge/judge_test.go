package judge

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/exercises/wire"
)

func TestCompareSaysWhereAndWhat(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		want, got []wire.Value
		message   string // a part of it; "" for what is right
	}{
		"same":                   {[]wire.Value{wire.Of(1.0)}, []wire.Value{wire.Of(1.0)}, ""},
		"within the tolerance":   {[]wire.Value{wire.Of(1.0)}, []wire.Value{wire.Of(float32(1.00005))}, ""},
		"beyond it":              {[]wire.Value{wire.Of(1.0)}, []wire.Value{wire.Of(1.001)}, "expected 1, got 1.001"},
		"small beside large":     {[]wire.Value{wire.List([]float64{1e6, 0})}, []wire.Value{wire.List([]float64{1e6, 0.5})}, ""},
		"both NaN":               {[]wire.Value{wire.Of(nan)}, []wire.Value{wire.Of(nan)}, ""},
		"NaN":                    {[]wire.Value{wire.Of(0.0)}, []wire.Value{wire.Of(nan)}, "expected 0, got NaN, which is no number"},
		"NaN wanted":             {[]wire.Value{wire.List([]float64{nan, 1})}, []wire.Value{wire.List([]float64{nan, 2})}, "at [1]"},
		"same infinity":          {[]wire.Value{wire.Of(inf)}, []wire.Value{wire.Of(inf)}, ""},
		"infinity":               {[]wire.Value{wire.Of(1.0)}, []wire.Value{wire.Of(inf)}, "got +Inf, beyond all numbers"},
		"another infinity":       {[]wire.Value{wire.Of(inf)}, []wire.Value{wire.Of(-inf)}, "expected +Inf"},
		"a finite one":           {[]wire.Value{wire.Of(inf)}, []wire.Value{wire.Of(1.0)}, "expected +Inf, got 1"},
		"shape":                  {[]wire.Value{wire.Of(1.0)}, []wire.Value{wire.List([]float64{1})}, "the shape is [1], expected [] (a single number)"},
		"place":                  {[]wire.Value{wire.Tensor([]int{1, 2, 3, 4}, 2, 2)}, []wire.Value{wire.Tensor([]int{1, 2, 0, 4}, 2, 2)}, "at [1, 0] expected 3, got 0; all else is right"},
		"places":                 {[]wire.Value{wire.List([]int{1, 2})}, []wire.Value{wire.List([]int{0, 0})}, "2 of 2 values differ"},
		"text":                   {[]wire.Value{wire.Of("queen")}, []wire.Value{wire.Of("king")}, `expected "queen", got "king"`},
		"text for a number":      {[]wire.Value{wire.Of(1)}, []wire.Value{wire.Of("1")}, "the type is string, expected int"},
		"number of results":      {[]wire.Value{wire.Of(1)}, nil, "0 results came, expected 1"},
		"the name of a result":   {[]wire.Value{wire.Of(1), wire.Of(2)}, []wire.Value{wire.Of(1), wire.Of(3)}, "y: expected 2"},
		"an int that is a float": {[]wire.Value{wire.Of(2)}, []wire.Value{wire.Of(2.0)}, ""},
	} {
		message := Tolerance{}.compare([]string{"x", "y"}, c.want, c.got)
		if (message == "") != (c.message == "") || !strings.Contains(message, c.message) {
			t.Errorf("%s: got %q, want %q", name, message, c.message)
		}
	}
}

func TestValuesInShort(t *testing.T) {
	for want, v := range map[string]wire.Value{
		"0.333333":              wire.Of(1.0 / 3),
		"[[1 2] [3 4]]":         wire.Tensor([]int{1, 2, 3, 4}, 2, 2),
		`["a" "b"]`:             wire.List([]string{"a", "b"}),
		"[]":                    wire.List([]int{}),
		"[100] [0 0 0 0 0 0 …]": wire.List(make([]int, 100)),
		"[9, 9] [[0 0 0 0 0 0 …] [0 0 0 0 0 0 …] …]": wire.Tensor(make([]float64, 81), 9, 9),
	} {
		if got := valueText(v); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// double is the judge of an exercise that wants 2x.
func double() Judge {
	times := func(n float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value { return []wire.Value{wire.Of(n * args[0].Float())} }
	}
	return Judge{
		Params: []string{"x"}, Want: times(2),
		Wrong: []Wrong{{Name: "tripled", Compute: times(3)}, {Name: "crashed", Panic: "shape"}},
	}
}

func answersOf(f func(x float64) wire.Answer, cases []Case) []wire.Answer {
	var all []wire.Answer
	for _, c := range cases {
		all = append(all, f(c.Args[0].Float()))
	}
	return all
}

func TestTypicalWrongAnswersAreRecognised(t *testing.T) {
	// Three times 0 is right, so the first case does not tell.
	cases := []Case{{Name: "0", Args: []wire.Value{wire.Of(0.0)}}, {Name: "1", Args: []wire.Value{wire.Of(1.0)}}, {Name: "2", Args: []wire.Value{wire.Of(2.0)}}}
	value := func(x float64) wire.Answer { return wire.Answer{Values: []wire.Value{wire.Of(x)}} }
	for want, f := range map[string]func(x float64) wire.Answer{
		"tripled": func(x float64) wire.Answer { return value(3 * x) },
		"crashed": func(float64) wire.Answer { return wire.Answer{Panic: "the shape is wrong"} },
		"":        func(x float64) wire.Answer { return value(x * x * 3) },
	} {
		outcomes, wrong, err := double().Decide(cases, answersOf(f, cases))
		if err != nil || wrong != want || outcomes[2].OK {
			t.Errorf("got %q, %v, %+v; want %q", wrong, err, outcomes, want)
		}
	}
	rightForOne := func(x float64) wire.Answer { return value(min(3*x, 4*x*x-2*x)) }
	if outcomes, wrong, err := double().Decide(cases, answersOf(rightForOne, cases)); err != nil || wrong != "" || !outcomes[1].OK {
		t.Errorf("got %q, %v, %+v; 3x would be wrong for 1 too", wrong, err, outcomes)
	}
	outcomes, wrong, err := double().Decide(cases, answersOf(func(x float64) wire.Answer { return value(2 * x) }, cases))
	if err != nil || wrong != "" || !outcomes[0].OK || !outcomes[1].OK || !outcomes[2].OK {
		t.Errorf("of the right answer %+v, %q, %v", outcomes, wrong, err)
	}
}

func TestVerifyJudgesInPlaceOfWant(t *testing.T) {
	j := Judge{Params: []string{"x"}, Verify: func(args, got []wire.Value) Finding {
		if got[0].Float() < args[0].Float() {
			return Finding{Problem: "it is too small", Want: "more", Wrong: "small"}
		}
		return Finding{}
	}}
	cases := []Case{{Args: []wire.Value{wire.Of(1.0)}}, {Args: []wire.Value{wire.Of(2.0)}}}
	answer := wire.Answer{Values: []wire.Value{wire.Of(1.5)}}
	outcomes, wrong, err := j.Decide(cases, []wire.Answer{answer, answer})
	if err != nil || wrong != "small" || !outcomes[0].OK || outcomes[1].OK || outcomes[1].Message != "it is too small" {
		t.Errorf("got %+v, %q, %v", outcomes, wrong, err)
	}
}

func TestAJudgeThatFailsIsAnError(t *testing.T) {
	j := Judge{Want: func(args []wire.Value) []wire.Value { return []wire.Value{args[7]} }}
	if _, _, err := j.Decide([]Case{{}}, []wire.Answer{{}}); err == nil {
		t.Error("no error")
	}
}

func TestHiddenCasesFollowTheSeed(t *testing.T) {
	for name, j := range All() {
		text := func(seed uint64) (visible, hidden string) {
			cases, err := j.Cases(rand.New(rand.NewPCG(seed, 0)))
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cases {
				part := string(wire.AppendCases(nil, [][]wire.Value{c.Args}))
				if c.Hidden {
					hidden += part
				} else {
					visible += part
				}
			}
			return visible, hidden
		}
		visible, hidden := text(1)
		sameVisible, sameHidden := text(1)
		otherVisible, otherHidden := text(2)
		switch {
		case visible != sameVisible || hidden != sameHidden:
			t.Errorf("%s: one seed gives different cases", name)
		case visible != otherVisible:
			t.Errorf("%s: the visible cases depend on the seed", name)
		case hidden == otherHidden:
			t.Errorf("%s: the hidden cases do not depend on the seed", name)
		}
	}
}
