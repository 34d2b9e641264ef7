package race

import (
	"math"
	"slices"
	"testing"
)

// exact multiplies in float64, which is the oracle for all multipliers.
func exact(a, b []float32, n int) []float32 {
	c := make([]float32, n*n)
	for i := range n {
		for j := range n {
			var sum float64
			for k := range n {
				sum += float64(a[i*n+k]) * float64(b[k*n+j])
			}
			c[i*n+j] = float32(sum)
		}
	}
	return c
}

func TestCheckAcceptsTheProduct(t *testing.T) {
	for _, n := range []int{1, 2, 7, 64, 129} {
		a, b := matrices(3, n)
		if err := newCheck(3, a, b, n).verify(exact(a, b, n)); err != nil {
			t.Errorf("%d×%d: %v", n, n, err)
		}
	}
}

func TestCheckFindsAnyWrongValue(t *testing.T) {
	const n = 17
	a, b := matrices(5, n)
	right := exact(a, b, n)
	check := newCheck(5, a, b, n)
	for i := range right {
		for _, wrong := range []float32{right[i] + 1, -right[i] - 1, float32(math.NaN()), float32(math.Inf(1))} {
			c := slices.Clone(right)
			if c[i] = wrong; check.verify(c) == nil {
				t.Errorf("value %d is %v instead of %v and passes", i, wrong, right[i])
			}
		}
	}
	swapped := slices.Clone(right)
	swapped[0], swapped[1] = swapped[1], swapped[0]
	if right[0] != right[1] && check.verify(swapped) == nil {
		t.Error("two swapped values pass")
	}
	if check.verify(exact(b, a, n)) == nil {
		t.Error("b·a passes for a·b")
	}
	if check.verify(right[1:]) == nil || check.verify(nil) == nil {
		t.Error("a product of another shape passes")
	}
}

func TestMatricesRepeatThemselves(t *testing.T) {
	a, b := matrices(1, 8)
	again, _ := matrices(1, 8)
	other, _ := matrices(2, 8)
	if !slices.Equal(a, again) || slices.Equal(a, other) || slices.Equal(a, b) {
		t.Error("the same seed must give the same matrices, another seed others")
	}
	if slices.Max(a) > 8 || slices.Min(a) < -8 {
		t.Errorf("values from %v to %v", slices.Min(a), slices.Max(a))
	}
}
