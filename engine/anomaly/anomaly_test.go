package anomaly

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// oracle is one case of testdata/anomaly.json, which testdata/anomaly.py writes.
type oracle struct {
	Name      string
	Scores    []float32
	Labels    []bool
	Quantiles [][2]float64
	MADs      [][2]float64
	Counts    []struct {
		Threshold                  float64
		TP, FP, FN, TN             int
		Precision, Recall, F1, FPR float64
	}
	BestF1        float64   `json:"best_f1"`
	BestThreshold float64   `json:"best_threshold"`
	FPR, TPR      []float64 // [cuts + 1]
	ROCThresholds []float64 `json:"roc_thresholds"` // [cuts]
	Precision     []float64 // [cuts + 1]
	Recall        []float64 // [cuts + 1]
	PRThresholds  []float64 `json:"pr_thresholds"` // [cuts]
	AUC, AP       float64
	Histograms    []struct {
		Bins            int
		Edges           []float64
		Normal, Anomaly []int
	}
}

// oracles are all cases.
func oracles(t *testing.T) []oracle {
	t.Helper()
	file, err := os.ReadFile("testdata/anomaly.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []oracle
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 10 {
		t.Fatalf("%d cases, want at least 10", len(cases))
	}
	return cases
}

func rank(t *testing.T, scores []float32, labels []bool) *Ranking {
	t.Helper()
	r, err := Rank(scores, labels)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tolerance leaves room for rounding alone: both sides compute in float64.
const tolerance = 1e-12

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestQuantileThreshold(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			for _, q := range want.Quantiles {
				got, err := QuantileThreshold(want.Scores, q[0])
				if err != nil {
					t.Fatal(err)
				}
				near(t, "a quantile", got, q[1])
			}
		})
	}
}

func TestMADThreshold(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			for _, k := range want.MADs {
				got, err := MADThreshold(want.Scores, k[0])
				if flat := []string{"mostly equal", "all equal", "few differ"}; slices.Contains(flat, want.Name) {
					if err == nil || !strings.Contains(err.Error(), "more than half of the") {
						t.Errorf("got %v and the error %v for a MAD of 0", got, err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				near(t, "a threshold", got, k[1])
			}
		})
	}
}

func TestLabelFreeThresholdsKeepTheirInput(t *testing.T) {
	scores := []float32{3, 1, 2, 7}
	if _, err := QuantileThreshold(scores, 0.5); err != nil {
		t.Fatal(err)
	}
	if _, err := MADThreshold(scores, 3); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(scores, []float32{3, 1, 2, 7}) {
		t.Errorf("the scores became %v", scores)
	}
}

func TestCounts(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			r := rank(t, want.Scores, want.Labels)
			for _, w := range want.Counts {
				got := r.Counts(w.Threshold)
				if got != (Counts{w.TP, w.FP, w.FN, w.TN}) {
					t.Errorf("at %v got %+v, want %+v", w.Threshold, got, w)
				}
				near(t, "the precision", got.Precision(), w.Precision)
				near(t, "the recall", got.Recall(), w.Recall)
				near(t, "F1", got.F1(), w.F1)
				near(t, "the false positive rate", got.FalsePositiveRate(), w.FPR)
			}
		})
	}
}

func TestCountsBeyondAllScores(t *testing.T) {
	r := rank(t, []float32{1, 2, 3}, []bool{false, true, true})
	nothing, everything := Counts{FalseNegatives: 2, TrueNegatives: 1}, Counts{TruePositives: 2, FalsePositives: 1}
	for threshold, want := range map[float64]Counts{math.Inf(1): nothing, math.NaN(): nothing, math.Inf(-1): everything} {
		if got := r.Counts(threshold); got != want {
			t.Errorf("at %v got %+v, want %+v", threshold, got, want)
		}
	}
}

func TestRatesOfNothingAreZero(t *testing.T) {
	var none Counts
	for what, got := range map[string]float64{
		"precision": none.Precision(), "recall": none.Recall(), "F1": none.F1(),
		"false positive rate": none.FalsePositiveRate(),
	} {
		if got != 0 {
			t.Errorf("the %s of no examples is %v, want 0", what, got)
		}
	}
}

func TestBestF1(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			r := rank(t, want.Scores, want.Labels)
			threshold := r.BestF1()
			near(t, "the threshold", threshold, want.BestThreshold)
			near(t, "the best F1", r.Counts(threshold).F1(), want.BestF1)
		})
	}
}

func TestROC(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			r := rank(t, want.Scores, want.Labels)
			got := r.ROC()
			if len(got) != len(want.FPR) {
				t.Fatalf("%d points, want %d", len(got), len(want.FPR))
			}
			// scikit-learn before 1.3 gives the first point another threshold that flags nothing.
			if !math.IsInf(got[0].Threshold, 1) {
				t.Errorf("the first threshold is %v, want +Inf", got[0].Threshold)
			}
			for i, p := range got {
				near(t, "X", p.X, want.FPR[i])
				near(t, "Y", p.Y, want.TPR[i])
				if i > 0 {
					near(t, "the threshold", p.Threshold, want.ROCThresholds[i-1])
				}
			}
			near(t, "the area", r.AUC(), want.AUC)
		})
	}
}

func TestPR(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			r := rank(t, want.Scores, want.Labels)
			got := r.PR()
			if len(got) != len(want.Recall) {
				t.Fatalf("%d points, want %d", len(got), len(want.Recall))
			}
			if !math.IsInf(got[0].Threshold, 1) {
				t.Errorf("the first threshold is %v, want +Inf", got[0].Threshold)
			}
			slices.Reverse(got)
			for i, p := range got {
				near(t, "X", p.X, want.Recall[i])
				near(t, "Y", p.Y, want.Precision[i])
				if i < len(want.PRThresholds) {
					near(t, "the threshold", p.Threshold, want.PRThresholds[i])
				}
			}
			near(t, "the average precision", r.AveragePrecision(), want.AP)
		})
	}
}

func TestHistogram(t *testing.T) {
	for _, want := range oracles(t) {
		t.Run(want.Name, func(t *testing.T) {
			r := rank(t, want.Scores, want.Labels)
			for _, w := range want.Histograms {
				got, err := r.Histogram(w.Bins)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got.Normal, w.Normal) || !slices.Equal(got.Anomaly, w.Anomaly) {
					t.Errorf("%d bins: got normal %v, anomaly %v; want %v, %v",
						w.Bins, got.Normal, got.Anomaly, w.Normal, w.Anomaly)
				}
				if len(got.Edges) != len(w.Edges) {
					t.Fatalf("%d edges, want %d", len(got.Edges), len(w.Edges))
				}
				for i, edge := range got.Edges {
					near(t, "an edge", edge, w.Edges[i])
				}
			}
		})
	}
}

func TestHistogramOfEqualScoresHasWidth(t *testing.T) {
	for _, score := range []float32{0, -3e38, 1e9, 1e-30} {
		r := rank(t, []float32{score, score}, []bool{true, false})
		h, err := r.Histogram(10)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 10 {
			if !(h.Edges[i] < h.Edges[i+1]) {
				t.Errorf("scores of %v: bin %d is from %v to %v", score, i, h.Edges[i], h.Edges[i+1])
			}
		}
		if bin := h.Bin(float64(score)); h.Normal[bin] != 1 || h.Anomaly[bin] != 1 {
			t.Errorf("scores of %v are counted as %v and %v", score, h.Normal, h.Anomaly)
		}
	}
}

func TestBin(t *testing.T) {
	h := Histogram{Edges: []float64{0, 1, 2, 3}, Normal: make([]int, 3), Anomaly: make([]int, 3)}
	for score, want := range map[float64]int{
		math.Inf(-1): 0, -1: 0, 0: 0, 0.99: 0, 1: 1, 2: 2, 3: 2, 9: 2, math.Inf(1): 2,
	} {
		if got := h.Bin(score); got != want {
			t.Errorf("the bin of %v is %d, want %d", score, got, want)
		}
	}
	if got := (Histogram{}).Bin(1); got != 0 {
		t.Errorf("the bin of a histogram without bins is %d, want 0", got)
	}
}

func TestMistakes(t *testing.T) {
	scores := []float32{5, 1, 9, 3, 7, 3, 8, 7}
	labels := []bool{true, true, false, true, false, true, true, false}
	r := rank(t, scores, labels)
	falseAlarms, missed := r.Mistakes(6)
	if !slices.Equal(falseAlarms, []int{2, 4, 7}) || !slices.Equal(missed, []int{0, 3, 5, 1}) {
		t.Errorf("got false alarms %v, missed %v; want [2 4 7], [0 3 5 1]", falseAlarms, missed)
	}
	if falseAlarms, _ := r.Mistakes(7); !slices.Equal(falseAlarms, []int{2, 4, 7}) {
		t.Errorf("a score equal to the threshold is not flagged: false alarms %v, want [2 4 7]", falseAlarms)
	}
	falseAlarms, missed = r.Mistakes(8)
	if !slices.Equal(falseAlarms, []int{2}) || !slices.Equal(missed, []int{0, 3, 5, 1}) {
		t.Errorf("got false alarms %v, missed %v; want [2], [0 3 5 1]", falseAlarms, missed)
	}
}

func TestEqualScoresKeepTheirOrder(t *testing.T) {
	scores, labels := make([]float32, 100), make([]bool, 100)
	labels[0] = true
	for i := range scores {
		scores[i] = float32(i % 3)
	}
	falseAlarms, _ := rank(t, scores, labels).Mistakes(0)
	for i, at := range falseAlarms[1:] {
		if before := falseAlarms[i]; scores[at] > scores[before] || scores[at] == scores[before] && at < before {
			t.Fatalf("got %v: %d comes before %d", falseAlarms, before, at)
		}
	}
}

func TestRefused(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, test := range []struct {
		scores []float32
		labels []bool
		want   string
	}{
		{nil, nil, "no scores"},
		{[]float32{1, 2}, []bool{true}, "2 scores but 1 labels"},
		{[]float32{1, 2, nan}, []bool{true, false, true}, "score 2 is NaN"},
		{[]float32{1, inf, 2}, []bool{true, false, true}, "score 1 is -Inf"},
		{[]float32{1, 2}, []bool{false, false}, "none of the 2 examples is labelled an anomaly"},
		{[]float32{1, 2, 3}, []bool{true, true, true}, "all 3 examples are labelled anomalies, none normal"},
	} {
		if _, err := Rank(test.scores, test.labels); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Rank of %v, %v: got %v, want %q", test.scores, test.labels, err, test.want)
		}
	}
	finite := []float32{1, 2, 3}
	for _, test := range []struct {
		threshold func([]float32, float64) (float64, error)
		scores    []float32
		at        float64
		want      string
	}{
		{QuantileThreshold, nil, 0.5, "no scores"},
		{QuantileThreshold, []float32{1, nan}, 0.5, "score 1 is NaN"},
		{QuantileThreshold, finite, -0.1, "the quantile is -0.1; it must be from 0 to 1"},
		{QuantileThreshold, finite, 95, "the quantile is 95"},
		{QuantileThreshold, finite, math.NaN(), "the quantile is NaN"},
		{MADThreshold, nil, 3, "no scores"},
		{MADThreshold, []float32{inf}, 3, "score 0 is -Inf"},
		{MADThreshold, finite, 0, "k is 0; it must be positive"},
		{MADThreshold, finite, math.NaN(), "k is NaN"},
		{MADThreshold, finite, math.Inf(1), "k is +Inf"},
		{MADThreshold, []float32{0.1, 0.1, 3}, 3, "more than half of the 3 scores are 0.1, so their MAD is 0"},
	} {
		if got, err := test.threshold(test.scores, test.at); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("of %v at %v: got %v and the error %v, want %q", test.scores, test.at, got, err, test.want)
		}
	}
	r := rank(t, finite, []bool{true, false, true})
	for _, bins := range []int{-1, 0, 10_001} {
		if _, err := r.Histogram(bins); err == nil || !strings.Contains(err.Error(), "bins; take from 1 to 10000") {
			t.Errorf("%d bins: got %v", bins, err)
		}
	}
}

func TestScoresWithoutLabels(t *testing.T) {
	r, err := RankUnlabelled([]float32{1, 5, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Counts(3), (Counts{FalsePositives: 2, TrueNegatives: 2}); got != want {
		t.Errorf("a threshold of 3 gives %+v, want %+v", got, want)
	}
	if flagged, missed := r.Mistakes(3); !slices.Equal(flagged, []int{1, 3}) || missed != nil {
		t.Errorf("it flags %v and misses %v", flagged, missed)
	}
	h, err := r.Histogram(4)
	if err != nil || !slices.Equal(h.Normal, []int{1, 1, 1, 1}) || !slices.Equal(h.Edges, []float64{1, 2, 3, 4, 5}) {
		t.Errorf("the histogram is %+v, %v", h, err)
	}
	for _, bad := range [][]float32{nil, {1, float32(math.NaN())}} {
		if _, err := RankUnlabelled(bad); err == nil {
			t.Errorf("%v was ranked", bad)
		}
	}
}
