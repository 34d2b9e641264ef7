package neighbors

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
)

func newMatrix(t *testing.T, b *engine.Backend, rows, columns int, values []float32) *engine.Matrix {
	t.Helper()
	m, err := engine.NewMatrix(b, rows, columns)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Fill(func(dst []float32) { copy(dst, values) }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// TestMatMulMatchesALoop multiplies below and above the size at which the Go backend takes another kernel, several
// times with one MatMul and with other operands, as its products share their memory.
func TestMatMulMatchesALoop(t *testing.T) {
	b := openBackend(t)
	random := rand.New(rand.NewPCG(8, 8))
	for _, shape := range [][3]int{{1, 1, 1}, {4, 3, 64}, {5, 7, 33}, {3, 784, 70}, {130, 300, 120}} {
		m, k, n := shape[0], shape[1], shape[2]
		p, err := engine.NewMatMul(b, m, k, n)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			x, y := make([]float32, m*k), make([]float32, k*n)
			for i := range x {
				x[i] = float32(random.NormFloat64())
			}
			for i := range y {
				y[i] = float32(random.NormFloat64())
			}
			got, err := p.Multiply(newMatrix(t, b, m, k, x), newMatrix(t, b, k, n, y))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != m*n {
				t.Fatalf("%v: %d values, want %d", shape, len(got), m*n)
			}
			for i := range m {
				for j := range n {
					want, size := 0.0, 0.0
					for c := range k {
						term := float64(x[i*k+c]) * float64(y[c*n+j])
						want += term
						size += math.Abs(term)
					}
					bound := (float64(k)*0x1p-24 + b.TermError()) * size
					if !(math.Abs(float64(got[i*n+j])-want) <= bound) {
						t.Fatalf("%v: product %d,%d is %v, want %v within %v", shape, i, j, got[i*n+j], want, bound)
					}
				}
			}
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWrongOperandsAreExplained(t *testing.T) {
	b := openBackend(t)
	p, err := engine.NewMatMul(b, 2, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	x, y := newMatrix(t, b, 2, 3, nil), newMatrix(t, b, 4, 3, nil)
	_, wrongShape := p.Multiply(x, y)
	closed := newMatrix(t, b, 3, 4, nil)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	_, afterClose := p.Multiply(x, closed)
	_, noSide := engine.NewMatMul(b, 2, 0, 4)
	_, noRows := engine.NewMatrix(b, -1, 4)
	for _, c := range []struct {
		err  error
		want string
	}{
		{wrongShape, "operands of [2 3] and [4 3]; this product takes [2 3] and [3 4]"},
		{afterClose, "an operand is closed or was never filled"},
		{noSide, "a product of 2×0 and 0×4: a side is 0; it must be from 1 to 1073741824"},
		{noRows, "a matrix of -1×4: a side is -1; it must be from 1 to 1073741824"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("got %v, want an error with %q", c.err, c.want)
		}
	}
}

// TestFailedProductIsForgotten closes the backend under a MatMul, which then has lent its last product for nothing.
func TestFailedProductIsForgotten(t *testing.T) {
	b := openBackend(t)
	p, err := engine.NewMatMul(b, 1, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	one, err := engine.NewMatrix(b, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Multiply(one, one); err != nil {
		t.Fatal(err)
	}
	b.Close()
	if _, err := p.Multiply(one, one); err == nil {
		t.Error("a closed backend multiplied")
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
