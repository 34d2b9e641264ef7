package lab

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/anomaly"
)

// runTable runs the lab on the table, which trains in a fraction of a second.
func runTable(t *testing.T, sets ...string) (scored ThresholdScored, done ThresholdDone) {
	t.Helper()
	v := thresholdLab().Defaults()
	for _, set := range append([]string{"data=table"}, sets...) {
		key, value, _ := strings.Cut(set, "=")
		if err := v.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	b := openBackend(t)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }, Models: NewModels(t.TempDir())}
	err := runThreshold(t.Context(), env, v, func(e Event) {
		switch e := e.(type) {
		case ThresholdScored:
			scored = e
		case ThresholdDone:
			done = e
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return scored, done
}

func TestThresholdOnATable(t *testing.T) {
	scored, done := runTable(t)
	s := scored.Scores
	if s.Trained != 178 || len(s.Calibration) != 59 || s.Shown.Normal != 59 || s.Unseen.Normal != 61 ||
		len(s.Shown.Errors)+len(s.Unseen.Errors) != 59+61+212 {
		t.Errorf("the 569 rows are shared as %d, %d, %d and %d", s.Trained, len(s.Calibration), len(s.Shown.Errors), len(s.Unseen.Errors))
	}
	// The error of each shown row, computed here once more.
	for i, e := range s.Shown.Errors {
		sum := 0.0
		for j := range 30 {
			d := float64(s.Shown.Inputs[i*30+j] - s.Shown.Outputs[i*30+j])
			sum += d * d
		}
		if math.Abs(sum/30-float64(e)) > 1e-4*max(1, sum/30) {
			t.Errorf("the error of row %d is %v, want %v", i, e, sum/30)
		}
		if want := i >= s.Shown.Normal; (s.Shown.Names[i] == "malignant") != want {
			t.Errorf("row %d is %s", i, s.Shown.Names[i])
		}
	}
	if scored.AUC < 0.9 || scored.AUC > 1 {
		t.Errorf("AUC is %v", scored.AUC)
	}
	flagged := 0
	for i, e := range s.Unseen.Errors[:s.Unseen.Len(0.5)] {
		if i >= s.Unseen.Normal && float64(e) >= done.Threshold {
			flagged++
		}
	}
	if flagged != done.Unseen.TruePositives || done.Reached {
		t.Errorf("the threshold %v flags %d unseen anomalies; it says %+v", done.Threshold, flagged, done)
	}
}

func TestThresholdIsChosenAsAsked(t *testing.T) {
	scored, quantile := runTable(t, "q=0.9")
	want, err := anomaly.QuantileThreshold(scored.Scores.Calibration, 0.9)
	if err != nil || quantile.Threshold != want || quantile.By != "q 0.9" {
		t.Errorf("by quantile: %+v, want %v, %v", quantile, want, err)
	}
	if _, d := runTable(t, "by=value", "threshold=0.25"); d.Threshold != 0.25 {
		t.Errorf("by value: %+v", d)
	}
	if _, d := runTable(t, "by=f1"); d.Shown.F1 < quantile.Shown.F1 {
		t.Errorf("the best F1 %v is below that of a quantile, %v", d.Shown.F1, quantile.Shown.F1)
	}
}

func TestThresholdShare(t *testing.T) {
	p := ThresholdPart{Normal: 90, Errors: make([]float32, 120)}
	for share, want := range map[float64]int{0.1: 100, 0.5: 120, 0.001: 91} {
		if got := p.Len(share); got != want {
			t.Errorf("with a share of %v there are %d examples, want %d", share, got, want)
		}
	}
}

func TestThresholdTaskBounds(t *testing.T) {
	images := ThresholdSettings{Data: "images", Share: 0.1}
	for _, c := range []struct {
		counts  anomaly.Counts
		reached bool
	}{
		{anomaly.Counts{TruePositives: 90, FalseNegatives: 10, FalsePositives: 22, TrueNegatives: 800}, true},
		{anomaly.Counts{TruePositives: 89, FalseNegatives: 11, FalsePositives: 22, TrueNegatives: 800}, false},
		{anomaly.Counts{TruePositives: 90, FalseNegatives: 10, FalsePositives: 23, TrueNegatives: 800}, false},
	} {
		if task := ThresholdTask(images, &c.counts); task.Reached != c.reached {
			t.Errorf("%+v: %+v", c.counts, task)
		}
	}
	perfect := &anomaly.Counts{TruePositives: 1, TrueNegatives: 1}
	for _, s := range []ThresholdSettings{{Data: "table", Share: 0.1}, {Data: "images", Share: 0.5}} {
		if ThresholdTask(s, perfect).Reached {
			t.Errorf("reached with %+v", s)
		}
	}
	if ThresholdTask(images, nil).Reached {
		t.Error("reached without a threshold")
	}
}

func TestThresholdStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := openBackend(t)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}
	_, err := ScoreThreshold(ctx, env, ThresholdSettings{Data: "table", Seed: 1}, func(Event) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled lab ends with %v", err)
	}
}

func TestShuffledKeepsTheExamples(t *testing.T) {
	s, err := thresholdSourceOf(t.Context(), Env{}, ThresholdSettings{Data: "table", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	sum := func(x []float32) (total float64) {
		for _, v := range x {
			total += float64(v)
		}
		return total
	}
	a, b, c := rows(s.normal), rows(shuffled(s.normal, 1)), rows(shuffled(s.normal, 1))
	if slices.Equal(a, b) || !slices.Equal(b, c) || math.Abs(sum(a)-sum(b)) > 1e-3 {
		t.Error("shuffled loses examples, repeats nothing or changes no order")
	}
}
