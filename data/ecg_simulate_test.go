package data

import (
	"context"
	"errors"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"
)

// simulate simulates an ECG with some changes to the default, which is made silent.
func simulate(t *testing.T, change func(c *ECGConfig)) *Series {
	t.Helper()
	c := DefaultECG()
	c.Noise, c.Wander = 0, 0
	change(&c)
	s, err := SimulateECG(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// extreme is the sample of the largest or, with sign -1, the smallest value between two times.
func extreme(s *Series, from, to, sign float64) int {
	best := int(from * s.Rate)
	for i := best; i <= int(to*s.Rate); i++ {
		if sign*float64(s.Millivolts[i]-s.Millivolts[best]) > 0 {
			best = i
		}
	}
	return best
}

// TestWavesComeAtTheirAngles compares the times of the waves with the angles of Table I of the paper. At 60 beats a
// minute an angle θ is θ/2π seconds from R; at 90, √1.5 and ⁴√1.5 times as much of a cycle of 2/3 s. A wave's extremum
// may lie 10 ms beside its angle, for z also falls back by itself and the waves overlap.
func TestWavesComeAtTheirAngles(t *testing.T) {
	for _, rate := range []float64{60, 90} {
		s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Rate, c.HeartRate, c.HeartRateStd = 10, 1000, rate, 0 })
		root, rr := math.Sqrt(rate/60), 60/rate
		for _, wave := range []struct {
			name         string
			angle, scale float64
			sign         float64
		}{
			{"P", -math.Pi / 3, math.Sqrt(root), 1}, {"Q", -math.Pi / 12, root, -1}, {"R", 0, 1, 1},
			{"S", math.Pi / 12, root, -1}, {"T", math.Pi / 2, math.Sqrt(root), 1},
		} {
			want := float64(s.Beats[4].R)/s.Rate + wave.angle*wave.scale/(2*math.Pi)*rr
			got := float64(extreme(s, want-0.03, want+0.03, wave.sign)) / s.Rate
			if math.Abs(got-want) > 0.010 {
				t.Errorf("at %v a minute %s comes at %.4f s, want %.4f", rate, wave.name, got, want)
			}
		}
		// The paper scales the ECG to -0.4 to 1.2 mV; ours keeps the scale of 60 a minute at other rates.
		beat := s.Millivolts[s.Beats[4].Start:s.Beats[4].End]
		if low, high := slices.Min(beat), slices.Max(beat); math.Abs(float64(low)+0.4) > 0.05 || math.Abs(float64(high)-1.2) > 0.05 {
			t.Errorf("at %v a minute a beat reaches from %.3f to %.3f mV, want -0.4 to 1.2", rate, low, high)
		}
	}
}

// TestQTShortensWithHeartRate measures from the Q to the T wave: 7π/12 of a cycle, 292 ms, at 60 a minute, and at other
// rates close to what Bazett's formula makes of it, QT ∝ √RR.
func TestQTShortensWithHeartRate(t *testing.T) {
	for _, rate := range []float64{50, 60, 75, 100} {
		s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Rate, c.HeartRate, c.HeartRateStd = 10, 1000, rate, 0 })
		r, rr := float64(s.Beats[3].R)/s.Rate, 60/rate
		q, tw := extreme(s, r-0.08, r, -1), extreme(s, r+0.12, r+0.45*rr, 1)
		got, want := float64(tw-q)/s.Rate, 7.0/24*math.Sqrt(rr)
		if math.Abs(got-want) > 0.15*want {
			t.Errorf("at %v a minute Q to T takes %.3f s, want %.3f", rate, got, want)
		}
	}
}

// TestRRProcessHasThePapersSpectrum samples T(t) over one whole period, where the cosines are orthogonal: mean and
// standard deviation must be exact, and so must the power at each frequency.
func TestRRProcessHasThePapersSpectrum(t *testing.T) {
	c := DefaultECG()
	c.HeartRate, c.HeartRateStd, c.LFHF = 75, 2, 0.5
	interval := rrProcess(c)
	values := make([]float64, leastPeriod)
	mean, squares := 0.0, 0.0
	for i := range values {
		values[i] = interval(float64(i))
		mean += values[i] / leastPeriod
	}
	for _, v := range values {
		squares += (v - mean) * (v - mean) / leastPeriod
	}
	if want := []float64{0.8, 60 * 2 / 75.0 / 75}; !near([]float64{mean, math.Sqrt(squares)}, want, 1e-9) {
		t.Errorf("mean %v, standard deviation %v; want %v", mean, math.Sqrt(squares), want)
	}
	power := func(j int) float64 {
		total := complex(0, 0)
		for i, v := range values {
			total += complex(v-mean, 0) * cmplx.Exp(complex(0, -2*math.Pi*float64(i*j%leastPeriod)/leastPeriod))
		}
		return real(total)*real(total) + imag(total)*imag(total)
	}
	low, high, lowest, highest := 0.0, 0.0, 0, 0
	for j := 1; j < leastPeriod/2; j++ {
		switch f, p := float64(j)/leastPeriod, power(j); {
		case f < 0.175:
			low += p
			if p > power(lowest) {
				lowest = j
			}
		default:
			high += p
			if p > power(highest) {
				highest = j
			}
		}
	}
	if !near([]float64{low / high}, []float64{0.5}, 1e-4) {
		t.Errorf("low- to high-frequency power is %v, want 0.5", low/high)
	}
	if f1, f2 := float64(lowest)/leastPeriod, float64(highest)/leastPeriod; math.Abs(f1-0.1) > 0.5/leastPeriod || math.Abs(f2-0.25) > 0.5/leastPeriod {
		t.Errorf("the power is largest at %v and %v Hz, want 0.1 and 0.25", f1, f2)
	}
	// The standard deviation of the paper's peaks is 0.01 Hz, so that far from f₂ the power is e^-½ of the largest.
	off := int(math.Round(0.26 * leastPeriod))
	f := (float64(off)/leastPeriod - 0.25) / 0.01
	g := (float64(highest)/leastPeriod - 0.25) / 0.01
	if got, want := power(off)/power(highest), math.Exp(-(f*f-g*g)/2); !near([]float64{got}, []float64{want}, 1e-6) {
		t.Errorf("power at 0.26 Hz is %v of that at 0.25, want %v", got, want)
	}
}

// TestRRIntervalsOfASimulation measures the RR intervals at the R peaks, where the heart beats: in half an hour their
// mean and standard deviation come close to what is asked for. Their spectrum peaks at 0.1 and 0.25 Hz.
func TestRRIntervalsOfASimulation(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Rate, c.HeartRate, c.HeartRateStd, c.LFHF = 1024, 200, 90, 3, 1 })
	peaks := s.RPeaks()
	var times, intervals []float64
	mean, squares := 0.0, 0.0
	for i := range len(peaks) - 1 {
		times = append(times, float64(peaks[i])/s.Rate)
		intervals = append(intervals, float64(peaks[i+1]-peaks[i])/s.Rate)
		mean += intervals[i] / float64(len(peaks)-1)
	}
	for _, rr := range intervals {
		squares += (rr - mean) * (rr - mean) / float64(len(intervals))
	}
	if want := 60.0 / 90; math.Abs(mean-want) > 0.005*want {
		t.Errorf("the mean RR interval is %.4f s, want %.4f", mean, want)
	}
	if got, want := math.Sqrt(squares), 60*3/90.0/90; math.Abs(got-want) > 0.1*want {
		t.Errorf("the standard deviation is %.4f s, want %.4f", got, want)
	}
	// The largest of a periodogram lies where random phases put it within a peak of standard deviation 0.01 Hz, so the
	// centre of gravity is what must be at the peak.
	for _, band := range []struct{ from, to, want float64 }{{0.05, 0.15, 0.1}, {0.2, 0.3, 0.25}} {
		total, moment := 0.0, 0.0
		for f := band.from; f < band.to; f += 1.0 / 1024 {
			sum := complex(0, 0)
			for i, at := range times {
				sum += complex(intervals[i]-mean, 0) * cmplx.Exp(complex(0, -2*math.Pi*f*at))
			}
			power := real(sum)*real(sum) + imag(sum)*imag(sum)
			total += power
			moment += power * f
		}
		if got := moment / total; math.Abs(got-band.want) > 0.003 {
			t.Errorf("the power between %v and %v Hz is centred at %.4f Hz, want %v", band.from, band.to, got, band.want)
		}
	}
}

// TestBreathingMovesTheBaseline takes the difference that Wander makes: linear in z, it must be A·sin(2πft) sent
// through z′ = −z, a sine of amplitude A/√(1+(2πf)²) that lags by atan(2πf).
func TestBreathingMovesTheBaseline(t *testing.T) {
	change := func(wander float64) func(*ECGConfig) {
		return func(c *ECGConfig) { c.Seconds, c.Wander = 12, wander }
	}
	still, moved := simulate(t, change(0)), simulate(t, change(0.15))
	w := 2 * math.Pi * 0.25
	for i := 0; i < len(still.Millivolts); i += 7 {
		at := float64(i) / still.Rate
		want := 0.15 / math.Sqrt(1+w*w) * math.Sin(w*at-math.Atan(w))
		got := float64(moved.Millivolts[i] - still.Millivolts[i])
		if math.Abs(got-want) > 2e-5 { // e^-10 is left of the start, and float32 rounds.
			t.Fatalf("after %.3f s the baseline is at %.6f mV, want %.6f", at, got, want)
		}
	}
}

// TestRPeaksAreWhereTheyAreSaidToBe looks for the highest sample of each beat.
func TestRPeaksAreWhereTheyAreSaidToBe(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.HeartRate, c.HeartRateStd, c.Ectopic = 120, 75, 3, 0.2 })
	ectopic := 0
	for k, beat := range s.Beats {
		at := float64(beat.R) / s.Rate
		if at < 0.06 || at > s.Seconds()-0.06 {
			continue
		}
		off := extreme(s, at-0.06, at+0.06, 1) - beat.R
		allowed := 1 // sample, of 2.8 ms
		if beat.Kind == Ectopic {
			allowed = 4 // A wide wave has a flat top, which the waves beside it tilt.
			ectopic++
		}
		if off < -allowed || off > allowed {
			t.Errorf("beat %d (%v) is highest %d samples from its R peak", k, beat.Kind, off)
		}
	}
	if n := float64(len(s.Beats)); math.Abs(float64(ectopic)-0.2*n) > 4*math.Sqrt(n*0.2*0.8) {
		t.Errorf("%d ectopic beats of %v, want about a fifth", ectopic, n)
	}
}

// TestEctopicBeatsAreEarlyAndPause: the beat comes a fifth to three tenths of a cycle early, the next where it would
// have come anyway, so both intervals together make two of the heart's.
func TestEctopicBeatsAreEarlyAndPause(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.HeartRateStd, c.Ectopic = 300, 0, 0.1 })
	checked := 0
	for k := 1; k < len(s.Beats)-1; k++ {
		if s.Beats[k].Kind != Ectopic || s.Beats[k-1].Kind == Ectopic || s.Beats[k+1].Kind == Ectopic {
			continue
		}
		checked++
		before := float64(s.Beats[k].R-s.Beats[k-1].R) / s.Rate
		both := float64(s.Beats[k+1].R-s.Beats[k-1].R) / s.Rate
		if before < 0.7-0.003 || before > 0.8+0.003 || math.Abs(both-2) > 0.003 {
			t.Errorf("beat %d comes %.3f s after the one before, the next %.3f s; want 0.7 to 0.8 and 2", k, before, both)
		}
	}
	if checked < 10 {
		t.Errorf("%d single ectopic beats only", checked)
	}
}

// TestAnomaliesChangeTheirBeatsAlone compares with the same heart without anomalies.
func TestAnomaliesChangeTheirBeatsAlone(t *testing.T) {
	change := func(anomalies float64) func(*ECGConfig) {
		return func(c *ECGConfig) { c.Seconds, c.Dropout, c.Burst, c.Seed = 120, anomalies, anomalies, 4 }
	}
	plain, s := simulate(t, change(0)), simulate(t, change(0.1))
	seen := map[BeatKind]int{}
	if s.Beats[0].Start != 0 || s.Beats[len(s.Beats)-1].End != len(s.Millivolts) {
		t.Errorf("the beats reach from %d to %d", s.Beats[0].Start, s.Beats[len(s.Beats)-1].End)
	}
	for k, beat := range s.Beats {
		if k > 0 && beat.Start != s.Beats[k-1].End || beat.R < beat.Start || beat.R >= beat.End {
			t.Errorf("beat %d: %+v after %+v", k, beat, s.Beats[max(k-1, 0)])
		}
		seen[beat.Kind]++
		got, want := s.Millivolts[beat.Start:beat.End], plain.Millivolts[beat.Start:beat.End]
		switch beat.Kind {
		case Normal:
			if !slices.Equal(got, want) {
				t.Errorf("normal beat %d differs", k)
			}
		case Dropout:
			if slices.Max(got) != 0 || slices.Min(got) != 0 {
				t.Errorf("lost beat %d reaches from %v to %v mV", k, slices.Min(got), slices.Max(got))
			}
		case Burst:
			squares := 0.0
			for i := range got {
				d := float64(got[i] - want[i])
				squares += d * d
			}
			n := float64(len(got)) // A standard deviation of n values is within 5·0.3/√(2n) of 0.3.
			if std := math.Sqrt(squares / n); math.Abs(std-0.3) > 5*0.3/math.Sqrt(2*n) {
				t.Errorf("burst %d has a standard deviation of %.3f mV, want 0.3", k, std)
			}
		case Ectopic:
			t.Errorf("beat %d is ectopic", k)
		}
	}
	if seen[Dropout] < 3 || seen[Burst] < 3 || seen[Normal] < 60 {
		t.Errorf("beats of each kind: %v", seen)
	}
}

func TestNoiseHasItsStandardDeviation(t *testing.T) {
	change := func(noise float64) func(*ECGConfig) { return func(c *ECGConfig) { c.Seconds, c.Noise = 60, noise } }
	plain, noisy := simulate(t, change(0)), simulate(t, change(0.05))
	sum, squares, n := 0.0, 0.0, float64(len(plain.Millivolts))
	for i, v := range noisy.Millivolts {
		d := float64(v - plain.Millivolts[i])
		sum += d
		squares += d * d
	}
	if mean, std := sum/n, math.Sqrt(squares/n); math.Abs(mean) > 5*0.05/math.Sqrt(n) || math.Abs(std-0.05) > 5*0.05/math.Sqrt(2*n) {
		t.Errorf("noise of mean %.5f, standard deviation %.5f; want 0, 0.05", mean, std)
	}
}

func TestSimulationRepeatsItself(t *testing.T) {
	change := func(seed int64) func(*ECGConfig) {
		return func(c *ECGConfig) {
			c.Seconds, c.Noise, c.Seed = 30, 0.01, seed
			c.Ectopic, c.Dropout, c.Burst = 0.1, 0.1, 0.1
		}
	}
	first, again, other := simulate(t, change(7)), simulate(t, change(7)), simulate(t, change(8))
	if !slices.Equal(first.Millivolts, again.Millivolts) || !slices.Equal(first.Beats, again.Beats) {
		t.Error("the same seed gives another ECG")
	}
	if slices.Equal(first.Millivolts, other.Millivolts) || slices.Equal(first.Beats, other.Beats) {
		t.Error("another seed gives the same ECG")
	}
}

// TestSeedDecidesEachPartOfTheECG leaves one random part at a time.
func TestSeedDecidesEachPartOfTheECG(t *testing.T) {
	for name, part := range map[string]func(c *ECGConfig){
		"heart rate": func(c *ECGConfig) { c.HeartRateStd = 3 },
		"noise":      func(c *ECGConfig) { c.Noise = 0.01 },
		"bursts":     func(c *ECGConfig) { c.Burst = 1 },
		"kinds":      func(c *ECGConfig) { c.Dropout = 0.5 },
		"earliness":  func(c *ECGConfig) { c.Ectopic = 1 },
	} {
		var made [2]*Series
		for i := range made {
			made[i] = simulate(t, func(c *ECGConfig) {
				c.Seconds, c.HeartRateStd, c.Seed = 20, 0, int64(i)
				part(c)
			})
		}
		if slices.Equal(made[0].Millivolts, made[1].Millivolts) {
			t.Errorf("%s: two seeds give the same", name)
		}
	}
}

func TestSimulationEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := SimulateECG(ctx, DefaultECG()); !errors.Is(err, context.Canceled) || s != nil {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestRhythmEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	asked := 0
	_, err := newRhythm(ctx, func(float64) float64 {
		if asked++; asked == 3 {
			cancel()
		}
		return 1
	}, 100)
	if !errors.Is(err, context.Canceled) || asked != 3 {
		t.Errorf("after the context's end %d intervals were drawn, error %v", asked-3, err)
	}
}

func TestSimulationRefuses(t *testing.T) {
	for want, change := range map[string]func(c *ECGConfig){
		"the length is 1 seconds; take 2 to 86400":                                  func(c *ECGConfig) { c.Seconds = 1 },
		"the length is NaN":                                                         func(c *ECGConfig) { c.Seconds = math.NaN() },
		"the sampling rate is 99 Hz; take 100 to 1000":                              func(c *ECGConfig) { c.Rate = 99 },
		"the heart rate is 151 beats a minute; take 40 to 150":                      func(c *ECGConfig) { c.HeartRate = 151 },
		"standard deviation of the heart rate is 8 beats a minute; take 0 to 7.5":   func(c *ECGConfig) { c.HeartRateStd = 8 },
		"ratio of low- to high-frequency power is -1; take 0 to 100":                func(c *ECGConfig) { c.LFHF = -1 },
		"the baseline wander is 11 mV":                                              func(c *ECGConfig) { c.Wander = 11 },
		"the noise is +Inf mV":                                                      func(c *ECGConfig) { c.Noise = math.Inf(1) },
		"the fraction of ectopic beats is -0.1; take 0 to 1":                        func(c *ECGConfig) { c.Ectopic = -0.1 },
		"the fraction of dropouts is 2":                                             func(c *ECGConfig) { c.Dropout = 2 },
		"the fraction of noise bursts is NaN":                                       func(c *ECGConfig) { c.Burst = math.NaN() },
		"noise bursts of 0.5, 0.4 and 0.2; together they may be at most 1":          func(c *ECGConfig) { c.Ectopic, c.Dropout, c.Burst = 0.5, 0.4, 0.2 },
		"the heart rate is 0 beats a minute; take 40 to 150\nsimulated ECG: the no": func(c *ECGConfig) { c.HeartRate, c.Noise = 0, -1 },
	} {
		c := DefaultECG()
		change(&c)
		if s, err := SimulateECG(t.Context(), c); err == nil || s != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestExtremeSettings must not fail on what validate lets through: the slowest and the fastest heart, all beats
// ectopic.
func TestExtremeSettings(t *testing.T) {
	for _, rate := range []float64{40, 150} {
		s := simulate(t, func(c *ECGConfig) {
			c.Seconds, c.Rate, c.HeartRate, c.HeartRateStd, c.LFHF, c.Ectopic = 20, 100, rate, rate/8, 0, 1
		})
		if n := float64(len(s.Beats)); math.Abs(n-rate/3) > rate/12 {
			t.Errorf("%v beats in 20 seconds at %v a minute", n, rate)
		}
		if low, high := slices.Min(s.Millivolts), slices.Max(s.Millivolts); low < -3 || high > 3 {
			t.Errorf("at %v a minute the ECG reaches from %v to %v mV", rate, low, high)
		}
	}
}
