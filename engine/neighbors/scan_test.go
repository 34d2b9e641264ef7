package neighbors

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAboveMatchesItsPortableForm compares the vector instructions with the plain loop, from each column on, in rows of
// many lengths.
func TestAboveMatchesItsPortableForm(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, columns := range []int{1, 15, 16, 31, 32, 33, 64, 96, 127, 128, 320} {
		for _, rare := range []float64{0.5, 0.02, 0} {
			products, halves := make([]float32, columns), make([]float32, columns)
			for i := range products {
				products[i], halves[i] = float32(random.Float64()), float32(random.Float64())
				if random.Float64() < rare {
					products[i] += 2
				}
			}
			halves[columns-1] = float32(math.Inf(1))
			for _, threshold := range []float32{-math.MaxFloat32, 1, products[0] - halves[0]} {
				for column := range columns + 1 {
					got, want := above(products, halves, column, threshold), firstAbove(products, halves, column, threshold)
					if got != want {
						t.Fatalf("from column %d of %d: %d, want %d", column, columns, got, want)
					}
				}
			}
		}
	}
}

func TestFirstAbove(t *testing.T) {
	products, halves := []float32{5, 5, 5, 5}, []float32{4, 2, 3, float32(math.Inf(1))}
	for _, c := range []struct {
		column    int
		threshold float32
		want      int
	}{{0, 0, 0}, {0, 1, 1}, {0, 2, 1}, {2, 1, 2}, {2, 2, 4}, {0, 3, 4}, {3, -math.MaxFloat32, 4}, {4, 0, 4}} {
		if got := firstAbove(products, halves, c.column, c.threshold); got != c.want {
			t.Errorf("from %d above %v: %d, want %d", c.column, c.threshold, got, c.want)
		}
	}
}
