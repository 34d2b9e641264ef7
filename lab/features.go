package lab

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/data"
)

// featureTaskAccuracy is the part of all beats that the weights must classify right in the lab feature-bench.
const featureTaskAccuracy = 0.95

// FeatureClasses are the classes of the lab feature-bench, in the order of their scores.
func FeatureClasses() []string { return []string{"normal", "ectopic"} }

// featureSets are the choices of features. With "all" one weight is enough, since the width of the beat tells all.
func featureSets() []string { return []string{"few", "all"} }

// FeatureBench is the heartbeats of a simulated ECG and their features.
type FeatureBench struct {
	Names  []string    // of the features
	Beats  [][]float32 // the samples of each beat in mV
	Raw    [][]float64 // [beats, features], in the features' own units
	X      [][]float64 // [beats, features], each column shifted and scaled to mean 0 and standard deviation 1
	Labels []int       // [beats], indices of FeatureClasses
}

// FeatureWeights are the numbers of a linear classifier: for each class w₀ and then one for each feature.
type FeatureWeights [2][]float64

// NewFeatureWeights are all zero.
func (b *FeatureBench) NewFeatureWeights() FeatureWeights {
	n := len(b.Names) + 1
	return FeatureWeights{make([]float64, n), make([]float64, n)}
}

// Scores are y = w₀ + Σ xᵢwᵢ of both classes for a beat.
func (b *FeatureBench) Scores(w FeatureWeights, beat int) [2]float64 {
	var y [2]float64
	for class := range y {
		y[class] = w[class][0]
		for i, x := range b.X[beat] {
			y[class] += x * w[class][1+i]
		}
	}
	return y
}

// Predict is the class with the higher score; of equal ones the first.
func (b *FeatureBench) Predict(w FeatureWeights, beat int) int {
	if y := b.Scores(w, beat); y[1] > y[0] {
		return 1
	}
	return 0
}

// FeatureCounts are how many beats of each class there are and how many of them are classified right.
type FeatureCounts struct{ Right, All [2]int }

// Accuracy is the part of all beats that is classified right, 0 where there is none.
func (c FeatureCounts) Accuracy() float64 {
	all := c.All[0] + c.All[1]
	return float64(c.Right[0]+c.Right[1]) / float64(max(all, 1))
}

// Count judges weights on all beats.
func (b *FeatureBench) Count(w FeatureWeights) FeatureCounts {
	var c FeatureCounts
	for i, label := range b.Labels {
		c.All[label]++
		if b.Predict(w, i) == label {
			c.Right[label]++
		}
	}
	return c
}

// FeatureTask judges weights by their accuracy on all beats.
func FeatureTask(c FeatureCounts) Task {
	return Task{
		Text:    fmt.Sprintf("accuracy of at least %.0f %% on all beats", 100*featureTaskAccuracy),
		Now:     fmt.Sprintf("%.1f %%", 100*c.Accuracy()),
		Reached: c.Accuracy() >= featureTaskAccuracy,
		Figure:  highest("accuracy in %", 100*c.Accuracy()),
	}
}

// featureECG is five minutes of a noisy ECG with many ectopic beats.
func featureECG(seed int64) data.ECGConfig {
	c := data.DefaultECG()
	c.Ectopic, c.HeartRateStd, c.Noise, c.Seed = 0.4, 4, 0.08, seed
	return c
}

// fewFeatures leave those out that part the classes alone.
func fewFeatures() []string { return []string{"maximum", "median", "peaks", "RR interval"} }

// OpenFeatureBench simulates the ECG and measures the features of its beats.
func OpenFeatureBench(ctx context.Context, set string, seed int64) (*FeatureBench, error) {
	series, err := data.SimulateECG(ctx, featureECG(seed))
	if err != nil {
		return nil, err
	}
	peaks := make([]int, len(series.Beats))
	for i, b := range series.Beats {
		peaks[i] = b.R
	}
	features, err := data.CutFeatures(series, peaks)
	if err != nil {
		return nil, err
	}
	beats, err := data.CutBeats(series, peaks)
	if err != nil {
		return nil, err
	}
	scaler, err := data.FitScaler(features)
	if err != nil {
		return nil, err
	}
	standardized, err := scaler.Apply(features)
	if err != nil {
		return nil, err
	}
	names := data.FeatureNames()
	if set == "few" {
		names = fewFeatures()
	}
	b := &FeatureBench{Names: names}
	row := make([]float32, features.Width())
	pick := func(from *data.Dataset, i int) []float64 {
		from.Row(row, i)
		chosen := make([]float64, len(names))
		for j, name := range names {
			chosen[j] = float64(row[slices.Index(data.FeatureNames(), name)])
		}
		return chosen
	}
	for i := range features.Len() {
		b.Beats = append(b.Beats, rows(beats.Slice(i, i+1)))
		b.Raw = append(b.Raw, pick(features, i))
		b.X = append(b.X, pick(standardized, i))
		b.Labels = append(b.Labels, int(features.Labels[i])) // The classes begin as data.BeatKinds does.
	}
	return b, nil
}

// FeatureDone ends the lab feature-bench.
type FeatureDone struct {
	Beats    int       `json:"beats"`
	Ectopic  int       `json:"ectopic"`
	Features []string  `json:"features"`
	Alone    []float64 `json:"alone"`    // accuracy with the best sign of each feature alone
	Accuracy float64   `json:"accuracy"` // with the weights
	Task
}

// Kind implements Event.
func (FeatureDone) Kind() string { return "done" }

// Line says what each feature can do.
func (d FeatureDone) Line() string {
	text := fmt.Sprintf("%d beats, %d of them ectopic\n", d.Beats, d.Ectopic)
	for i, name := range d.Features {
		text += fmt.Sprintf("%-19s alone %5.1f %%\n", name, 100*d.Alone[i])
	}
	return text + fmt.Sprintf("all together        %5.1f %%\n%s", 100*d.Accuracy, d.Task.Line())
}

// As many steps of this size bring weights on a few hundred beats to where they hardly change.
const (
	learnRounds = 500
	learnRate   = 1.0
)

// learn finds weights by logistic regression, with gradient steps on all beats.
func (b *FeatureBench) learn(ctx context.Context) (FeatureWeights, error) {
	w := b.NewFeatureWeights()
	ectopic := w[1] // The scores' difference decides, so one class can keep zeros.
	for range learnRounds {
		if err := ctx.Err(); err != nil {
			return w, err
		}
		gradient := make([]float64, len(ectopic))
		for i, x := range b.X {
			off := float64(b.Labels[i]) - 1/(1+math.Exp(-b.Scores(w, i)[1]))
			gradient[0] += off
			for j, v := range x {
				gradient[1+j] += off * v
			}
		}
		for j := range ectopic {
			ectopic[j] += learnRate * gradient[j] / float64(len(b.X))
		}
	}
	return w, nil
}

// learnedWeights is the value of the parameter weights that lets the lab find them.
const learnedWeights = "learned"

// parseWeights reads weights with commas between them: "0, 1.5, -2".
func parseWeights(text string) ([]float64, error) {
	var weights []float64
	for field := range strings.SplitSeq(text, ",") {
		w, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("%q is no weight; write numbers with commas between them, as 0, 1.5, -2",
				strings.TrimSpace(field))
		}
		weights = append(weights, w)
	}
	return weights, nil
}

// weigh gives the ectopic class the weights of a text and the normal class zeros: the difference of the scores decides.
func (b *FeatureBench) weigh(ctx context.Context, text string) (FeatureWeights, error) {
	if text == learnedWeights {
		return b.learn(ctx)
	}
	w := b.NewFeatureWeights()
	weights, err := parseWeights(text)
	if err != nil {
		return w, err
	}
	if len(weights) != len(w[1]) {
		return w, fmt.Errorf("the parameter weights holds %d numbers; with these features it needs %d: "+
			"w₀ and one each for %s", len(weights), len(w[1]), strings.Join(b.Names, ", "))
	}
	copy(w[1], weights)
	return w, nil
}

func featuresLab() Lab {
	return Lab{
		ID: "feature-bench", Lesson: "representations",
		About:    "classifies heartbeats by a few features and weights",
		Question: "Which features tell an ectopic beat from a normal one?",
		Task:     FeatureTask(FeatureCounts{}).Text,
		Answer:   []string{"weights"},
		Params: []Param{
			choiceParam("features", "few", featureSets(), "which are shown, few are "+strings.Join(fewFeatures(), ", ")),
			{"weights", learnedWeights, "w₀ and a weight for each feature in its standard deviations, " +
				"as 0, 1.5, -2, 0, 0.5; ectopic is a sum above 0; or " + learnedWeights +
				", which lets logistic regression find them", func(s string) bool {
				_, err := parseWeights(s)
				return s == learnedWeights || err == nil
			}},
			seedParam(),
		},
		Run: runFeatures,
	}
}

func runFeatures(ctx context.Context, _ Env, v Values, emit func(Event)) error {
	b, err := OpenFeatureBench(ctx, v.Text("features"), v.Seed())
	if err != nil {
		return err
	}
	w, err := b.weigh(ctx, v.Text("weights"))
	if err != nil {
		return err
	}
	counts := b.Count(w)
	done := FeatureDone{
		Beats: len(b.Beats), Ectopic: counts.All[1], Features: b.Names, Accuracy: counts.Accuracy(), Task: FeatureTask(counts),
	}
	for j := range b.Names {
		one := b.NewFeatureWeights()
		one[1][1+j] = 1
		up := b.Count(one).Accuracy()
		one[1][1+j] = -1
		done.Alone = append(done.Alone, max(up, b.Count(one).Accuracy()))
	}
	emit(done)
	return nil
}
