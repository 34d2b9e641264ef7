package judge

import (
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// medianFilterJudge is that of func Filter(picture []float64, side int) []float64. The second result is the picture as
// the call left it.
func medianFilterJudge() Judge {
	// filter writes to dst what of makes of the sorted window of each pixel of src, and of the pixel itself. They may be
	// one slice.
	filter := func(dst, src []float64, side int, of func(sorted []float64, pixel float64) float64) {
		for i := range src {
			window := make([]float64, 0, 9)
			for _, row := range []int{i/side - 1, i / side, i/side + 1} {
				for _, column := range []int{i%side - 1, i % side, i%side + 1} {
					window = append(window, src[min(max(row, 0), side-1)*side+min(max(column, 0), side-1)])
				}
			}
			slices.Sort(window)
			dst[i] = of(window, src[i])
		}
	}
	each := func(of func(sorted []float64, pixel float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			filtered := make([]float64, args[0].Size())
			filter(filtered, args[0].Floats(), args[1].Int(), of)
			return []wire.Value{wire.List(filtered), args[0]}
		}
	}
	nth := func(n int) func(sorted []float64, pixel float64) float64 {
		return func(sorted []float64, _ float64) float64 { return sorted[n] }
	}
	return Judge{
		Params:  []string{"picture", "side"},
		Results: []string{"the filtered picture", "the given picture afterwards"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "the window of the lesson", Args: []wire.Value{
					wire.List([]float64{0.1, 0, 0.1, 0.2, 1, 0.1, 0.1, 0.2, 0}), wire.Of(3),
				}},
				{Name: "a stroke of one pixel", Args: []wire.Value{
					wire.List([]float64{0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0}), wire.Of(4),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			digit := wire.List(rows32(rng, digits, 1)[0]).Floats()
			for i := range digit {
				if rng.IntN(5) == 0 {
					digit[i] = float64(rng.IntN(2))
				}
			}
			return append(cases,
				Case{Name: "a digit with salt and pepper", Hidden: true, Args: []wire.Value{wire.List(digit), wire.Of(28)}},
				Case{Name: "grey pixels", Hidden: true, Args: []wire.Value{
					wire.List(uniform[float64](rng, 8*8)), wire.Of(8),
				}}), nil
		},
		Want: each(nth(4)),
		Wrong: []Wrong{
			{Name: "mean", Compute: each(func(sorted []float64, _ float64) float64 {
				sum := 0.0
				for _, v := range sorted {
					sum += v
				}
				return sum / 9
			})},
			{Name: "unsorted", Compute: each(func(_ []float64, pixel float64) float64 { return pixel })},
			{Name: "sixth", Compute: each(nth(5))},
			{Name: "largest", Compute: each(nth(8))},
			{Name: "inplace", Compute: func(args []wire.Value) []wire.Value {
				picture := slices.Clone(args[0].Floats())
				filter(picture, picture, args[1].Int(), nth(4))
				return []wire.Value{wire.List(picture), wire.List(picture)}
			}},
		},
	}
}
