package lab

import (
	"fmt"
	"strings"
	"testing"
)

// TestFewFeaturesNeedEachOther: no feature alone reaches the task, all together do, for every seed.
func TestFewFeaturesNeedEachOther(t *testing.T) {
	for seed := 1; seed <= 3; seed++ {
		v := featuresLab().Defaults()
		if err := v.Set("seed", fmt.Sprint(seed)); err != nil {
			t.Fatal(err)
		}
		var done FeatureDone
		err := featuresLab().Run(t.Context(), Env{}, v, func(e Event) { done = e.(FeatureDone) })
		if err != nil {
			t.Fatal(err)
		}
		for i, alone := range done.Alone {
			if alone >= featureTaskAccuracy-0.02 {
				t.Errorf("seed %d: %s alone reaches %.3f", seed, done.Features[i], alone)
			}
		}
		if done.Accuracy < featureTaskAccuracy+0.02 || !done.Reached {
			t.Errorf("seed %d: all features together reach %.3f", seed, done.Accuracy)
		}
		t.Log(done.Line())
	}
}

func TestFeatureScoresAreSums(t *testing.T) {
	b := &FeatureBench{Names: []string{"a", "b"}, X: [][]float64{{2, -1}, {0, 0}}, Labels: []int{1, 1}}
	w := FeatureWeights{{1, 2, 3}, {0.5, 2, 1}}
	if y := b.Scores(w, 0); y != [2]float64{2, 3.5} {
		t.Errorf("the scores are %v", y)
	}
	if got := b.Count(w); got != (FeatureCounts{Right: [2]int{0, 1}, All: [2]int{0, 2}}) {
		t.Errorf("the counts are %+v", got)
	}
	if b.Predict(b.NewFeatureWeights(), 0) != 0 {
		t.Error("of equal scores the first class does not count")
	}
}

func TestFeatureTask(t *testing.T) {
	for right, want := range map[int]bool{94: false, 95: true} {
		if got := FeatureTask(FeatureCounts{Right: [2]int{right, 0}, All: [2]int{60, 40}}); got.Reached != want {
			t.Errorf("%d of 100: %+v", right, got)
		}
	}
	if (FeatureCounts{}).Accuracy() != 0 {
		t.Error("no beat has an accuracy")
	}
}

func TestWeightsOfALearner(t *testing.T) {
	run := func(weights string) (done FeatureDone, own bool, err error) {
		v := featuresLab().Defaults()
		if err := v.Set("weights", weights); err != nil {
			t.Fatal(err)
		}
		err = featuresLab().Run(t.Context(), Env{}, v, func(e Event) { done = e.(FeatureDone) })
		return done, featuresLab().Answered(v), err
	}
	for weights, want := range map[string]bool{"-1, 2, -4, -2, -3": true, "0,0,0,0,0": false} {
		if done, own, err := run(weights); err != nil || done.Outcome().Reached != want || !own {
			t.Errorf("with the weights %s: %+v, own %v, error %v", weights, done.Task, own, err)
		}
	}
	if _, own, err := run(learnedWeights); err != nil || own {
		t.Errorf("learned weights are the learner's own: %v, error %v", own, err)
	}
	if _, _, err := run("1, 2"); err == nil || !strings.Contains(err.Error(), "holds 2 numbers; with these features it needs 5: w₀ and one each for maximum") {
		t.Errorf("too few weights: %v", err)
	}
	for _, bad := range []string{"", "1,", "1 2", "NaN", "1, Inf", "learnt"} {
		if err := featuresLab().Defaults().Set("weights", bad); err == nil {
			t.Errorf("the weights %q are taken", bad)
		}
	}
}
