package data

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// beatsOracle is testdata/beats.json.
type beatsOracle struct {
	Peaks       []int
	FirstWindow []float64 `json:"first_window"`
	LastWindow  []float64 `json:"last_window"`
	Features    [][]float64
	Flat        []float64
	Waves       []struct {
		Values            []float64
		Least             float64
		At                []int
		Prominence, Width []float64
	}
}

func TestWindowsMatchNumPy(t *testing.T) {
	var oracle beatsOracle
	readOracle(t, "beats", &oracle)
	s, err := Record208()
	if err != nil {
		t.Fatal(err)
	}
	d, err := CutBeats(s, oracle.Peaks)
	if err != nil {
		t.Fatal(err)
	}
	if d.Len() != len(oracle.Peaks) || !slices.Equal(d.Shape, []int{128}) || d.Labels != nil || !slices.Equal(d.Origins, oracle.Peaks) {
		t.Errorf("%d beats of shape %v, labels %v, origins %v", d.Len(), d.Shape, d.Labels, d.Origins)
	}
	row := make([]float32, 128)
	for i, want := range map[int][]float64{0: oracle.FirstWindow, d.Len() - 1: oracle.LastWindow} {
		if d.Row(row, i); !near(wide(row), want, 1e-6) {
			t.Errorf("window %d is %v, want %v", i, row, want)
		}
	}
	if d.Row(row, 0); row[BeatR] != s.Millivolts[oracle.Peaks[0]] {
		t.Errorf("the R peak is %v at its index, want %v", row[BeatR], s.Millivolts[oracle.Peaks[0]])
	}
}

// TestWindowsAreInterpolated cuts a ramp of 1 mV a second: at each rate the value is the time.
func TestWindowsAreInterpolated(t *testing.T) {
	for _, rate := range []float64{100, 180, 250, 360, 1000} {
		s := &Series{Name: "ramp", Rate: rate, Millivolts: make([]float32, int(2*rate))}
		for i := range s.Millivolts {
			s.Millivolts[i] = float32(float64(i) / rate)
		}
		d, err := CutBeats(s, []int{int(rate)})
		if err != nil || d.Len() != 1 {
			t.Fatalf("%v Hz: %v, %v", rate, d, err)
		}
		want := make([]float64, BeatWidth)
		for j := range want {
			want[j] = 1 + (float64(j)-45)/180
		}
		if !near(wide(rows(d)), want, 1e-6) {
			t.Errorf("%v Hz: %v, want %v", rate, rows(d), want)
		}
	}
}

func TestWindowsBeyondTheEndsAreLeftOut(t *testing.T) {
	s := &Series{Name: "s", Rate: 360, Millivolts: make([]float32, 1000)}
	d, err := CutBeats(s, []int{0, 89, 90, 500, 1000 - 1 - 164, 1000 - 164, 999})
	if err != nil || !slices.Equal(d.Origins, []int{90, 500, 835}) {
		t.Errorf("kept %v, %v; want 90, 500, 835", d.Origins, err)
	}
	if d, err := CutBeats(s, nil); err != nil || d.Len() != 0 || d.Width() != 128 {
		t.Errorf("no peaks: %v, %v", d, err)
	}
}

func TestWindowsHaveTheLabelsOfTheirBeats(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.Ectopic, c.Dropout, c.Burst = 60, 0.2, 0.2, 0.2 })
	d, err := CutBeats(s, s.RPeaks())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[int]BeatKind{}
	for _, beat := range s.Beats {
		kinds[beat.R] = beat.Kind
	}
	for i, at := range d.Origins {
		if BeatKind(d.Labels[i]) != kinds[at] || d.Classes[d.Labels[i]] != kinds[at].String() {
			t.Errorf("the beat at %d has the label %d, want %v", at, d.Labels[i], kinds[at])
		}
	}
	if d.Len() < len(s.Beats)-2 || slices.Min(count(d)) < 3 {
		t.Errorf("%d windows of %d beats, of each kind %v", d.Len(), len(s.Beats), count(d))
	}
	// A peak beside R belongs to the beat all the same.
	for _, beat := range s.Beats[1 : len(s.Beats)-1] {
		d, err := CutBeats(s, []int{beat.Start, beat.End - 1})
		if want := uint8(beat.Kind); err != nil || !slices.Equal(d.Labels, []uint8{want, want}) {
			t.Errorf("the ends of beat %+v are labelled %v, %v", beat, d.Labels, err)
		}
	}
}

func TestWindowsRefuse(t *testing.T) {
	s := &Series{Name: "s", Rate: 360, Millivolts: make([]float32, 1000)}
	for _, peak := range []int{-1, 1000} {
		if _, err := CutBeats(s, []int{500, peak}); err == nil || !strings.Contains(err.Error(), "the samples are 0 to 999") {
			t.Errorf("a peak at %d: %v", peak, err)
		}
	}
	for _, rate := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		s.Rate = rate
		if _, err := CutBeats(s, []int{500}); err == nil || !strings.Contains(err.Error(), "must be above 0") {
			t.Errorf("a rate of %v: %v", rate, err)
		}
	}
	s.Rate, s.Millivolts[400] = 360, float32(math.NaN())
	if _, err := CutBeats(s, []int{400}); err == nil || !strings.Contains(err.Error(), "value 45 of example 0 is NaN") {
		t.Errorf("NaN in the series: %v", err)
	}
}

func TestWavesMatchSciPy(t *testing.T) {
	var oracle beatsOracle
	readOracle(t, "beats", &oracle)
	found := 0
	for k, want := range oracle.Waves {
		x := make([]float32, len(want.Values))
		for i, v := range want.Values {
			x[i] = float32(v)
		}
		var at []int
		var prominences, widths []float64
		for _, p := range wavePeaks(x, want.Least) {
			at, prominences, widths = append(at, p.at), append(prominences, p.prominence), append(widths, p.halfWidth(x))
		}
		if !slices.Equal(at, want.At) || !near(prominences, want.Prominence, 1e-5) || !near(widths, want.Width, 1e-5) {
			t.Errorf("series %d: waves at %v, %v high, %v wide; want %v, %v, %v", k, at, prominences, widths, want.At, want.Prominence, want.Width)
		}
		found += len(at)
	}
	if found < 10 {
		t.Errorf("%d waves only", found)
	}
}

func TestFeaturesMatchSciPy(t *testing.T) {
	var oracle beatsOracle
	readOracle(t, "beats", &oracle)
	s, err := Record208()
	if err != nil {
		t.Fatal(err)
	}
	d, err := CutFeatures(s, oracle.Peaks)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(d.Columns, FeatureNames()) || d.Len() != len(oracle.Features) || !slices.Equal(d.Origins, oracle.Peaks) {
		t.Errorf("%d rows of the columns %q", d.Len(), d.Columns)
	}
	row := make([]float32, d.Width())
	for i, want := range oracle.Features {
		if d.Row(row, i); !near(wide(row), want, 1e-5) {
			t.Errorf("beat %d has the features %v, want %v", i, row, want)
		}
	}
	flat, err := BeatFeatures(make([]float32, BeatWidth), 1)
	if err != nil || !near(flat, oracle.Flat, 1e-9) {
		t.Errorf("a lost beat has the features %v, %v; want %v", flat, err, oracle.Flat)
	}
}

// TestFeaturesOfSimulatedBeats: P, R and T of a normal beat are its peaks; an ectopic one is wide and early.
func TestFeaturesOfSimulatedBeats(t *testing.T) {
	s := simulate(t, func(c *ECGConfig) { c.Seconds, c.HeartRate, c.Ectopic = 120, 75, 0.1 })
	d, err := CutFeatures(s, s.RPeaks())
	if err != nil {
		t.Fatal(err)
	}
	row := make([]float32, d.Width())
	for i, label := range d.Labels {
		d.Row(row, i)
		peaks, width := row[5], row[6]
		switch BeatKind(label) {
		case Normal:
			if peaks != 3 || width > 35 {
				t.Errorf("normal beat %d has %v peaks, R is %v ms wide", i, peaks, width)
			}
		case Ectopic:
			if width < 60 {
				t.Errorf("ectopic beat %d is %v ms wide", i, width)
			}
		case Dropout, Burst:
			t.Errorf("beat %d is a %v", i, BeatKind(label))
		}
	}
}

// TestFirstIntervalIsTheSecond, and a beat whose window is left out still ends the interval of the next.
func TestFirstIntervalIsTheSecond(t *testing.T) {
	s := &Series{Name: "s", Rate: 360, Millivolts: make([]float32, 2000)}
	for _, test := range []struct {
		peaks []int
		want  []float32
	}{{[]int{100, 460, 640}, []float32{1, 1, 0.5}}, {[]int{10, 190, 550}, []float32{0.5, 1}}} {
		d, err := CutFeatures(s, test.peaks)
		if err != nil {
			t.Fatal(err)
		}
		var got []float32
		for i := range d.Len() {
			got = append(got, rows(d.Slice(i, i+1))[7])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("R peaks at %v: RR intervals %v, want %v", test.peaks, got, test.want)
		}
	}
}

func TestFeaturesRefuse(t *testing.T) {
	if _, err := BeatFeatures(make([]float32, 127), 1); err == nil || !strings.Contains(err.Error(), "127 samples") {
		t.Errorf("a short beat: %v", err)
	}
	s := &Series{Name: "s", Rate: 360, Millivolts: make([]float32, 2000)}
	for want, peaks := range map[string][]int{
		"0 R peaks; an RR interval needs at least 2": nil,
		"1 R peaks": {500},
		"an R peak at sample 500 after one at 600; they must rise": {600, 500},
		"an R peak at sample 500 after one at 500":                 {500, 500},
		"an R peak at sample 5000; the samples are 0 to 1999":      {500, 5000},
	} {
		if _, err := CutFeatures(s, peaks); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("R peaks at %v: %v, want %q", peaks, err, want)
		}
	}
}
