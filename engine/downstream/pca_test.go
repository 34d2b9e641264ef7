package downstream

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func fit(t *testing.T, x []float32, width int) *PCA {
	t.Helper()
	p, err := FitPCA(t.Context(), x, width)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// alignSigns turns components, [k, width], and the codes that belong to them, [n, k], the way of others: the sign of a
// component is a matter of convention.
func alignSigns(components, codes []float32, like []float64, k int) {
	width := len(components) / k
	for i := range k {
		dot := 0.0
		for j := range width {
			dot += float64(components[i*width+j]) * like[i*width+j]
		}
		if dot < 0 {
			for j := range width {
				components[i*width+j] *= -1
			}
			for at := i; at < len(codes); at += k {
				codes[at] *= -1
			}
		}
	}
}

func TestPCA(t *testing.T) {
	o := readOracle(t)
	for _, want := range o.PCA {
		t.Run(want.Set, func(t *testing.T) {
			x, width := o.set(t, want.Set)
			p := fit(t, x, width)
			if p.Len() != len(want.Variance) {
				t.Fatalf("%d components, want %d", p.Len(), len(want.Variance))
			}
			some := x[:min(len(x), 9*width)]
			codes, err := p.Transform(t.Context(), some, want.K)
			if err != nil {
				t.Fatal(err)
			}
			back, err := p.Inverse(t.Context(), codes, want.K)
			if err != nil {
				t.Fatal(err)
			}
			errs, err := p.MeanErrors(t.Context(), x, p.Len())
			if err != nil {
				t.Fatal(err)
			}
			// A component of variance 0 is not determined, nor are the codes: they only have to be 0.
			components := narrow(p.components)[:want.K*width]
			alignSigns(components, codes, want.Components, want.K)
			for i := range want.K {
				if want.Variance[i] > 1e-9*want.Variance[0] {
					near(t, "component value", components[i*width:(i+1)*width], want.Components[i*width:(i+1)*width], 1e-5)
				}
			}
			near(t, "mean", narrow(p.mean), want.Mean, 1e-6)
			near(t, "variance", p.variance, want.Variance, 1e-9)
			near(t, "variance ratio", p.ExplainedVarianceRatio(), want.Ratio, 1e-9)
			near(t, "mean error", errs, want.Errors, 1e-9)
			if slices.Min(errs) < 0 || slices.Min(p.variance) < 0 {
				t.Errorf("negative among the errors %v or the variances %v", errs, p.variance)
			}
			near(t, "code", codes, want.Codes, 1e-5)
			near(t, "reconstruction", back, want.Back, 1e-5)
		})
	}
}

func TestComponentsAreOrthonormal(t *testing.T) {
	o := readOracle(t)
	for _, set := range o.Sets {
		p := fit(t, set.X, set.Width)
		components := narrow(p.components)
		for i := range p.Len() {
			for j := range i + 1 {
				dot, want := 0.0, 0.0
				for at := range set.Width {
					dot += float64(components[i*set.Width+at]) * float64(components[j*set.Width+at])
				}
				if i == j {
					want = 1
				}
				if math.Abs(dot-want) > 1e-6 {
					t.Errorf("%s: components %d and %d have the product %v, want %v", set.Name, i, j, dot, want)
				}
			}
			component := components[i*set.Width : (i+1)*set.Width]
			largest, lowest := slices.Max(component), slices.Min(component)
			if largest < -lowest*(1-1e-6) {
				t.Errorf("%s: component %d is from %v to %v: its sign is turned", set.Name, i, lowest, largest)
			}
		}
	}
}

// rotated is n examples, [n, 3], that vary by 100, 10 and 1 along three directions and lie around a mean.
func rotated(n int) []float32 {
	random := rand.New(rand.NewPCG(9, 9))
	x := make([]float32, 0, 3*n)
	for range n {
		a, b, c := 10*random.NormFloat64(), math.Sqrt(10)*random.NormFloat64(), random.NormFloat64()
		x = append(x, float32(3+0.6*a-0.8*b), float32(-7+0.8*a+0.6*b), float32(c))
	}
	return x
}

// TestPCAOverManyBlocks checks rows beyond the first block, which no small set reaches, against PCA's definition.
func TestPCAOverManyBlocks(t *testing.T) {
	const n = parts*blockRows*2 + 77
	x := rotated(n)
	p := fit(t, x, 3)
	codes, err := p.Transform(t.Context(), x, 3)
	if err != nil {
		t.Fatal(err)
	}
	// The codes are uncorrelated, with the variances of the components.
	var second [3][3]float64
	for at := 0; at < len(codes); at += 3 {
		for i := range 3 {
			for j := range 3 {
				second[i][j] += float64(codes[at+i]) * float64(codes[at+j]) / (n - 1)
			}
		}
	}
	variance := p.variance
	for i := range 3 {
		for j := range 3 {
			want := 0.0
			if i == j {
				want = variance[i]
			}
			if math.Abs(second[i][j]-want) > 1e-5*variance[0] {
				t.Errorf("codes %d and %d have the covariance %v, want %v", i, j, second[i][j], want)
			}
		}
	}
	for i, want := range []float64{100, 10, 1} {
		if math.Abs(variance[i]-want) > 0.2*want {
			t.Errorf("variance %d is %v, want about %v", i, variance[i], want)
		}
	}
}

func TestMeanErrorsAreThoseOfReconstructions(t *testing.T) {
	x := rotated(parts*blockRows*2 + 77)
	p := fit(t, x, 3)
	errs, err := p.MeanErrors(t.Context(), x, 2)
	if err != nil {
		t.Fatal(err)
	}
	for k := 1; k <= 2; k++ {
		codes, err := p.Transform(t.Context(), x, k)
		if err != nil {
			t.Fatal(err)
		}
		back, err := p.Inverse(t.Context(), codes, k)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range x {
			sum += math.Pow(float64(back[i])-float64(x[i]), 2)
		}
		if want := sum / float64(len(x)); math.Abs(errs[k]-want) > 1e-5*want {
			t.Errorf("with %d components the error is %v, of the reconstructions %v", k, errs[k], want)
		}
	}
}

func TestPCAOfEqualExamples(t *testing.T) {
	p := fit(t, []float32{0.1, 3, 0.1, 3, 0.1, 3}, 2)
	codes, err := p.Transform(t.Context(), []float32{0.1, 3}, 2)
	if err != nil {
		t.Fatal(err)
	}
	zeros := []float64{0, 0}
	near(t, "code", codes, zeros, 0)
	near(t, "variance ratio", p.ExplainedVarianceRatio(), zeros, 0)
	near(t, "variance", p.variance, zeros, 0)
}

func TestPCARepeatsItself(t *testing.T) {
	x := rotated(5000)
	first, second := fit(t, x, 3), fit(t, x, 3)
	if !slices.Equal(first.components, second.components) || !slices.Equal(first.variance, second.variance) {
		t.Error("two fits to the same examples differ")
	}
}

func TestPCARefuses(t *testing.T) {
	ctx := t.Context()
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, test := range []struct {
		x     []float32
		width int
		want  string
	}{
		{nil, 2, "PCA of 0 examples; it needs 2 or more"},
		{[]float32{1, 2}, 2, "PCA of 1 examples"},
		{[]float32{1, 2, 3}, 2, "3 values are not a whole number of examples of 2"},
		{[]float32{1, 2}, 0, "examples of 0 values; take from 1 to 1024"},
		{make([]float32, 2050), 1025, "examples of 1025 values"},
		{[]float32{1, 2, 3, nan}, 2, "value 1 of example 1 is NaN"},
		{[]float32{1, 2, inf, 4}, 2, "value 0 of example 1 is +Inf"},
	} {
		_, err := FitPCA(ctx, test.x, test.width)
		refused(t, err, test.want)
	}
	p := fit(t, []float32{1, 2, 3, 4, 5, 7}, 2)
	for _, k := range []int{-1, 0, 3} {
		want := "there are 2 components, take from 1 to that"
		_, err := p.Transform(ctx, []float32{1, 2}, k)
		refused(t, err, want)
		_, err = p.Inverse(ctx, []float32{1, 2}, k)
		refused(t, err, want)
		_, err = p.MeanErrors(ctx, []float32{1, 2}, k)
		refused(t, err, want)
	}
	_, err := p.Transform(ctx, []float32{1, 2, 3}, 1)
	refused(t, err, "3 values are not a whole number of examples of 2")
	_, err = p.Inverse(ctx, []float32{1, 2, 3}, 2)
	refused(t, err, "3 values are not a whole number of examples of 2")
	_, err = p.MeanErrors(ctx, []float32{1, nan}, 1)
	refused(t, err, "value 1 of example 0 is NaN")
	_, err = p.MeanErrors(ctx, nil, 1)
	refused(t, err, "no examples")
	for _, f := range []func(context.Context, []float32, int) ([]float32, error){p.Transform, p.Inverse} {
		if empty, err := f(ctx, nil, 1); err != nil || len(empty) != 0 {
			t.Errorf("of no examples: %v, %v; want nothing", empty, err)
		}
	}
}

func TestPCAIsCancelled(t *testing.T) {
	x := rotated(3 * parts * blockRows)
	cancelled(t, func(ctx context.Context) error { _, err := FitPCA(ctx, x, 3); return err })
	p := fit(t, x, 3)
	cancelled(t, func(ctx context.Context) error { _, err := p.Transform(ctx, x, 2); return err })
	cancelled(t, func(ctx context.Context) error { _, err := p.Inverse(ctx, x, 3); return err })
	cancelled(t, func(ctx context.Context) error { _, err := p.MeanErrors(ctx, x, 2); return err })
}
