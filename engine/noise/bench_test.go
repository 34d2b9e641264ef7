package noise

import "testing"

// BenchmarkApply gives a batch of 128 pictures of 28×28 its noise.
func BenchmarkApply(b *testing.B) {
	src, dst, from := ramp(784), make([]float32, 784), NewSource(1)
	for _, n := range several(0.3) {
		b.Run(string(n.Kind), func(b *testing.B) {
			b.ReportAllocs()
			for epoch := 0; b.Loop(); epoch++ {
				for example := range 128 {
					if err := n.Apply(dst, src, from, epoch, example); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkPicture measures and filters one picture of 28×28.
func BenchmarkPicture(b *testing.B) {
	clean, dst, shape := ramp(784), make([]float32, 784), []int{28, 28}
	noisy := make([]float32, 784)
	if err := several(0.3)[0].Apply(noisy, clean, NewSource(1), 1, 1); err != nil {
		b.Fatal(err)
	}
	for name, work := range map[string]func() error{
		"Compare":        func() error { _, err := Compare(b.Context(), clean, noisy, shape); return err },
		"MedianFilter":   func() error { return MedianFilter(b.Context(), nil, dst, noisy, shape, 3) },
		"GaussianFilter": func() error { return GaussianFilter(b.Context(), nil, dst, noisy, shape, 1) },
		"median, series": func() error { return MedianFilter(b.Context(), nil, dst, noisy, []int{784}, 9) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := work(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
