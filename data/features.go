package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// leastProminence is how far a wave must stand out in mV to be counted, five times what DefaultECG has of noise and
// less than any wave of a normal beat.
const leastProminence = 0.1

// FeatureNames names the classical features of a beat, in the order of BeatFeatures.
func FeatureNames() []string {
	return []string{"minimum", "maximum", "mean", "median", "standard deviation", "peaks", "width", "RR interval"}
}

// BeatFeatures computes the classical features of a beat, a window of CutBeats with shape [128] in mV, and rr, the
// seconds since the R peak before. They are, in the order of FeatureNames:
//
//   - minimum, maximum, mean, median and (population) standard deviation of the samples, in mV;
//   - peaks: how many local maxima stand out by at least 0.1 mV, P, R and T in a normal beat;
//   - width: of the peak that stands out most, at half of its height above its surroundings (its prominence), in ms.
//     It is 0 where nothing stands out, as in a lost signal;
//   - RR interval: rr, in seconds.
func BeatFeatures(beat []float32, rr float64) ([]float64, error) {
	if len(beat) != BeatWidth {
		return nil, fmt.Errorf("a beat of %d samples; the features are those of %d", len(beat), BeatWidth)
	}
	values := make([]float64, len(beat))
	sum := 0.0
	for i, v := range beat {
		values[i] = float64(v)
		sum += values[i]
	}
	mean, squares := sum/float64(len(beat)), 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	peaks := wavePeaks(beat, leastProminence)
	width := 0.0
	if len(peaks) > 0 {
		most := slices.MaxFunc(peaks, func(a, b wavePeak) int { return cmp.Compare(a.prominence, b.prominence) })
		width = most.halfWidth(beat) / BeatRate * 1000
	}
	return []float64{
		slices.Min(values), slices.Max(values), mean, median(values), math.Sqrt(squares / float64(len(values))),
		float64(len(peaks)), width, rr,
	}, nil
}

// CutFeatures is CutBeats with the features of each beat instead of its samples: a table with the columns FeatureNames.
// Its rows are those of CutBeats for the same R peaks, at least two, in rising order. The first has none before it and
// takes the interval to the second.
func CutFeatures(s *Series, peaks []int) (*Dataset, error) {
	if len(peaks) < 2 {
		return nil, fmt.Errorf("%s: %d R peaks; an RR interval needs at least 2", s.Name, len(peaks))
	}
	for k := 1; k < len(peaks); k++ {
		if peaks[k] <= peaks[k-1] {
			return nil, fmt.Errorf("%s: an R peak at sample %d after one at %d; they must rise",
				s.Name, peaks[k], peaks[k-1])
		}
	}
	beats, err := CutBeats(s, peaks)
	if err != nil {
		return nil, err
	}
	about := *beats
	about.Name, about.Columns = s.Name+", features of beats", FeatureNames()
	about.Shape = []int{len(about.Columns)}
	var values []float32
	row := make([]float32, BeatWidth)
	for i, peak := range beats.Origins {
		k, _ := slices.BinarySearch(peaks, peak)
		k = max(k, 1)
		beats.Row(row, i)
		features, err := BeatFeatures(row, float64(peaks[k]-peaks[k-1])/s.Rate)
		if err != nil {
			return nil, err
		}
		for _, v := range features {
			values = append(values, float32(v))
		}
	}
	return NewRows(about, values)
}
