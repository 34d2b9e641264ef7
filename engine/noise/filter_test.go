package noise

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

// sixteenBits is the most by which one rounding to 16 bits moves a value, with room for float32's own.
const sixteenBits = 1./131070 + 1e-7

// TestFiltersMatchSciPy includes the border. A picture's median is rounded once. A Gaussian filter is rounded three
// times, where the two before the last are averaged again, so 1e-5 cannot be promised for it, but 3 × 7.6e-6 can.
func TestFiltersMatchSciPy(t *testing.T) {
	for _, test := range readOracle(t).Filters {
		if len(test.Median) != 4 || len(test.Gaussian) != 4 {
			t.Fatal("the oracle has lost its filters")
		}
		compare := func(name string, want []float64, tolerance float64, filter func(dst, src []float32) error) {
			// The set is the example twice: neither may see the other.
			src := slices.Repeat(test.X, 2)
			dst := make([]float32, len(src))
			if err := filter(dst, src); err != nil {
				t.Fatal(err)
			}
			worst := 0.0
			for i, v := range dst {
				worst = max(worst, math.Abs(float64(v)-want[i%len(want)]))
			}
			if !(worst <= tolerance) {
				t.Errorf("%s of shape %v is %v off, want at most %v", name, test.Shape, worst, tolerance)
			}
			if !slices.Equal(src, slices.Repeat(test.X, 2)) {
				t.Errorf("%s changed its source", name)
			}
			if err := filter(src, src); err != nil || !slices.Equal(src, dst) {
				t.Errorf("%s in place differs: %v", name, err)
			}
		}
		tolerance := sixteenBits
		if len(test.Shape) == 1 {
			tolerance = 0
		}
		for side, want := range test.Median {
			compare("median "+side, want, tolerance, func(dst, src []float32) error {
				n, err := strconv.Atoi(side)
				if err != nil {
					return err
				}
				return MedianFilter(t.Context(), nil, dst, src, test.Shape, n)
			})
		}
		for sigma, want := range test.Gaussian {
			compare("gaussian "+sigma, want, 3*sixteenBits, func(dst, src []float32) error {
				s, err := strconv.ParseFloat(sigma, 64)
				if err != nil {
					return err
				}
				return GaussianFilter(t.Context(), nil, dst, src, test.Shape, s)
			})
		}
	}
}

// TestLargestWindows take each limit that an error names.
func TestLargestWindows(t *testing.T) {
	for _, test := range []struct {
		shape []int
		side  int
		sigma float64
	}{
		{[]int{28, 28}, 27, 4.33}, {[]int{40, 32}, 31, 5}, {[]int{100}, 31, 5}, {[]int{3}, 3, 0.33}, {[]int{4, 9}, 3, 0.33},
	} {
		values := size(test.shape)
		dst := make([]float32, values)
		if err := MedianFilter(t.Context(), nil, dst, constant(values, 1), test.shape, test.side); err != nil {
			t.Error(err)
		}
		if !slices.Equal(dst, constant(values, 1)) {
			t.Errorf("the median of ones of shape %v is %v", test.shape, dst)
		}
		clear(dst)
		if err := GaussianFilter(t.Context(), nil, dst, constant(values, 1), test.shape, test.sigma); err != nil {
			t.Error(err)
		}
		if !slices.Equal(dst, constant(values, 1)) {
			t.Errorf("the Gaussian mean of ones of shape %v is %v", test.shape, dst)
		}
	}
}

func TestFiltersRefuse(t *testing.T) {
	median := func(side int) func(dst, src []float32, shape []int) error {
		return func(dst, src []float32, shape []int) error {
			return MedianFilter(t.Context(), nil, dst, src, shape, side)
		}
	}
	gaussian := func(sigma float64) func(dst, src []float32, shape []int) error {
		return func(dst, src []float32, shape []int) error {
			return GaussianFilter(t.Context(), nil, dst, src, shape, sigma)
		}
	}
	for _, test := range []struct {
		filter func(dst, src []float32, shape []int) error
		shape  []int
		want   string
	}{
		{median(4), []int{28, 28}, "side of 4; in a shape of [28 28] take an odd number from 1 to 28"},
		{median(0), []int{28, 28}, "side of 0"},
		{median(-3), []int{28, 28}, "side of -3"},
		{median(29), []int{28, 28}, "side of 29"},
		{median(33), []int{100}, "side of 33; in a shape of [100] take an odd number from 1 to 31"},
		{gaussian(4.34), []int{28, 28}, "sigma is 4.34; in a shape of [28 28] take from 0.1 to 4.33"},
		{gaussian(5.1), []int{100}, "sigma is 5.1; in a shape of [100] take from 0.1 to 5"},
		{gaussian(0), []int{100}, "sigma is 0; "},
		{gaussian(math.NaN()), []int{100}, "sigma is NaN; "},
		{gaussian(math.Inf(1)), []int{100}, "sigma is +Inf; "},
		{gaussian(0.1), []int{2, 9}, "a Gaussian filter of a shape of [2 9]; it needs sides of at least 3"},
		{median(1), []int{1, 2, 3}, "an example has shape [1 2 3]"},
		{gaussian(1), nil, "an example has shape []"},
	} {
		values := 1
		for _, side := range test.shape {
			values *= side
		}
		dst := constant(values, 9)
		wantError(t, test.filter(dst, constant(values, 0.5), test.shape), test.want)
		if !slices.Equal(dst, constant(values, 9)) {
			t.Errorf("a refused filter wrote, after %q", test.want)
		}
	}
	nan := float32(math.NaN())
	for _, filter := range []func(dst, src []float32, shape []int) error{median(3), gaussian(0.33)} {
		for _, shape := range [][]int{{3, 4}, {4}} {
			values := size(shape)
			wantError(t, filter(make([]float32, values), make([]float32, 2*values), shape), "they must have as many")
			wantError(t, filter(make([]float32, values+1), make([]float32, values+1), shape), "not a whole number of examples")
			src := constant(2*values, 0.5)
			src[values+1] = nan
			wantError(t, filter(make([]float32, 2*values), src, shape), "is NaN; it must be from 0 to 1")
			src[values+1] = 1.25
			wantError(t, filter(make([]float32, 2*values), src, shape), "is 1.25; it must be from 0 to 1")
			if err := filter(nil, nil, shape); err != nil {
				t.Errorf("an empty set: %v", err)
			}
		}
	}
}
