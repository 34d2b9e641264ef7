package data

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// agreement compares found R peaks with the true ones. A found peak within tolerance samples of a true one finds it;
// the standard ANSI/AAMI EC57 allows 150 ms. missed and extra are the others; worst is the largest distance of a pair.
func agreement(truth, found []int, tolerance int) (hits int, missed, extra []int, worst int) {
	i, j := 0, 0
	for i < len(truth) && j < len(found) {
		switch off := found[j] - truth[i]; {
		case off < -tolerance:
			extra = append(extra, found[j])
			j++
		case off > tolerance:
			missed = append(missed, truth[i])
			i++
		default:
			hits++
			worst = max(worst, off, -off)
			i++
			j++
		}
	}
	return hits, append(missed, truth[i:]...), append(extra, found[j:]...), worst
}

// TestDetectorFindsSimulatedBeats measures sensitivity, the fraction of the beats that is found, and positive
// predictivity, the fraction of what is found that is a beat. A lost beat cannot be found, so it counts as none.
func TestDetectorFindsSimulatedBeats(t *testing.T) {
	for name, test := range map[string]struct {
		change                 func(c *ECGConfig)
		sensitivity, precision float64
		worst                  float64 // ms
	}{
		"rest":          {func(*ECGConfig) {}, 1, 1, 3},
		"slow":          {func(c *ECGConfig) { c.HeartRate = 45 }, 1, 1, 3},
		"fast":          {func(c *ECGConfig) { c.HeartRate, c.HeartRateStd = 140, 5 }, 1, 1, 3},
		"128 Hz":        {func(c *ECGConfig) { c.Rate, c.HeartRate = 128, 80 }, 1, 1, 8},
		"1000 Hz":       {func(c *ECGConfig) { c.Rate, c.Seconds = 1000, 60 }, 1, 1, 3},
		"noise":         {func(c *ECGConfig) { c.Noise = 0.3 }, 0.98, 0.98, 20},
		"wander":        {func(c *ECGConfig) { c.Wander = 2 }, 1, 1, 3},
		"ectopic beats": {func(c *ECGConfig) { c.Ectopic, c.HeartRate = 0.15, 75 }, 0.99, 1, 6},
		"dropouts":      {func(c *ECGConfig) { c.Dropout = 0.3 }, 0.99, 1, 3},
		"all anomalies": {func(c *ECGConfig) { c.Ectopic, c.Dropout, c.Burst = 0.08, 0.05, 0.05 }, 0.98, 0.98, 15},
		"another seed":  {func(c *ECGConfig) { c.Ectopic, c.Dropout, c.Burst, c.Seed = 0.08, 0.05, 0.05, 9 }, 0.98, 0.98, 15},
	} {
		s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Noise, c.Wander = 120, 0.02, 0.15; test.change(c) })
		found, err := DetectR(s)
		if err != nil {
			t.Fatal(err)
		}
		var truth []int
		for _, beat := range s.Beats {
			if beat.Kind != Dropout {
				truth = append(truth, beat.R)
			}
		}
		hits, missed, extra, worst := agreement(truth, found, int(0.15*s.Rate))
		// The beat at either end may lie there in part only.
		missed = slices.DeleteFunc(missed, func(at int) bool { return at < int(s.Rate/5) || at > len(s.Millivolts)-int(s.Rate/5) })
		sensitivity := 1 - float64(len(missed))/float64(len(truth))
		precision, off := float64(hits)/float64(len(found)), float64(worst)/s.Rate*1000
		if sensitivity < test.sensitivity || precision < test.precision || off > test.worst {
			t.Errorf("%s: sensitivity %.4f, positive predictivity %.4f, up to %.1f ms off; want %v, %v, %v; missed %v, extra %v",
				name, sensitivity, precision, off, test.sensitivity, test.precision, test.worst, missed, extra)
		}
		if !slices.IsSorted(found) {
			t.Errorf("%s: the R peaks are not in order", name)
		}
	}
}

// TestDetectorNeedsNoBeginning loses the first 20 of 60 seconds, in which a learning phase would have learned nothing.
func TestDetectorNeedsNoBeginning(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Noise = 60, 0.02 })
	clear(s.Millivolts[:20*360])
	truth := slices.DeleteFunc(s.RPeaks(), func(at int) bool { return at < 20*360 })
	found, err := DetectR(s)
	if err != nil {
		t.Fatal(err)
	}
	if hits, missed, extra, _ := agreement(truth, found, 3); hits < len(truth)-1 || len(extra) > 0 {
		t.Errorf("missed %v, found beside the beats %v", missed, extra)
	}
}

// TestDetectorAgreesWithFindPeaks compares with SciPy on the real record, which has many wide beats and artefacts.
// Nobody labelled the excerpt, so this is agreement of two methods and not accuracy.
func TestDetectorAgreesWithFindPeaks(t *testing.T) {
	var oracle struct{ Peaks []int }
	readOracle(t, "record208", &oracle)
	s, err := Record208()
	if err != nil {
		t.Fatal(err)
	}
	found, err := DetectR(s)
	if err != nil {
		t.Fatal(err)
	}
	hits, missed, extra, _ := agreement(oracle.Peaks, found, int(0.15*s.Rate))
	if n := len(oracle.Peaks); n != 500 || float64(hits) < 0.99*float64(n) || len(extra) > 2 {
		t.Errorf("of SciPy's %d R peaks %d are found, not %v; beside them %v", n, hits, missed, extra)
	}
	near, _, _, _ := agreement(oracle.Peaks, found, 3)
	if float64(near) < 0.95*float64(hits) {
		t.Errorf("%d of %d R peaks are within 3 samples of SciPy's", near, hits)
	}
}

func TestBandPassMatchesSciPy(t *testing.T) {
	var oracle struct {
		Raw  []float64
		B360 []float64 `json:"band_360"`
		B128 []float64 `json:"band_128"`
	}
	readOracle(t, "beats", &oracle)
	for rate, want := range map[float64][]float64{360: oracle.B360, 128: oracle.B128} {
		got := slices.Clone(oracle.Raw)
		bandPass(5, 15, rate).apply(got)
		if !near(got, want, 1e-9) {
			t.Errorf("at %v Hz the filtered signal differs", rate)
		}
	}
	bandPass(5, 15, 360).apply(nil) // must not fail
}

func TestDerivativeAndMovingMean(t *testing.T) {
	// Of i² the five-point derivative is (2((i+1)² − (i−1)²) + (i+2)² − (i−2)²)/8 = 2i; of points two apart, 4i.
	squares := make([]float64, 12)
	for i := range squares {
		squares[i] = float64(i * i)
	}
	if got := derivative(squares, 1); !near(got, []float64{0, 0, 4, 6, 8, 10, 12, 14, 16, 18, 0, 0}, 1e-12) {
		t.Errorf("got %v", got)
	}
	if got := derivative(squares, 2); !near(got, []float64{0, 0, 0, 0, 16, 20, 24, 28, 0, 0, 0, 0}, 1e-12) {
		t.Errorf("got %v", got)
	}
	if got := movingMean([]float64{3, 6, 0, 9}, 3); !near(got, []float64{4.5, 3, 5, 4.5}, 1e-12) {
		t.Errorf("got %v", got)
	}
	if median([]float64{3, 1, 2}) != 2 || median([]float64{4, 1, 2, 3}) != 2.5 {
		t.Error("wrong median")
	}
}

func TestDetectorFindsNothingInNothing(t *testing.T) {
	for _, level := range []float32{0, 1.5} {
		s := &Series{Name: "flat", Rate: 360, Millivolts: slices.Repeat([]float32{level}, 3600)}
		if found, err := DetectR(s); err != nil || len(found) != 0 {
			t.Errorf("a flat line at %v mV: %v, %v", level, found, err)
		}
	}
}

func TestDetectorRefuses(t *testing.T) {
	for want, s := range map[string]*Series{
		"s: 49 samples a second; finding R peaks needs at least 50": {Rate: 49, Millivolts: make([]float32, 1000)},
		"s: NaN samples a second":                                   {Rate: math.NaN(), Millivolts: make([]float32, 1000)},
		"s: +Inf samples":                                           {Rate: math.Inf(1), Millivolts: make([]float32, 1000)},
		"s: 1.99 seconds; finding R peaks needs at least 2":         {Rate: 100, Millivolts: make([]float32, 199)},
		"s: 0.00 seconds":                                           {Rate: 100},
		"s: sample 1 is NaN; it must be a finite number":            {Rate: 100, Millivolts: []float32{300: 0, 1: float32(math.NaN())}},
	} {
		s.Name = "s"
		if found, err := DetectR(s); err == nil || found != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
