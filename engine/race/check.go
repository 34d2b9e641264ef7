package race

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// matrices draws two matrices of [n, n] with whole numbers from -8 to 8. float32 holds their product and all sums on
// the way to it exactly up to n = 2¹⁸, since 2¹⁸·8·8 = 2²⁴. So the order of the additions does not matter, nor do the
// 11 significant bits to which NVIDIA's tensor cores may round factors, and every right product is the same to the last
// bit.
func matrices(seed int64, n int) (a, b []float32) {
	random := rand.New(rand.NewPCG(uint64(seed), uint64(n)))
	draw := func() []float32 {
		m := make([]float32, n*n)
		for i := range m {
			m[i] = float32(random.IntN(17) - 8)
		}
		return m
	}
	return draw(), draw()
}

// check verifies products of two matrices in float64, in n² steps instead of n³: c = a·b only if c·x = a·(b·x), and a
// wrong c passes for a random x with a probability of at most 2⁻¹⁶, the x being drawn from 2¹⁶ values (Freivalds,
// "Probabilistic machines can use less running time", 1977).
type check struct {
	n    int
	x    []float64 // [n], whole numbers below 2¹⁶
	want []float64 // a·(b·x), [n]; exact, as its sums stay below 2¹²·2¹²·2¹⁶·64 = 2⁴⁶
}

func newCheck(seed int64, a, b []float32, n int) check {
	c := check{n: n, x: make([]float64, n)}
	random := rand.New(rand.NewPCG(uint64(seed), uint64(n)<<32))
	for i := range c.x {
		c.x[i] = float64(random.IntN(1 << 16))
	}
	c.want = apply(a, apply(b, c.x))
	return c
}

// verify says whether product is a·b. NaN and Inf are wrong.
func (c check) verify(product []float32) error {
	if len(product) != c.n*c.n {
		return fmt.Errorf("the product has %d values instead of %d", len(product), c.n*c.n)
	}
	for i, got := range apply(product, c.x) {
		if math.IsNaN(got) || got != c.want[i] {
			return fmt.Errorf("row %d of the product is wrong", i)
		}
	}
	return nil
}

// apply computes m·x in float64 for an m of [n, n] and an x of [n].
func apply(m []float32, x []float64) []float64 {
	n := len(x)
	y := make([]float64, n)
	for i := range y {
		for j, v := range m[i*n : (i+1)*n] {
			y[i] += float64(v) * x[j]
		}
	}
	return y
}
