package noise

import (
	"math"
	"slices"
	"testing"
)

// apply is one noisy example.
func apply(t *testing.T, n Noise, src []float32, from *Source, epoch, example int) []float32 {
	t.Helper()
	dst := make([]float32, len(src))
	if err := n.Apply(dst, src, from, epoch, example); err != nil {
		t.Fatal(err)
	}
	return dst
}

// constant is an example of one value.
func constant(values int, v float32) []float32 { return slices.Repeat([]float32{v}, values) }

// ramp is an example whose values climb from 0 to 1.
func ramp(values int) []float32 {
	row := make([]float32, values)
	for i := range row {
		row[i] = float32(i) / float32(values-1)
	}
	return row
}

// several are a noise of each kind, on pictures of 28×28.
func several(strength float64) []Noise {
	var all []Noise
	for _, kind := range Kinds() {
		all = append(all, Noise{Kind: kind, Strength: strength, Block: 7, Shape: []int{28, 28}})
	}
	return all
}

// within checks a statistic against its expectation, with the standard error that it has for the size of the sample.
func within(t *testing.T, what string, got, want, standardError float64) {
	t.Helper()
	if math.Abs(got-want) > 4*standardError {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, standardError)
	}
}

// drawn is what a noise makes of many examples that all have one value.
func drawn(t *testing.T, n Noise, v float32, examples int) []float64 {
	t.Helper()
	var all []float64
	from, src := NewSource(1), constant(size(n.Shape), v)
	for i := range examples {
		for _, noisy := range apply(t, n, src, from, 1, i) {
			all = append(all, float64(noisy))
		}
	}
	return all
}

// mean is the mean of f over values.
func mean(values []float64, f func(float64) float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += f(v)
	}
	return sum / float64(len(values))
}

// TestGaussianStrength is about 0.5 ± 0.08, where nothing is clipped.
func TestGaussianStrength(t *testing.T) {
	const sigma = 0.08
	noise := drawn(t, Noise{Kind: Gaussian, Strength: sigma, Shape: []int{28, 28}}, 0.5, 200)
	n := float64(len(noise))
	within(t, "mean", mean(noise, func(v float64) float64 { return v - 0.5 }), 0, sigma/math.Sqrt(n))
	deviation := math.Sqrt(mean(noise, func(v float64) float64 { return (v - 0.5) * (v - 0.5) }))
	within(t, "standard deviation", deviation, sigma, sigma/math.Sqrt(2*n))
}

// TestGaussianIsClipped compares a black and a white background with the moments of a normal number cut at 0.
func TestGaussianIsClipped(t *testing.T) {
	const sigma = 0.2
	for _, v := range []float32{0, 1} {
		noise := drawn(t, Noise{Kind: Gaussian, Strength: sigma, Shape: []int{28, 28}}, v, 200)
		n := float64(len(noise))
		if slices.Min(noise) < 0 || slices.Max(noise) > 1 {
			t.Errorf("values from %v to %v", slices.Min(noise), slices.Max(noise))
		}
		off := func(noisy float64) float64 { return math.Abs(noisy - float64(v)) }
		// Of z⁺ = max(z, 0): E z⁺ = 1/√(2π), E z⁺² = 1/2, E z⁺⁴ = 3/2.
		within(t, "mean", mean(noise, off), sigma/math.Sqrt(2*math.Pi), sigma*math.Sqrt((0.5-1/(2*math.Pi))/n))
		square := mean(noise, func(v float64) float64 { return off(v) * off(v) })
		within(t, "mean square", square, sigma*sigma/2, sigma*sigma*math.Sqrt((1.5-0.25)/n))
	}
}

func TestSaltAndPepper(t *testing.T) {
	for _, strength := range []float64{0.1, 0.5, 1} {
		noise := drawn(t, Noise{Kind: SaltAndPepper, Strength: strength, Shape: []int{28, 28}}, 0.25, 100)
		counts := map[float64]float64{}
		for _, v := range noise {
			counts[v]++
		}
		n := float64(len(noise))
		replaced := counts[0] + counts[1]
		if replaced+counts[0.25] != n {
			t.Errorf("strength %v made other values than 0 and 1: %v", strength, counts)
		}
		within(t, "fraction replaced", replaced/n, strength, math.Sqrt(strength*(1-strength)/n))
		within(t, "salt among it", counts[1]/replaced, 0.5, 0.5/math.Sqrt(replaced))
	}
}

// TestBlocksAreWhole counts the blocks of each mask, and how often each of them is masked.
func TestBlocksAreWhole(t *testing.T) {
	for _, test := range []struct {
		shape                           []int
		block, rows, columns, wantBlock int
		strength                        float64
	}{
		{[]int{28, 28}, 7, 4, 4, 8, 0.5},
		{[]int{28, 28}, 5, 6, 6, 27, 0.75}, // the last row and column of blocks are 3 pixels wide
		{[]int{6, 20}, 4, 2, 5, 4, 0.35},   // 3.5 blocks
		{[]int{100}, 9, 1, 12, 4, 0.3},     // 3.6 blocks
		{[]int{100}, 100, 1, 1, 1, 0.6},
		{[]int{8, 8}, 1, 8, 8, 64, 1},
	} {
		n := Noise{Kind: Blocks, Strength: test.strength, Block: test.block, Shape: test.shape}
		_, width := sides(n.Shape)
		from, ones := NewSource(3), constant(size(n.Shape), 1)
		const examples = 400
		times := make([]float64, test.rows*test.columns)
		for example := range examples {
			masked, area := map[int]int{}, map[int]int{}
			for i, v := range apply(t, n, ones, from, 1, example) {
				block := i/width/test.block*test.columns + i%width/test.block
				area[block]++
				if v == 0 {
					masked[block]++
				}
			}
			for block, pixels := range masked {
				if pixels != area[block] {
					t.Fatalf("%v: %d of %d pixels of block %d are masked", n, pixels, area[block], block)
				}
				times[block]++
			}
			if len(masked) != test.wantBlock || len(area) != len(times) {
				t.Fatalf("%v: %d of %d blocks are masked, want %d", n, len(masked), len(area), test.wantBlock)
			}
		}
		p := float64(test.wantBlock) / float64(len(times))
		for _, masked := range times {
			within(t, "how often a block is masked", masked/examples, p, math.Sqrt(p*(1-p)/examples))
		}
	}
}

func TestStrengthZeroChangesNothing(t *testing.T) {
	for _, n := range several(0) {
		if noisy := apply(t, n, ramp(784), NewSource(1), 1, 1); !slices.Equal(noisy, ramp(784)) {
			t.Errorf("%s changed an example", n.Kind)
		}
	}
}

// TestExampleOwnsItsNoise draws the same examples in another order, after other noises and from another source.
func TestExampleOwnsItsNoise(t *testing.T) {
	for _, n := range several(0.4) {
		first, second := NewSource(7), NewSource(7)
		var forth [][]float32
		for example := range 5 {
			forth = append(forth, apply(t, n, ramp(784), first, 2, example))
		}
		for example := 4; example >= 0; example-- {
			if !slices.Equal(apply(t, n, ramp(784), second, 2, example), forth[example]) {
				t.Errorf("%s: example %d got another noise", n.Kind, example)
			}
			apply(t, Noise{Kind: Gaussian, Strength: 0.1, Shape: []int{3}}, ramp(3), second, 0, 0)
		}
		for what, other := range map[string][]float32{
			"seed":    apply(t, n, ramp(784), NewSource(8), 2, 0),
			"epoch":   apply(t, n, ramp(784), first, 3, 0),
			"example": apply(t, n, ramp(784), first, 2, 1),
		} {
			if slices.Equal(other, forth[0]) {
				t.Errorf("%s: another %s gets the same noise", n.Kind, what)
			}
		}
	}
}

// TestNeighborsAreUncorrelated bounds the correlation of the noise of neighbouring seeds, epochs and examples, whose
// standard error is 1/√784 for independent noise.
func TestNeighborsAreUncorrelated(t *testing.T) {
	n := Noise{Kind: Gaussian, Strength: 0.05, Shape: []int{784}}
	var all [][]float32
	for seed := range int64(3) {
		from := NewSource(seed)
		for epoch := range 4 {
			for example := range 4 {
				all = append(all, apply(t, n, constant(784, 0.5), from, epoch, example))
			}
		}
	}
	squares, pairs := 0.0, 0.0
	for i, a := range all {
		for _, b := range all[:i] {
			correlation := 0.0
			for k := range a {
				correlation += (float64(a[k]) - 0.5) * (float64(b[k]) - 0.5) / (0.05 * 0.05 * 784)
			}
			if math.Abs(correlation) > 5/math.Sqrt(784) {
				t.Errorf("two examples' noise correlates by %v", correlation)
			}
			squares += correlation * correlation
			pairs++
		}
	}
	within(t, "mean square correlation", squares/pairs, 1./784, math.Sqrt(2/pairs)/784)
}

// TestStrengthKeepsTheDraws moves a strength up and looks at the same example.
func TestStrengthKeepsTheDraws(t *testing.T) {
	src := constant(784, 0.5)
	weak, strong := several(0.1), several(0.2)
	for i := range weak {
		from := NewSource(1)
		before, after := apply(t, weak[i], src, from, 1, 1), apply(t, strong[i], src, from, 1, 1)
		grown := 0
		for k := range src {
			a, b := float64(before[k])-0.5, float64(after[k])-0.5
			switch {
			case weak[i].Kind == Gaussian && math.Abs(b-min(max(2*a, -0.5), 0.5)) > 1e-6,
				weak[i].Kind != Gaussian && a != 0 && a != b:
				t.Errorf("%s: value %d was off by %v, is by %v", weak[i].Kind, k, a, b)
			case a != b:
				grown++
			}
		}
		if grown == 0 {
			t.Errorf("%s did not grow", weak[i].Kind)
		}
	}
}

func TestApplyInPlace(t *testing.T) {
	for _, n := range several(0.5) {
		row := ramp(784)
		if err := n.Apply(row, row, NewSource(1), 1, 1); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(row, apply(t, n, ramp(784), NewSource(1), 1, 1)) {
			t.Errorf("%s in place differs", n.Kind)
		}
	}
}

func TestApplyAllocatesNothing(t *testing.T) {
	from, src, dst := NewSource(1), ramp(784), make([]float32, 784)
	for _, n := range several(0.5) {
		allocations := testing.AllocsPerRun(20, func() {
			if err := n.Apply(dst, src, from, 1, 1); err != nil {
				t.Fatal(err)
			}
		})
		if allocations != 0 {
			t.Errorf("%s allocates %v times", n.Kind, allocations)
		}
	}
}

func TestNoiseRefuses(t *testing.T) {
	for _, test := range []struct {
		noise Noise
		want  string
	}{
		{Noise{Kind: "snow", Shape: []int{4}}, `noise "snow" is not known; choose one of gaussian, salt-and-pepper, blocks`},
		{Noise{Kind: Gaussian, Strength: -0.1, Shape: []int{4}}, "the strength of the noise is -0.1; take from 0 to 1"},
		{Noise{Kind: SaltAndPepper, Strength: 1.1, Shape: []int{4}}, "is 1.1; take from 0 to 1"},
		{Noise{Kind: Gaussian, Strength: math.NaN(), Shape: []int{4}}, "is NaN; take from 0 to 1"},
		{Noise{Kind: Gaussian}, "an example has shape []; a picture's is [height, width], a series' [length]"},
		{Noise{Kind: Gaussian, Shape: []int{1, 4, 4}}, "an example has shape [1 4 4]"},
		{Noise{Kind: Gaussian, Shape: []int{4, 0}}, "shape [4 0]; its sides must be positive"},
		{Noise{Kind: Gaussian, Shape: []int{1 << 11, 1 << 10}}, "its values at most 1048576"},
		{Noise{Kind: Gaussian, Shape: []int{math.MaxInt, math.MaxInt}}, "its values at most 1048576"},
		{Noise{Kind: Blocks, Shape: []int{28, 20}}, "a block has a side of 0; in a shape of [28 20] take from 1 to 20"},
		{Noise{Kind: Blocks, Block: 21, Shape: []int{28, 20}}, "a side of 21; in a shape of [28 20] take from 1 to 20"},
		{Noise{Kind: Blocks, Block: 5, Shape: []int{4}, Strength: 2}, "2; take from 0 to 1\na block has a side of 5"},
	} {
		wantError(t, test.noise.Validate(), test.want)
		dst := constant(4, 9)
		wantError(t, test.noise.Apply(dst, ramp(4), NewSource(1), 1, 1), test.want)
		if !slices.Equal(dst, constant(4, 9)) {
			t.Errorf("%v wrote %v", test.noise, dst)
		}
	}
	for _, n := range several(0.5) {
		if err := n.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	nan := float32(math.NaN())
	n := Noise{Kind: Gaussian, Strength: 0.1, Shape: []int{2, 2}}
	for _, test := range []struct {
		dst, src []float32
		want     string
	}{
		{make([]float32, 4), make([]float32, 5), "noise from 5 values to 4; a shape of [2 2] has 4"},
		{make([]float32, 3), make([]float32, 4), "noise from 4 values to 3"},
		{nil, nil, "noise from 0 values to 0"},
		{make([]float32, 4), []float32{0, 1, nan, 0}, "value 2 is NaN; it must be from 0 to 1"},
		{make([]float32, 4), []float32{0, 1, 0, 1.5}, "value 3 is 1.5; it must be from 0 to 1"},
		{make([]float32, 4), []float32{-0.5, 1, 0, 1}, "value 0 is -0.5; it must be from 0 to 1"},
	} {
		wantError(t, n.Apply(test.dst, test.src, NewSource(1), 1, 1), test.want)
	}
}
