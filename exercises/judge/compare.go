package judge

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/exercises/wire"
)

// Tolerance is how far a number may be from the right one: at most Absolute + Relative · |right|, and a millionth of the
// largest number beside it, since sums in another order differ by so much.
type Tolerance struct{ Absolute, Relative float64 }

// DefaultTolerance suits sums of some thousand float32 products.
func DefaultTolerance() Tolerance { return Tolerance{Absolute: 1e-6, Relative: 1e-4} }

// compare says what is wrong with got, or "".
func (t Tolerance) compare(names []string, want, got []wire.Value) string {
	if t == (Tolerance{}) {
		t = DefaultTolerance()
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%d results came, expected %d", len(got), len(want))
	}
	for i := range want {
		problem := t.compareOne(want[i], got[i])
		if problem == "" {
			continue
		}
		if len(want) > 1 {
			return nameOf(names, i) + ": " + problem
		}
		return problem
	}
	return ""
}

func (t Tolerance) compareOne(want, got wire.Value) string {
	if !slices.Equal(want.Shape, got.Shape) {
		return fmt.Sprintf("the shape is %s, expected %s", shapeText(got.Shape), shapeText(want.Shape))
	}
	if isText := want.Type() == "string"; isText != (got.Type() == "string") {
		return fmt.Sprintf("the type is %s, expected %s", got.Type(), want.Type())
	} else if isText {
		return firstDifference(want, func(i int) bool { return want.Strings()[i] == got.Strings()[i] },
			func(i int) (string, string) {
				return fmt.Sprintf("%q", want.Strings()[i]), fmt.Sprintf("%q", got.Strings()[i])
			})
	}
	w, g := want.Floats(), got.Floats()
	largest := 0.0
	for _, x := range w {
		if !math.IsInf(x, 0) {
			largest = max(largest, math.Abs(x)) // NaN is larger than nothing here: max would keep it.
		}
		if math.IsNaN(largest) {
			largest = 0
		}
	}
	same := func(i int) bool {
		if w[i] == g[i] || math.IsNaN(w[i]) && math.IsNaN(g[i]) {
			return true
		}
		return math.Abs(w[i]-g[i]) <= t.Absolute+t.Relative*math.Abs(w[i])+1e-6*largest && !math.IsInf(w[i], 0)
	}
	return firstDifference(want, same, func(i int) (string, string) { return numberText(w[i]), remark(g[i]) })
}

// firstDifference says where two values of one shape differ first, and in how many places.
func firstDifference(v wire.Value, same func(i int) bool, text func(i int) (want, got string)) string {
	first, count := -1, 0
	for i := range v.Size() {
		if !same(i) {
			if first < 0 {
				first = i
			}
			count++
		}
	}
	if first < 0 {
		return ""
	}
	want, got := text(first)
	if len(v.Shape) == 0 {
		return fmt.Sprintf("expected %s, got %s", want, got)
	}
	where := fmt.Sprintf("at %s expected %s, got %s", indexText(first, v.Shape), want, got)
	if count == 1 {
		return where + "; all else is right"
	}
	return fmt.Sprintf("%s; %d of %d values differ", where, count, v.Size())
}

// indexText is the place of an element: [1, 0] for the element 3 of the shape [2, 3].
func indexText(i int, shape []int) string {
	index := make([]string, len(shape))
	for axis, n := range slices.Backward(shape) {
		index[axis] = fmt.Sprint(i % n)
		i /= n
	}
	return "[" + strings.Join(index, ", ") + "]"
}

// remark is a number that came, with a word on those that are none.
func remark(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN, which is no number: somewhere 0/0, or the root or logarithm of something negative"
	case math.IsInf(x, 0):
		return numberText(x) + ", beyond all numbers: somewhere a division by 0, or a logarithm of 0, or an exp of something large"
	default:
		return numberText(x)
	}
}

func (w Wrong) panics(message string, args []wire.Value) bool {
	part := w.Panic
	if w.PanicOf != nil {
		part = w.PanicOf(args)
	}
	return part != "" && strings.Contains(message, part)
}
