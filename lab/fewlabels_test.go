package lab

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

// curve makes one draw of both ways for numbers of labels.
func curve(counts []int, frozen, scratch []float64) []AccuracyEvent {
	var events []AccuracyEvent
	for i, n := range counts {
		events = append(events, AccuracyEvent{Way: Frozen, Labels: n, Repeat: 1, Accuracy: frozen[i]},
			AccuracyEvent{Way: Scratch, Labels: n, Repeat: 1, Accuracy: scratch[i]})
	}
	return events
}

func TestCrossover(t *testing.T) {
	counts := []int{1, 10, 100}
	for name, c := range map[string]struct {
		scratch []float64
		n       float64
		ok      bool
	}{
		"in the middle of 1 and 10 on the logarithm": {[]float64{0.4, 0.6, 0.7}, math.Sqrt(10), true},
		"a quarter of the way from 10 to 100":        {[]float64{0.4, 0.4, 0.8}, 10 * math.Pow(10, 0.25), true},
		"at a measured number":                       {[]float64{0.4, 0.5, 0.5}, 10, true},
		"from the first on":                          {[]float64{0.5, 0.6, 0.7}, 1, true},
		"never":                                      {[]float64{0.4, 0.4, 0.4}, 100, false},
		"a lead by chance is lost again":             {[]float64{0.6, 0.4, 0.6}, 10 * math.Sqrt(10), true},
		"a lead that is lost at the end":             {[]float64{0.6, 0.6, 0.4}, 100, false},
	} {
		n, ok := Crossover(curve(counts, []float64{0.5, 0.5, 0.5}, c.scratch))
		if math.Abs(n-c.n) > 1e-9 || ok != c.ok {
			t.Errorf("%s: %v, %v; want %v, %v", name, n, ok, c.n, c.ok)
		}
	}
	if n, ok := Crossover(nil); n != 0 || ok {
		t.Errorf("of nothing: %v, %v", n, ok)
	}
}

func TestMeansAndSpread(t *testing.T) {
	events := []AccuracyEvent{
		{Way: Frozen, Labels: 2, Accuracy: 0.5}, {Way: Frozen, Labels: 2, Accuracy: 0.7}, {Way: Frozen, Labels: 2, Accuracy: 0.6},
		{Way: Scratch, Labels: 2, Accuracy: 0.9}, {Way: Frozen, Labels: 5, Accuracy: 0.8},
	}
	means := Means(events, Frozen)
	if len(means) != 2 || math.Abs(means[2]-0.6) > 1e-12 || means[5] != 0.8 {
		t.Errorf("the means are %v", means)
	}
	if s := Spread(events, Frozen, 2); math.Abs(s-0.1) > 1e-12 { // The squares are 0.01, 0.01 and 0 over 2.
		t.Errorf("the spread is %v, want 0.1", s)
	}
	if s := Spread(events, Frozen, 5); !math.IsNaN(s) {
		t.Errorf("one value has the spread %v", s)
	}
}

func TestFewLabelsTask(t *testing.T) {
	for _, c := range []struct {
		guess, crossover float64
		want             bool
	}{{10, 20, true}, {10, 20.1, false}, {40, 20, true}, {40.1, 20, false}, {20, 0, false}} {
		if task := FewLabelsTask(c.guess, c.crossover); task.Reached != c.want {
			t.Errorf("%v against %v: %+v", c.guess, c.crossover, task)
		}
	}
}

// TestFewLabels pretrains for one epoch only, and the second time not at all.
func TestFewLabels(t *testing.T) {
	env := testEnv(t)
	v := values(t, fewLabelsLab(), map[string]string{"pictures": "2000", "epochs": "1", "repeats": "1", "heldout": "200", "most": "1"})
	first, done, _ := fewLabelsRun(t, env, v)
	if len(first) != 3 {
		t.Fatalf("told %+v", first)
	}
	for i, e := range first {
		if e.Way != Ways()[i] || e.Labels != 1 || e.Accuracy < 0.15 || e.Accuracy > 0.95 {
			t.Errorf("point %d is %+v", i, e)
		}
	}
	if want, crosses := Crossover(first); done.Crossover != want || done.Crosses != crosses || done.Text == "" {
		t.Errorf("ended with %+v", done)
	}
	second, _, trained := fewLabelsRun(t, env, v)
	if trained {
		t.Error("the kept encoder was trained again")
	}
	for i, e := range second {
		if e.Accuracy != first[i].Accuracy {
			t.Errorf("the second run gives %+v, the first %+v", e, first[i])
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := runFewLabels(ctx, env, v, func(e Event) {
		if _, ok := e.(LabelledEvent); ok {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// fewLabelsRun runs the lab and collects what it tells; trained says whether it pretrained.
func fewLabelsRun(t *testing.T, env Env, v Values) (told []AccuracyEvent, done FewLabelsDone, trained bool) {
	t.Helper()
	if err := runFewLabels(t.Context(), env, v, func(e Event) {
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%T cannot be written: %v", e, err)
		}
		switch e := e.(type) {
		case AccuracyEvent:
			told = append(told, e)
		case Progress:
			trained = true
		case LabelledEvent:
			if len(e.Pictures) != 10*e.Labels || !slices.Equal(e.Classes[:10], []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
				t.Errorf("%d labelled digits a class are shown as %v", e.Labels, e.Classes)
			}
		case FewLabelsDone:
			done = e
		}
	}); err != nil {
		t.Fatal(err)
	}
	return told, done, trained
}

func TestOneLabelIsSingular(t *testing.T) {
	for n, want := range map[int]string{1: "    1 label a class, draw 2, frozen ", 20: "  20 labels a class, draw 2, frozen "} {
		if got := (AccuracyEvent{Way: Frozen, Labels: n, Repeat: 2}).Line(); !strings.HasPrefix(got, want) {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
