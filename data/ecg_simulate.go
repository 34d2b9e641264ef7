package data

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// ECGConfig says what SimulateECG simulates.
type ECGConfig struct {
	Seconds      float64 // length, 2 to 86,400
	Rate         float64 // samples a second, 100 to 1000 Hz
	HeartRate    float64 // mean, 40 to 150 beats a minute
	HeartRateStd float64 // its standard deviation in beats a minute, 0 to an eighth of HeartRate
	LFHF         float64 // power of the heart rate's slow changes (0.1 Hz) over that of breathing (0.25 Hz), 0 to 100
	Wander       float64 // how far breathing moves the baseline, 0 to 10 mV
	Noise        float64 // standard deviation of the noise of all samples, 0 to 10 mV

	// Fractions of the beats that are anomalous; together at most 1.
	Ectopic, Dropout, Burst float64

	Seed int64 // decides the heart rate's changes, which beats are anomalous, and the noise
}

// DefaultECG is five minutes of a healthy heart at rest with the values of McSharry et al. 2003 and a little noise, at
// the sampling rate of Record208.
func DefaultECG() ECGConfig {
	return ECGConfig{
		Seconds: 300, Rate: 360, HeartRate: 60, HeartRateStd: 1, LFHF: 0.5, Wander: 0.15, Noise: 0.01, Seed: 1,
	}
}

// burstNoise is the standard deviation of a noise burst in mV, a quarter of a normal R peak, as tense muscles make it.
const burstNoise = 0.3

// An ectopic beat comes earlier than the normal one by a fraction of the cycle that is drawn between these two. A
// larger one would begin in the cycle before.
const (
	leastPremature = 0.2
	mostPremature  = 0.3
)

// SimulateECG simulates an ECG after the dynamical model of McSharry, Clifford, Tarassenko and Smith 2003, with every
// beat labelled. Each beat is normal or, with the fractions of c, of one other kind: an ectopic beat has other waves
// (no P and Q, R two and a half times as wide and 0.2 to 0.3 of a cycle early, T turned down); in a dropout the samples
// of the beat are 0; a noise burst adds white noise of 0.3 mV to the beat. The same c gives the same Series. It ends
// within a beat of ctx.
func SimulateECG(ctx context.Context, c ECGConfig) (*Series, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	n := int(math.Round(c.Seconds * c.Rate))
	r, err := newRhythm(ctx, rrProcess(c), c.Seconds)
	if err != nil {
		return nil, fmt.Errorf("simulating an ECG: %w", err)
	}
	beats, shapes := c.beats(r, n)
	trace, err := r.trace(ctx, shapes, normalBeat().at(c.HeartRate), c.Rate, n, c.Wander)
	if err != nil {
		return nil, fmt.Errorf("simulating an ECG: %w", err)
	}
	noise, bursts := random(c.Seed, streamNoise), random(c.Seed, streamBursts)
	samples := make([]float32, n)
	for i, v := range trace {
		samples[i] = float32(v + c.Noise*noise.NormFloat64())
	}
	for _, beat := range beats {
		for i := beat.Start; i < beat.End; i++ {
			switch beat.Kind {
			case Dropout:
				samples[i] = 0
			case Burst:
				samples[i] += float32(burstNoise * bursts.NormFloat64())
			case Normal, Ectopic:
			}
		}
	}
	return &Series{Name: "simulated ECG", Rate: c.Rate, Millivolts: samples, Beats: beats}, nil
}

// beats draws the kind of each beat of a rhythm. It returns the labels of those whose R peak lies in the n samples, and
// the shapes of all.
func (c ECGConfig) beats(r rhythm, n int) ([]Beat, []beatShape) {
	sample := func(t float64) int { return int(math.Ceil(t * c.Rate)) }
	var beats []Beat
	var shapes []beatShape
	draw := random(c.Seed, streamKinds)
	for k := range r.rr {
		u, premature := draw.Float64(), leastPremature+(mostPremature-leastPremature)*draw.Float64()
		kind, shape := Normal, normalBeat()
		switch {
		case u < c.Ectopic:
			kind, shape = Ectopic, ectopicBeat(premature)
		case u < c.Ectopic+c.Dropout:
			kind = Dropout
		case u < c.Ectopic+c.Dropout+c.Burst:
			kind = Burst
		}
		at := int(math.Round(r.angleTime(k, shape[waveR].angle) * c.Rate))
		if at >= n { // The rest of the series belongs to the beat before and stays as it is.
			shape = normalBeat()
		} else {
			end := min(sample(r.end(k)), n)
			beats = append(beats, Beat{R: at, Start: sample(r.start(k)), End: end, Kind: kind})
		}
		shapes = append(shapes, shape.at(c.HeartRate))
	}
	if len(beats) > 0 {
		beats[len(beats)-1].End = n
	}
	return beats, shapes
}

// validate says what is wrong with each value.
func (c ECGConfig) validate() error {
	var problems []error
	inRange := func(name string, value, low, high float64, unit string) {
		if !(value >= low && value <= high) {
			problems = append(problems, fmt.Errorf("simulated ECG: %s is %v%s; take %v to %v",
				name, value, unit, low, high))
		}
	}
	inRange("the length", c.Seconds, 2, 86_400, " seconds")
	inRange("the sampling rate", c.Rate, 100, 1000, " Hz")
	inRange("the heart rate", c.HeartRate, 40, 150, " beats a minute")
	if c.HeartRate >= 40 && c.HeartRate <= 150 {
		inRange("the standard deviation of the heart rate", c.HeartRateStd, 0, c.HeartRate/8, " beats a minute")
	}
	inRange("the ratio of low- to high-frequency power", c.LFHF, 0, 100, "")
	inRange("the baseline wander", c.Wander, 0, 10, " mV")
	inRange("the noise", c.Noise, 0, 10, " mV")
	inRange("the fraction of ectopic beats", c.Ectopic, 0, 1, "")
	inRange("the fraction of dropouts", c.Dropout, 0, 1, "")
	inRange("the fraction of noise bursts", c.Burst, 0, 1, "")
	if len(problems) == 0 && c.Ectopic+c.Dropout+c.Burst > 1 {
		problems = append(problems, fmt.Errorf("simulated ECG: fractions of ectopic beats, dropouts and noise bursts of "+
			"%v, %v and %v; together they may be at most 1", c.Ectopic, c.Dropout, c.Burst))
	}
	return errors.Join(problems...)
}
