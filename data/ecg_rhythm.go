package data

import (
	"context"
	"math"
)

// rhythm is when the sinus node fires: beat k passes θ = 0 at zero[k], and rr[k] seconds later the next does.
type rhythm struct {
	rr, zero []float64
}

// newRhythm goes on until the last beat ends after seconds. interval gives the RR interval that begins at a time. It
// fails within a beat of ctx's end: for a day an interval is the sum of tens of thousands of cosines.
func newRhythm(ctx context.Context, interval func(t float64) float64, seconds float64) (rhythm, error) {
	first := interval(0)
	r := rhythm{rr: []float64{first}, zero: []float64{first / 2}}
	for k := 0; r.end(k) < seconds; k++ {
		if err := ctx.Err(); err != nil {
			return rhythm{}, err
		}
		t := r.zero[k] + r.rr[k]
		r.zero = append(r.zero, t)
		r.rr = append(r.rr, interval(t))
	}
	return r, nil
}

// before is the RR interval before beat k; before the first it is as long as after it.
func (r rhythm) before(k int) float64 { return r.rr[max(k-1, 0)] }

// start is when the cycle of beat k begins, at θ = −π, and end when it ends.
func (r rhythm) start(k int) float64 { return r.zero[k] - r.before(k)/2 }
func (r rhythm) end(k int) float64   { return r.zero[k] + r.rr[k]/2 }

// angleTime is when beat k passes an angle between −π and π.
func (r rhythm) angleTime(k int, angle float64) float64 {
	if angle < 0 {
		return r.zero[k] + angle/(2*math.Pi)*r.before(k)
	}
	return r.zero[k] + angle/(2*math.Pi)*r.rr[k]
}

// warmUp is how many beats pass before the first sample, so that z forgets where it began: it does so as e^−t.
const warmUp = 10

// trace integrates the model for beats of the given shapes, warmed up by beats of another, and returns n samples of the
// ECG in mV. wander is the amplitude A of the baseline in mV. The steps end where the speed or the shape changes, so
// none goes across a jump.
func (r rhythm) trace(
	ctx context.Context, shapes []beatShape, warm beatShape, rate float64, n int, wander float64,
) ([]float64, error) {
	h := heart{t: -warmUp * r.rr[0], x: -1, wander: wander / zGain}
	h.advance(0, 2*math.Pi/r.rr[0], &warm)
	millivolts := make([]float64, 0, n)
	for k := range shapes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, half := range []struct{ until, rr float64 }{{r.zero[k], r.before(k)}, {r.end(k), r.rr[k]}} {
			for len(millivolts) < n && float64(len(millivolts))/rate < half.until {
				h.advance(float64(len(millivolts))/rate, 2*math.Pi/half.rr, &shapes[k])
				millivolts = append(millivolts, zGain*h.z+zOffset)
			}
			h.advance(half.until, 2*math.Pi/half.rr, &shapes[k])
		}
	}
	return millivolts, nil
}

// Mayer waves of the blood pressure move the heart rate with 0.1 Hz, f₁ of the paper; c₁ and c₂ of the paper, the
// standard deviations of both peaks of the spectrum, are 0.01 Hz.
const (
	mayer     = 0.1
	peakWidth = 0.01
)

// leastPeriod is how long in seconds it takes at least until the RR intervals repeat themselves. It also sets how
// finely their spectrum is sampled.
const leastPeriod = 1024

// rrProcess draws a continuous RR interval T(t) with the mean 60/rate and the standard deviation 60·std/rate² seconds,
// which a heart rate with the standard deviation std has to first order. Its power spectrum is that of the paper,
//
//	S(f) = σ₁² N(f; f₁, c₁) + σ₂² N(f; f₂, c₂),  σ₁²/σ₂² the ratio of low- to high-frequency power,
//
// where N is the normal density. As in the paper T is the inverse Fourier transform of √S(f) with random phases; summed
// here as cosines, it can be asked for at any time.
func rrProcess(c ECGConfig) func(t float64) float64 {
	period := float64(leastPeriod)
	for period < c.Seconds {
		period *= 2
	}
	type cosine struct{ amplitude, speed, phase float64 }
	var cosines []cosine
	draw := random(c.Seed, streamRhythm)
	squares := 0.0
	for j := 1.0; j/period < respiration+5*peakWidth; j++ {
		f := j / period
		low, high := (f-mayer)/peakWidth, (f-respiration)/peakWidth
		power := c.LFHF*math.Exp(-low*low/2) + math.Exp(-high*high/2)
		phase := 2 * math.Pi * draw.Float64()
		if power < 1e-6 {
			continue
		}
		cosines = append(cosines, cosine{math.Sqrt(power), 2 * math.Pi * f, phase})
		squares += power
	}
	mean := 60 / c.HeartRate
	// A cosine of amplitude a has the variance a²/2.
	scale := 60 * c.HeartRateStd / (c.HeartRate * c.HeartRate) / math.Sqrt(squares/2)
	return func(t float64) float64 {
		rr := mean
		for _, w := range cosines {
			rr += scale * w.amplitude * math.Cos(w.speed*t+w.phase)
		}
		// A heart rate with the largest standard deviation allowed gets here once in thousands of beats.
		return max(rr, mean/2)
	}
}
