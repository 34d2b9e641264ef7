package noise

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
)

// near bounds what the order of the additions in float64 changes.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-10*max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestMetricsMatchScikitImage(t *testing.T) {
	for _, pair := range readOracle(t).Pairs {
		mse, err := MSE(pair.A, pair.B)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "MSE", mse, pair.MSE)
		q, err := Compare(t.Context(), pair.A, pair.B, pair.Shape)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "PSNR", q.PSNR, pair.PSNR)
		near(t, "SSIM", q.SSIM, pair.SSIM)
	}
}

// TestCompareMatchesScikitImage takes a set whose first example is perfect, so that its own PSNR is infinite.
func TestCompareMatchesScikitImage(t *testing.T) {
	set := readOracle(t).Set
	q, err := Compare(t.Context(), set.A, set.B, set.Shape)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "MSE", q.MSE, set.MSE)
	near(t, "PSNR", q.PSNR, set.PSNR)
	near(t, "SSIM", q.SSIM, set.SSIM)
}

func TestIdenticalIsPerfect(t *testing.T) {
	for _, row := range [][]float32{ramp(144), constant(144, 0), constant(144, 1)} {
		q, err := Compare(t.Context(), row, row, []int{12, 12})
		if err != nil || q.MSE != 0 || !math.IsInf(q.PSNR, 1) || math.Abs(q.SSIM-1) > 1e-12 {
			t.Errorf("got %+v, %v", q, err)
		}
	}
}

// TestConstantPictures has variance 0, where SSIM is its first factor alone: (2ab + C₁)/(a² + b² + C₁).
func TestConstantPictures(t *testing.T) {
	const a, b = 0.25, 0.75
	q, err := Compare(t.Context(), constant(11*12, a), constant(11*12, b), []int{11, 12})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "SSIM", q.SSIM, (2*a*b+1e-4)/(a*a+b*b+1e-4))
}

func TestCompareWithoutSSIM(t *testing.T) {
	for _, shape := range [][]int{{121}, {11, 10}} {
		set := constant(2*size(shape), 0.5)
		other := slices.Clone(set)
		for i := range size(shape) {
			other[i] = 0.25
		}
		q, err := Compare(t.Context(), set, other, shape)
		if err != nil || !math.IsNaN(q.SSIM) || q.MSE != 1./32 {
			t.Errorf("shape %v: got %+v, %v", shape, q, err)
		}
		near(t, "PSNR", q.PSNR, 10*math.Log10(32))
	}
}

func TestMetricsRefuse(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, test := range []struct {
		a, b []float32
		want string
	}{
		{ramp(3), ramp(4), "one row has 3 values, the other 4"},
		{nil, nil, "the rows are empty"},
		{ramp(3), []float32{0, nan, 0}, "value 1 is NaN; it must be a finite number"},
		{[]float32{0, 0, inf}, ramp(3), "value 2 is +Inf; it must be a finite number"},
		{[]float32{inf}, []float32{inf}, "value 0 is +Inf; it must be a finite number"},
	} {
		_, err := MSE(test.a, test.b)
		wantError(t, err, test.want)
	}
	broken := ramp(2 * 144)
	broken[150] = nan
	for _, test := range []struct {
		a, b  []float32
		shape []int
		want  string
	}{
		{ramp(288), broken, []int{12, 12}, "example 1: value 6 is NaN"},
		{nil, nil, []int{12, 12}, "the sets are empty"},
		{ramp(145), ramp(145), []int{12, 12}, "145 values are not a whole number of examples of shape [12 12]"},
		{ramp(144), ramp(144), []int{12, -12}, "its sides must be positive"},
		{ramp(288), ramp(144), []int{12, 12}, "one set has 288 values, the other 144"},
		{ramp(288), ramp(288), nil, "an example has shape []"},
	} {
		_, err := Compare(t.Context(), test.a, test.b, test.shape)
		wantError(t, err, test.want)
	}
}

func TestContextEndsSets(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	set := ramp(288)
	_, compared := Compare(ctx, set, set, []int{12, 12})
	for name, err := range map[string]error{
		"Compare":             compared,
		"MedianFilter":        MedianFilter(ctx, nil, set, set, []int{12, 12}, 3),
		"MedianFilter series": MedianFilter(ctx, nil, set, set, []int{144}, 3),
		"GaussianFilter":      GaussianFilter(ctx, nil, set, set, []int{12, 12}, 1),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if !slices.Equal(set, ramp(288)) {
		t.Error("a filter went on after its context's end")
	}
}
