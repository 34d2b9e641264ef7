package neighbors

import (
	"fmt"
	"math"
	"testing"
)

// BenchmarkSearch finds the 5 nearest of 60,000 references for 1,000 queries; its products alone are BenchmarkProducts.
// Compare the two in one run: their ratio holds where other programs slow both.
func BenchmarkSearch(b *testing.B) {
	each(b, func(f *Flat, queries []float32) error {
		_, err := f.Search(b.Context(), queries, 5)
		return err
	})
}

func BenchmarkProducts(b *testing.B) {
	each(b, func(f *Flat, queries []float32) error { return f.multiply(b.Context(), queries) })
}

func each(b *testing.B, once func(f *Flat, queries []float32) error) {
	b.Helper()
	const references, queries = 60_000, 1_000
	for _, width := range []int{2, 16, 64, 784} {
		b.Run(fmt.Sprintf("width=%d", width), func(b *testing.B) {
			points := clusters(references+queries, width)
			f := newIndex(b, L2, points[:references*width], width)
			for b.Loop() {
				if err := once(f, points[references*width:]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*queries), "µs/query")
		})
	}
}

func BenchmarkOneQuery(b *testing.B) {
	points := clusters(60_001, 16)
	f := newIndex(b, L2, points[16:], 16)
	for b.Loop() {
		if _, err := f.Search(b.Context(), points[:16], 5); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewFlat(b *testing.B) {
	points := clusters(60_000, 784)
	backend := openBackend(b)
	for b.Loop() {
		f, err := NewFlat(b.Context(), backend, L2, points, 784)
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScan looks at a block of scores of which none is above the threshold.
func BenchmarkScan(b *testing.B) {
	const rows, columns = 128, 1024
	products, halves := make([]float32, rows*columns), make([]float32, columns)
	for name, scan := range map[string]func(products, halves []float32, column int, threshold float32) int{
		"above": above, "portable": firstAbove,
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(4 * rows * columns)
			for b.Loop() {
				for i := range rows {
					if scan(products[i*columns:(i+1)*columns], halves, 0, math.MaxFloat32) != columns {
						b.Fatal("a score is above the largest number")
					}
				}
			}
		})
	}
}
