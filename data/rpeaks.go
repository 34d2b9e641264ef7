package data

import (
	"fmt"
	"math"
	"slices"
)

// The numbers of J. Pan and W. J. Tompkins, "A real-time QRS detection algorithm", IEEE Transactions on Biomedical
// Engineering 32(3), 1985.
const (
	qrsLow, qrsHigh = 5, 15 // the band in Hz that holds most of a QRS complex and little of the rest

	integration = 0.150 // seconds, the width of the widest QRS
	refractory  = 0.200 // seconds after a QRS in which no heart can beat again
	tWaveTime   = 0.360 // seconds after a QRS in which a peak may be its T wave
	searchBack  = 1.66  // so many mean RR intervals without a beat mean that one was missed
	recentBeats = 8     // beats whose RR intervals make the mean

	peakWeight    = 0.125 // of a new peak in the running level of beats or of noise
	missedWeight  = 0.25  // of one that searching back has found
	thresholdPart = 0.25  // of the way from the level of noise to that of beats
)

// What DetectR takes.
const (
	leastRate    = 50 // Hz; the band must lie well below half of it
	leastSeconds = 2
)

// DetectR finds the R peaks of an ECG and returns their samples in rising order. It follows Pan and Tompkins 1985: the
// slope of the signal between 5 and 15 Hz is squared and averaged over 150 ms; a peak of this energy is a heartbeat
// when it is above a threshold between the running levels of beats and of noise. A peak soon after a beat is its T wave
// when it is less than half as steep; where a beat seems to be missing, one above half of the threshold is taken.
//
// Nothing happens in real time here, which makes two things simpler than in the paper: filters run both ways, without
// delay, and the levels begin with medians over the whole series instead of a learning phase. The R peak is the
// extremum of the band-passed signal around the energy's peak, so of a beat that points down it is the lowest sample.
func DetectR(s *Series) ([]int, error) {
	if !(s.Rate >= leastRate) || math.IsInf(s.Rate, 0) {
		return nil, fmt.Errorf("%s: %v samples a second; finding R peaks needs at least %d", s.Name, s.Rate, leastRate)
	}
	if s.Seconds() < leastSeconds {
		return nil, fmt.Errorf("%s: %.2f seconds; finding R peaks needs at least %d", s.Name, s.Seconds(), leastSeconds)
	}
	for i, v := range s.Millivolts {
		if x := float64(v); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%s: sample %d is %v; it must be a finite number", s.Name, i, v)
		}
	}
	d := newDetector(s)
	for _, at := range d.candidates() {
		d.offer(at)
	}
	peaks := d.beats
	for i, at := range peaks {
		peaks[i] = d.extremum(at)
	}
	// Two peaks of the energy may share one extremum of the signal.
	return slices.Compact(peaks), nil
}

// detector holds what was learned of the beats so far.
type detector struct {
	rate         float64
	band, slope  []float64 // the band-passed signal and its derivative
	energy       []float64
	signal, rest float64 // the running levels of the energy's peaks in beats and elsewhere
	beats        []int   // peaks of the energy that are beats
	rejected     []int   // those since the last beat that are not
}

func newDetector(s *Series) *detector {
	d := &detector{rate: s.Rate, band: make([]float64, len(s.Millivolts))}
	for i, v := range s.Millivolts {
		d.band[i] = float64(v)
	}
	bandPass(qrsLow, qrsHigh, s.Rate).apply(d.band)
	d.slope = derivative(d.band, max(1, int(math.Round(s.Rate/200))))
	squares := make([]float64, len(d.slope))
	for i, v := range d.slope {
		squares[i] = v * v
	}
	d.energy = movingMean(squares, d.samples(integration)|1)
	var highest []float64
	for block := range slices.Chunk(d.energy, d.samples(2)) {
		highest = append(highest, slices.Max(block))
	}
	d.signal, d.rest = median(highest), median(d.energy)
	return d
}

// samples is a time in samples.
func (d *detector) samples(seconds float64) int { return int(math.Round(seconds * d.rate)) }

// derivative is the five-point derivative of the paper, (2x[i+1] + x[i+2] − 2x[i−1] − x[i−2]) / 8, in units of x a
// step. The paper samples 200 times a second; with more, the points lie step samples apart. It is 0 at both ends.
func derivative(x []float64, step int) []float64 {
	slope := make([]float64, len(x))
	for i := 2 * step; i < len(x)-2*step; i++ {
		slope[i] = (2*(x[i+step]-x[i-step]) + x[i+2*step] - x[i-2*step]) / 8
	}
	return slope
}

// candidates are the peaks of the energy that are the highest for half the refractory time on both sides.
func (d *detector) candidates() []int {
	reach := d.samples(refractory / 2)
	var found []int
	for i := 1; i < len(d.energy)-1; i++ {
		e := d.energy[i]
		if e <= d.energy[i-1] || e < d.energy[i+1] {
			continue
		}
		if e >= slices.Max(d.energy[max(i-reach, 0):min(i+reach+1, len(d.energy))]) {
			found = append(found, i)
		}
	}
	return found
}

// offer takes the next candidate as a beat or not.
func (d *detector) offer(at int) {
	if missed, ok := d.missed(at); ok {
		d.signal += missedWeight * (d.energy[missed] - d.signal)
		d.accept(missed)
	}
	if d.energy[at] <= d.threshold() || d.tooSoon(at) {
		d.rest += peakWeight * (d.energy[at] - d.rest)
		d.rejected = append(d.rejected, at)
		return
	}
	d.signal += peakWeight * (d.energy[at] - d.signal)
	d.accept(at)
}

func (d *detector) threshold() float64 { return d.rest + thresholdPart*(d.signal-d.rest) }

func (d *detector) accept(at int) {
	d.beats = append(d.beats, at)
	d.rejected = slices.DeleteFunc(d.rejected, func(i int) bool { return i <= at })
}

// tooSoon says whether a candidate lies in the refractory time of the last beat or is its T wave.
func (d *detector) tooSoon(at int) bool {
	if len(d.beats) == 0 {
		return false
	}
	last := d.beats[len(d.beats)-1]
	return at-last < d.samples(refractory) ||
		at-last < d.samples(tWaveTime) && d.steepest(at) < d.steepest(last)/2
}

// missed is the highest rejected candidate above half of the threshold, when the last beat lies too long ago.
func (d *detector) missed(now int) (at int, ok bool) {
	n := len(d.beats)
	if n < 2 {
		return 0, false
	}
	first := max(0, n-1-recentBeats)
	mean := float64(d.beats[n-1]-d.beats[first]) / float64(n-1-first)
	if float64(now-d.beats[n-1]) <= searchBack*mean {
		return 0, false
	}
	best := d.threshold() / 2
	for _, i := range d.rejected {
		if d.energy[i] > best && !d.tooSoon(i) {
			at, best, ok = i, d.energy[i], true
		}
	}
	return at, ok
}

// steepest is the largest slope, up or down, of the QRS complex around a peak of the energy.
func (d *detector) steepest(at int) float64 {
	return math.Abs(d.slope[d.largest(d.slope, at, d.samples(integration/2))])
}

// extremum is the sample where the band-passed signal is largest, up or down, around a peak of the energy.
func (d *detector) extremum(at int) int {
	return d.largest(d.band, at, d.samples(integration/2))
}

// largest is the first index of the largest absolute value of x within reach of at.
func (d *detector) largest(x []float64, at, reach int) int {
	best := at
	for i := max(at-reach, 0); i < min(at+reach+1, len(x)); i++ {
		if math.Abs(x[i]) > math.Abs(x[best]) {
			best = i
		}
	}
	return best
}

// median is the middle of the values, or the mean of both middles.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
