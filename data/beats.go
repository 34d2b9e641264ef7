package data

import (
	"fmt"
	"math"
	"sort"
)

// A beat as a Dataset holds it is a window of fixed width around the R peak: 128 samples, 180 a second, of which the
// 46th is the R peak. So it reaches from a quarter of a second before R to 0.46 seconds after. That is from before the
// P wave to behind the T wave at rest, and short enough to leave out the next QRS complex up to about 110 beats a
// minute; the width is a power of two, which the layers of a dense autoencoder halve, and 180 Hz keep all of a QRS
// complex, which has little above 40 Hz.
const (
	BeatWidth = 128
	BeatRate  = 180.0
	BeatR     = 45 // index of the R peak
)

// CutBeats cuts a window around each of the given R peaks, in samples: those that DetectR found or s.RPeaks. The
// Dataset has shape [n, 128] in mV, its Origins are the R peaks. Between samples a window is interpolated linearly. An
// R peak so near to an end that its window would go beyond is left out. Where s.Beats is known a window has the label
// of the beat in which its R peak lies.
func CutBeats(s *Series, peaks []int) (*Dataset, error) {
	kept, err := s.wholeBeats(peaks)
	if err != nil {
		return nil, err
	}
	values := make([]float32, len(kept)*BeatWidth)
	for i, peak := range kept {
		s.window(values[i*BeatWidth:(i+1)*BeatWidth], peak)
	}
	about := Dataset{Name: s.Name + ", beats", Shape: []int{BeatWidth}, Origins: kept}
	about.Classes, about.Labels = s.labels(kept)
	return NewRows(about, values)
}

// wholeBeats are the R peaks whose windows lie within the series.
func (s *Series) wholeBeats(peaks []int) ([]int, error) {
	if !(s.Rate > 0) || math.IsInf(s.Rate, 0) {
		return nil, fmt.Errorf("%s: a sampling rate of %v Hz; it must be above 0", s.Name, s.Rate)
	}
	n := len(s.Millivolts)
	before, after := BeatR/BeatRate*s.Rate, (BeatWidth-1-BeatR)/BeatRate*s.Rate
	kept := make([]int, 0, len(peaks))
	for _, peak := range peaks {
		if peak < 0 || peak >= n {
			return nil, fmt.Errorf("%s: an R peak at sample %d; the samples are 0 to %d", s.Name, peak, n-1)
		}
		if float64(peak)-before >= 0 && float64(peak)+after <= float64(n-1) {
			kept = append(kept, peak)
		}
	}
	return kept, nil
}

// window writes the window of BeatWidth values around an R peak to dst.
func (s *Series) window(dst []float32, peak int) {
	for j := range dst {
		at := float64(peak) + float64(j-BeatR)/BeatRate*s.Rate
		low := min(int(at), len(s.Millivolts)-1)
		high := min(low+1, len(s.Millivolts)-1)
		part := float32(at - float64(low))
		dst[j] = s.Millivolts[low] + part*(s.Millivolts[high]-s.Millivolts[low])
	}
}

// labels are the classes of beats and the label of the beat in which each sample lies, or nothing where s has no beats.
func (s *Series) labels(samples []int) ([]string, []uint8) {
	if len(s.Beats) == 0 {
		return nil, nil
	}
	labels := make([]uint8, len(samples))
	for i, at := range samples {
		k := sort.Search(len(s.Beats), func(k int) bool { return s.Beats[k].End > at })
		labels[i] = uint8(s.Beats[min(k, len(s.Beats)-1)].Kind)
	}
	return BeatKinds(), labels
}
