package data

import (
	"math"
	"testing"
)

// givenRhythm is a rhythm of given RR intervals.
func givenRhythm(t *testing.T, rr []float64) rhythm {
	t.Helper()
	k := -1
	r, err := newRhythm(t.Context(), func(float64) float64 { k++; return rr[min(k, len(rr)-1)] }, 0)
	if err != nil {
		t.Fatal(err)
	}
	for len(r.rr) < len(rr) {
		last := len(r.rr) - 1
		r.zero = append(r.zero, r.zero[last]+r.rr[last])
		r.rr = append(r.rr, rr[last+1])
	}
	return r
}

// TestTraceMatchesSciPy compares with SciPy's integration of the same equations, RR intervals given.
func TestTraceMatchesSciPy(t *testing.T) {
	var oracle struct {
		Rate          float64
		HeartRate     float64 `json:"heart_rate"`
		RR, Premature []float64
		Wander        float64
		Gain, Offset  float64
		Millivolts    []float64
	}
	readOracle(t, "ecg_model", &oracle)
	if math.Abs(zGain-oracle.Gain) > 1e-6 || math.Abs(zOffset-oracle.Offset) > 1e-6 {
		t.Errorf("gain %v, offset %v; want %v, %v", zGain, zOffset, oracle.Gain, oracle.Offset)
	}
	var shapes []beatShape
	for _, premature := range oracle.Premature {
		shape := normalBeat()
		if premature > 0 {
			shape = ectopicBeat(premature)
		}
		shapes = append(shapes, shape.at(oracle.HeartRate))
	}
	got, err := givenRhythm(t, oracle.RR).trace(t.Context(), shapes, normalBeat().at(oracle.HeartRate), oracle.Rate,
		len(oracle.Millivolts), oracle.Wander)
	if err != nil || len(got) != len(oracle.Millivolts) {
		t.Fatalf("%d samples, %v; want %d", len(got), err, len(oracle.Millivolts))
	}
	worst := 0.0
	for i, want := range oracle.Millivolts {
		worst = max(worst, math.Abs(got[i]-want))
	}
	if !(worst <= 1e-5) { // NaN is no match.
		t.Errorf("the trace differs by up to %.2g mV, want at most 1e-5", worst)
	}
}
