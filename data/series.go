package data

import "fmt"

// Series is one lead of an electrocardiogram (ECG). Like a Dataset it does not change once it is made.
type Series struct {
	// Name says what was recorded or simulated.
	Name string
	// Rate is the number of samples a second, in Hz.
	Rate float64
	// Millivolts are the samples, shape [n].
	Millivolts []float32
	// Beats are the heartbeats in order of time, or nil where nobody labelled them.
	Beats []Beat
}

// Beat is one labelled heartbeat of a Series.
type Beat struct {
	R          int // the sample of the R peak, the beat's highest
	Start, End int // its samples are Start to End-1; beats follow each other without a gap
	Kind       BeatKind
}

// BeatKind says what a heartbeat is; it is also its label, an index into BeatKinds.
type BeatKind uint8

// The kinds of beats.
const (
	Normal  BeatKind = iota
	Ectopic          // a premature beat that began in the ventricles: early, wide, without a P wave
	Dropout          // the signal was lost, all samples are 0
	Burst            // a burst of noise lies over the beat
)

// BeatKinds names the kinds of beats, in the order of their labels.
func BeatKinds() []string { return []string{"normal", "ectopic", "dropout", "noise burst"} }

// String is the name of the kind.
func (k BeatKind) String() string {
	if names := BeatKinds(); int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("BeatKind(%d)", uint8(k))
}

// Seconds is the length of the series.
func (s *Series) Seconds() float64 { return float64(len(s.Millivolts)) / s.Rate }

// RPeaks are the samples of the R peaks of the labelled beats.
func (s *Series) RPeaks() []int {
	peaks := make([]int, len(s.Beats))
	for i, beat := range s.Beats {
		peaks[i] = beat.R
	}
	return peaks
}
