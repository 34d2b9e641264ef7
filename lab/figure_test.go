package lab

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/anomaly"
)

func TestFiguresAreCompared(t *testing.T) {
	for _, c := range []struct {
		f, o Figure
		want bool
	}{
		{lowest("e", 1), lowest("e", 2), true}, {lowest("e", 2), lowest("e", 1), false}, {lowest("e", 1), lowest("e", 1), false},
		{highest("g", 2), highest("g", 1), true}, {highest("g", 1), highest("g", 2), false},
		{lowest("e", 9), Figure{}, true}, {Figure{}, lowest("e", 9), false}, {Figure{}, Figure{}, false},
	} {
		if got := c.f.Better(c.o); got != c.want {
			t.Errorf("%+v is better than %+v: %v", c.f, c.o, got)
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if f := lowest("e", x); f != (Figure{}) {
			t.Errorf("%v is the figure %+v", x, f)
		}
	}
}

// TestTasksHaveFigures judges with an answer that counts and with one that does not.
func TestTasksHaveFigures(t *testing.T) {
	gain, size := 4.5, 16
	small := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{64}, 16)
	large := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{512}, 16)
	counts := anomaly.Counts{TruePositives: 9, FalsePositives: 1, FalseNegatives: 1, TrueNegatives: 89}
	images := ThresholdSettings{Data: "images", Share: ThresholdShare("images")}
	table := ThresholdSettings{Data: "table", Share: ThresholdShare("table")}
	codes := SpaceEvent{Ended: true, Accuracies: []float64{0.9, 0.95}, Bytes: 10}
	pixels := SpaceEvent{Ended: true, Accuracies: []float64{0.96}, Bytes: 200}
	wide := SpaceEvent{Ended: true, Accuracies: []float64{0.9, 0.95}, Bytes: 100}
	errs := map[int]float64{8: 0.02, 16: 0.01, 4: 0.05}
	for name, c := range map[string]struct {
		counts, not Task
		want        float64
		lower       bool
	}{
		"feature-bench": {FeatureTask(FeatureCounts{Right: [2]int{9, 0}, All: [2]int{10, 0}}), Task{}, 90, false},
		"matmul-race":   {RaceTask(64, 32, true), RaceTask(64, 32, false), 2, true},
		"builder":       {BuilderTask(small, 0.04), BuilderTask(large, 0.04), 0.04, true},
		"train":         {TrainTask(TrainSettings{Latent: 16}, 0.02), TrainTask(TrainSettings{Latent: 17}, 0.02), 0.02, true},
		"bottleneck": {
			BottleneckTask(errs, map[int]float64{size: 0.03}, 8), BottleneckTask(errs, map[int]float64{size: 0.03}, 4), 8, true,
		},
		"threshold":   {ThresholdTask(images, &counts), ThresholdTask(table, &counts), 0.9, false},
		"latent-map":  {LatentMapTask(codes, pixels, 2), LatentMapTask(wide, pixels, 2), 0.95, false},
		"noise-bench": {NoiseTask(NoisyDigits, &gain), NoiseTask(NoisyBeats, &gain), 4.5, false},
		"walk":        {Found{true, false, true}.Task(), Found{}.Task(), 2, false},
		"few-labels":  {FewLabelsTask(30, 10), FewLabelsTask(30, 0), 3, true},
		"maps":        {MapsTask(&ClusterEvent{ARI: 0.4}), MapsTask(nil), 0.4, false},
		"analogies": {
			AnalogiesTask(&Verdict{Rank: 3, Own: true, Missing: "d ranks 3"}), AnalogiesTask(&Verdict{Rank: 1, Missing: "a word comes twice"}), 3, true,
		},
	} {
		f := c.counts.Figure
		if f.Name == "" || math.Abs(f.Value-c.want) > 1e-12 || f.Lower != c.lower {
			t.Errorf("%s: the figure is %+v, want %v", name, f, c.want)
		}
		if c.not.Figure != (Figure{}) {
			t.Errorf("%s: what does not count is the figure %+v", name, c.not.Figure)
		}
	}
}

func TestFigureIsPartOfTheLastEvent(t *testing.T) {
	text, err := json.Marshal(MapsDone{Task: MapsTask(&ClusterEvent{ARI: 0.5})})
	want := `"task_figure":{"name":"ARI of clusters against the digits","value":0.5,"lower_is_better":false}`
	if err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
	if text, err := json.Marshal(MapsDone{Task: MapsTask(nil)}); err != nil || strings.Contains(string(text), "task_figure") {
		t.Errorf("without a figure: %s, %v", text, err)
	}
}

// TestOnlyDevicesHasNoTask keeps the counts of progress right.
func TestOnlyDevicesHasNoTask(t *testing.T) {
	for _, l := range All() {
		if (l.Task == "") != (l.ID == "devices") {
			t.Errorf("%s: the task is %q", l.ID, l.Task)
		}
	}
}
