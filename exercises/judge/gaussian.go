package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// noiseJudge is that of func AddNoise(s *model.Scope, x *Node, std float64) *Node, called twice.
// Any random numbers are right whose moments are those of Gaussian noise.
func noiseJudge() Judge {
	return Judge{
		Params: []string{"x", "std", "seed"}, Results: []string{"first time", "second time"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			const pictures, pixels = 10, 200
			flat := func(grey float32) wire.Value {
				return wire.Tensor(slices.Repeat([]float32{grey}, pictures*pixels), pictures, pixels)
			}
			cases := []Case{
				{Name: "grey pictures", Args: []wire.Value{flat(0.5), wire.Of(0.1), wire.Of(1)}},
				{Name: "blank pictures", Args: []wire.Value{flat(0), wire.Of(0.25), wire.Of(2)}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			return append(cases,
				Case{Name: "grey pictures", Hidden: true, Args: []wire.Value{
					flat(0.4 + 0.2*rng.Float32()), wire.Of(0.03 + 0.1*rng.Float64()), wire.Of(rng.IntN(1e6)),
				}},
				Case{Name: "digits", Hidden: true, Args: []wire.Value{
					wire.Matrix(rows32(rng, digits, 8)), wire.Of(0.15 + 0.3*rng.Float64()), wire.Of(rng.IntN(1e6)),
				}}), nil
		},
		Verify: func(args, got []wire.Value) Finding {
			std := args[1].Float()
			f := verifyNoise(args[0], std, got)
			f.Want = fmt.Sprintf("noise of mean 0 and standard deviation %s, clipped to 0 … 1", numberText(std))
			return f
		},
		Wrong: []Wrong{
			{Name: "unclipped"}, {Name: "alone"}, {Name: "unscaled"}, {Name: "uniform"}, {Name: "shared"}, {Name: "single"},
			{Name: "perpicture"}, {Name: "frozen"}, {Name: "flat"},
		},
	}
}

func verifyNoise(x wire.Value, std float64, times []wire.Value) Finding {
	for _, n := range times {
		if !slices.Equal(n.Shape, x.Shape) {
			return Finding{Problem: fmt.Sprintf("the shape is %s, expected %s", shapeText(n.Shape), shapeText(x.Shape))}
		}
		for i, v := range n.Floats() {
			if !(v >= 0 && v <= 1) {
				f := Finding{Problem: fmt.Sprintf("at %s the value %s is not between 0 and 1", indexText(i, n.Shape), remark(v))}
				if !math.IsNaN(v) {
					f.Wrong = "unclipped"
				}
				return f
			}
		}
	}
	if slices.Equal(times[0].Floats(), x.Floats()) {
		return Finding{Problem: "there is no noise"}
	}
	if slices.Equal(times[0].Floats(), times[1].Floats()) {
		return Finding{Problem: "the second time the noise is the same", Wrong: "frozen"}
	}
	if sameNoise(x, times[0], func(i, columns int) int { return 0 }) {
		return Finding{Problem: "all pixels got the same noise", Wrong: "single"}
	}
	if sameNoise(x, times[0], func(i, columns int) int { return i % columns }) {
		return Finding{Problem: "all pictures got the same noise", Wrong: "shared"}
	}
	if sameNoise(x, times[0], func(i, columns int) int { return i / columns }) {
		return Finding{Problem: "all pixels of a picture got the same noise", Wrong: "perpicture"}
	}
	d := slices.Concat(differences(x, times[0]), differences(x, times[1]))
	twice := slices.Concat(x.Floats(), x.Floats())
	right := gaussian(twice, std)
	off := right.off(d)
	if off == "" {
		if off = right.offBell(d); off != "" {
			return Finding{Problem: off, Wrong: "flat"}
		}
		return Finding{}
	}
	f := Finding{Problem: off}
	switch {
	case gaussian(twice, 1).off(d) == "":
		f.Wrong = "unscaled"
	case onlyAdds(twice, d):
		f.Wrong = "uniform"
		if mostlyUnchanged(d) {
			f.Wrong = "alone"
		}
	}
	return f
}

func differences(x, n wire.Value) []float64 {
	d := slices.Clone(n.Floats())
	for i, v := range x.Floats() {
		d[i] -= v
	}
	return d
}

// sameNoise says whether all elements of a group differ from x by the same, where they are not clipped.
func sameNoise(x, n wire.Value, group func(i, columns int) int) bool {
	first, compared := map[int]float64{}, 0
	for i, d := range differences(x, n) {
		if v := n.Floats()[i]; v <= 0 || v >= 1 {
			continue
		}
		g := group(i, x.Shape[1])
		if one, seen := first[g]; !seen {
			first[g] = d
		} else if compared++; math.Abs(d-one) > 1e-5 {
			return false
		}
	}
	return compared > 0
}

// onlyAdds says whether no value became smaller, though many could.
func onlyAdds(x, d []float64) bool {
	could := 0
	for i, v := range x {
		if d[i] < -1e-6 {
			return false
		}
		if v > 0.2 {
			could++
		}
	}
	return could >= 50
}

// mostlyUnchanged says whether a third of the values or more is as it was.
func mostlyUnchanged(d []float64) bool {
	unchanged := 0
	for _, v := range d {
		if v == 0 {
			unchanged++
		}
	}
	return unchanged >= len(d)/3
}

// noiseMoments are the expected mean and mean square of what clipped noise adds to some values, and the share of those that
// change by more than two standard deviations, each with the standard error of its estimate. The share tells a bell from
// other distributions of the same mean and deviation.
type noiseMoments struct{ std, mean, meanError, square, squareError, far, farError float64 }

// gaussian integrates over the normal distribution.
func gaussian(x []float64, std float64) (m noiseMoments) {
	const step = 0.02
	m.std = std
	known := map[float64][4]float64{} // the first, second and fourth moment at a value, and the share of far ones
	var fourth float64
	size := float64(len(x))
	for _, v := range x {
		moment, ok := known[v]
		if !ok {
			for e := -7.0; e <= 7; e += step {
				d := min(max(v+std*e, 0), 1) - v
				p := step * math.Exp(-e*e/2) / math.Sqrt(2*math.Pi)
				moment[0] += p * d
				moment[1] += p * d * d
				moment[2] += p * d * d * d * d
				if math.Abs(d) > 2*std {
					moment[3] += p
				}
			}
			known[v] = moment
		}
		m.mean += moment[0] / size
		m.square += moment[1] / size
		fourth += moment[2] / size
		m.far += moment[3] / size
	}
	m.meanError = math.Sqrt(m.square / size)
	m.squareError = math.Sqrt(fourth / size)
	m.farError = math.Sqrt(m.far / size)
	return m
}

// luck is how many standard errors no luck explains.
const luck = 7

// off says how the moments of d differ from the expected ones, by more than any luck explains, or "".
func (m noiseMoments) off(d []float64) string {
	var mean, square float64
	for _, v := range d {
		mean += v / float64(len(d))
		square += v * v / float64(len(d))
	}
	if math.Abs(mean-m.mean) > luck*m.meanError {
		// Adding 0 makes 0 of -0.
		return fmt.Sprintf("pixels change by %.3g on average, expected about %g", mean, math.Round(1e3*m.mean)/1e3+0)
	}
	if math.Abs(square-m.square) > luck*m.squareError {
		return fmt.Sprintf("pixels change by %.3g, as the root of their mean square, expected about %.3g",
			math.Sqrt(square), math.Sqrt(m.square))
	}
	return ""
}

// offBell says how far d is from a bell curve, or "".
func (m noiseMoments) offBell(d []float64) string {
	far := 0.0
	for _, v := range d {
		if math.Abs(v) > 2*m.std {
			far += 1 / float64(len(d))
		}
	}
	if math.Abs(far-m.far) <= luck*m.farError {
		return ""
	}
	return fmt.Sprintf("%.1f %% of the pixels change by more than 2 · std, expected about %.1f %%", 100*far, 100*m.far)
}
