package lab

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/aetutor/aetutor/data"
)

// FeatureTaskAccuracy is the part of all beats that the weights must classify right in the lab feature-bench.
const FeatureTaskAccuracy = 0.95

// FeatureClasses are the classes of the lab feature-bench, in the order of their scores.
func FeatureClasses() []string { return []string{"normal", "ectopic"} }

// FeatureSets are the choices of features. With "all" one weight is enough, since the width of the beat tells all.
func FeatureSets() []string { return []string{"few", "all"} }

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
		Text:    fmt.Sprintf("accuracy of at least %.0f %% on all beats", 100*FeatureTaskAccuracy),
		Now:     fmt.Sprintf("%.1f %%", 100*c.Accuracy()),
		Reached: c.Accuracy() >= FeatureTaskAccuracy,
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
		beat := make([]float32, beats.Width())
		beats.Row(beat, i)
		b.Beats = append(b.Beats, beat)
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
	Accuracy float64   `json:"accuracy"` // with the learned weights
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

func featuresLab() Lab {
	return Lab{
		ID: "feature-bench", Lesson: "representations",
		About:    "classifies heartbeats by a few features and weights",
		Question: "Which features tell an ectopic beat from a normal one?",
		Params: []Param{
			choiceParam("features", "few", FeatureSets(), "which features are shown"),
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
	w, err := b.learn(ctx)
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
	"errors"
	"fmt"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/downstream"
)

// Features are a representation of digits: held-out ones, and training ones that a classifier learns from. They do not
// change, so any number of goroutines may use them.
type Features struct {
	On    string // the name of the representation
	Width int    // features of a digit

	heldOut, train      []float32 // [n, Width]
	labels, trainLabels []uint8
	backend             *engine.Backend
}

// ClusterEvent tells what k-means found, and how far it agrees with the digits, which it was not told.
type ClusterEvent struct {
	On      string         `json:"on"`
	Width   int            `json:"features"`
	K       int            `json:"k"`
	ARI     float64        `json:"ari"`
	NMI     float64        `json:"nmi"`
	Seconds float64        `json:"seconds"`
	Holds   []ClusterShare `json:"holds"` // what each cluster holds
	Labels  []int          `json:"-"`     // the cluster of each held-out digit
}

// ClusterShare is the commonest digit of a cluster and its part of it.
type ClusterShare struct {
	Digit uint8   `json:"digit"`
	Part  float64 `json:"part"` // 0 of an empty cluster
	Size  int     `json:"size"`
}

// Kind implements Event.
func (ClusterEvent) Kind() string { return "clusters" }

// Line says how well the clusters agree with the digits.
func (e ClusterEvent) Line() string {
	return fmt.Sprintf("%s, %d features, %d clusters in %.2f s: ARI %.3f, NMI %.3f", e.On, e.Width, e.K, e.Seconds, e.ARI, e.NMI)
}

// clusterRestarts is how often k-means starts; the result of the lowest inertia counts.
const clusterRestarts = 5

// Cluster clusters the held-out digits by k-means. It tells a Progress after each of its restarts.
func (f *Features) Cluster(ctx context.Context, k int, seed int64, emit func(Event)) (ClusterEvent, error) {
	start := time.Now()
	var best *downstream.Clustering
	for restart := range clusterRestarts {
		emit(Progress{fmt.Sprintf("clustering %s into %d", f.On, k), float64(restart) / clusterRestarts})
		// The restarts are called one by one so that the long ones can be watched; seeds stay apart by what they are times.
		c, err := downstream.KMeans(ctx, f.heldOut, f.Width, downstream.KMeansConfig{K: k, Restarts: 1, Seed: seed*clusterRestarts + int64(restart)})
		if err != nil {
			return ClusterEvent{}, err
		}
		if best == nil || c.Inertia < best.Inertia {
			best = c
		}
	}
	e := ClusterEvent{On: f.On, Width: f.Width, K: k, Labels: best.Labels, Holds: shares(best.Labels, f.labels, k)}
	e.Seconds = time.Since(start).Seconds()
	ari, ariErr := downstream.AdjustedRandIndex(best.Labels, f.labels)
	nmi, nmiErr := downstream.NormalizedMutualInformation(best.Labels, f.labels)
	e.ARI, e.NMI = ari, nmi
	return e, errors.Join(ariErr, nmiErr)
}

// shares finds the commonest digit of each of k clusters, of equals the smallest.
func shares(clusters []int, digits []uint8, k int) []ClusterShare {
	counts := make([][256]int, k)
	for i, c := range clusters {
		counts[c][digits[i]]++
	}
	holds := make([]ClusterShare, k)
	for c := range holds {
		most := 0
		for digit, n := range counts[c] {
			holds[c].Size += n
			if n > most {
				most, holds[c].Digit = n, uint8(digit)
			}
		}
		if most > 0 {
			holds[c].Part = float64(most) / float64(holds[c].Size)
		}
	}
	return holds
}

// ProbeEvent tells how well a linear classifier knows held-out digits by a representation.
type ProbeEvent struct {
	On       string  `json:"on"`
	Width    int     `json:"features"`
	Accuracy float64 `json:"accuracy"`
	Seconds  float64 `json:"seconds"` // of training it
}

// Kind implements Event.
func (ProbeEvent) Kind() string { return "probe" }

// Line says how accurate the classifier is.
func (e ProbeEvent) Line() string {
	return fmt.Sprintf("%s, %d features: a linear classifier of 10,000 training digits has accuracy %.3f after %.2f s",
		e.On, e.Width, e.Accuracy, e.Seconds)
}

// Probe trains a linear classifier on the training digits and measures it on the held-out ones.
func (f *Features) Probe(ctx context.Context, seed int64) (ProbeEvent, error) {
	e := ProbeEvent{On: f.On, Width: f.Width}
	start := time.Now()
	c, err := engine.TrainProbe(ctx, f.backend, engine.ProbeConfig{
		Classes: 10, Epochs: 30, BatchSize: 256, LearningRate: 0.01, Seed: seed,
	}, f.train, f.trainLabels)
	if err != nil {
		return e, err
	}
	e.Seconds = time.Since(start).Seconds()
	e.Accuracy, err = c.Accuracy(f.heldOut, f.labels)
	return e, err
}
