package lab

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// ThresholdKinds are the data of the lab threshold, with a learner's own table where there is one.
func (e Env) ThresholdKinds() []string {
	kinds := []string{"images", "digit", "table", "series"}
	if e.Own != nil {
		kinds = append(kinds, ownData)
	}
	return kinds
}

// thresholdSource is the data of the lab threshold before a model has seen them. The model learns train alone; nothing
// in normal or anomalous has taken part in that.
type thresholdSource struct {
	recipe            Recipe
	normalName        string // "digits"
	anomalyName       string // "clothes"
	trained           int
	normal, anomalous *data.Dataset // both in random order
	calibration       int           // the first examples of normal give the thresholds without labels
	shown             int           // those after them the histogram shows; the rest is unseen
	shownAnomalies    int
	note              string // what a learner should know of the data, or nothing
	lines             bool   // Origins are lines of a learner's file
}

func thresholdSourceOf(ctx context.Context, env Env, s ThresholdSettings) (thresholdSource, error) {
	switch s.Data {
	case ownData:
		return ownTable(env.Own, s)
	case "digit":
		return leftOutDigit(env, s)
	case "table":
		return cancerTable(s)
	case "series":
		return heartbeats(ctx, s)
	default:
		return digitsAndClothes(env, s)
	}
}

// heldOutPart is how many of n held-out digits give the thresholds without labels, and how many are shown.
func heldOutPart(n int) int { return min(2000, n/5) }

// digitsAndClothes takes digits for normal and Fashion-MNIST for anomalous.
func digitsAndClothes(env Env, s ThresholdSettings) (thresholdSource, error) {
	learned, digits, err := env.Digits.parts()
	if err != nil {
		return thresholdSource{}, err
	}
	clothes, err := data.FashionTest()
	if err != nil {
		return thresholdSource{}, err
	}
	digits, clothes = shuffled(digits, s.Seed), shuffled(clothes, s.Seed)
	return thresholdSource{
		recipe: env.Digits.recipe(16), normalName: "digits", anomalyName: "clothes", trained: learned.Len(),
		normal: digits, anomalous: clothes.Slice(0, 8000),
		calibration: heldOutPart(digits.Len()), shown: heldOutPart(digits.Len()), shownAnomalies: 2000,
	}, nil
}

// leftOutDigit trains on nine digits; the tenth is the anomaly.
func leftOutDigit(env Env, s ThresholdSettings) (thresholdSource, error) {
	train, test, err := env.Digits.parts()
	if err != nil {
		return thresholdSource{}, err
	}
	name := train.Classes[s.Digit]
	train, _ = byClass(train, name)
	other, left := byClass(test, name)
	r := env.Digits.recipe(16)
	r.Name = fmt.Sprintf("digits-without-%d-16", s.Digit)
	r.Title = "the autoencoder of digits that never saw " + aDigit(s.Digit)
	r.Train = given(train)
	r.HeldOut = given(other)
	return thresholdSource{
		recipe: r, normalName: "other digits", anomalyName: "the digit " + name, trained: train.Len(),
		normal: shuffled(other, s.Seed), anomalous: shuffled(left, s.Seed),
		calibration: heldOutPart(test.Len()), shown: heldOutPart(test.Len()), shownAnomalies: left.Len() * 2 / 5,
	}, nil
}

// cancerTable trains on half of the benign rows of Breast Cancer Wisconsin; the malignant ones are the anomalies.
func cancerTable(s ThresholdSettings) (thresholdSource, error) {
	all, err := data.BreastCancer()
	if err != nil {
		return thresholdSource{}, err
	}
	train, heldOut, err := all.SplitNormal("benign", 0.5, s.Seed)
	if err != nil {
		return thresholdSource{}, err
	}
	if train, heldOut, err = standardized(train, heldOut); err != nil {
		return thresholdSource{}, err
	}
	malignant, benign := byClass(heldOut, "benign")
	return thresholdSource{
		recipe: Recipe{
			Name: "benign-8", Title: "the autoencoder of benign tissue",
			Config: engine.Config{
				Architecture: engine.NewArchitecture([]int{30}, engine.Tanh, []int{16}, 8),
				Seed:         s.Seed, Epochs: 100, BatchSize: 16, LearningRate: 0.003, Optimizer: "adam",
			},
			Train:   given(train),
			HeldOut: given(benign),
		},
		normalName: "benign", anomalyName: "malignant", trained: train.Len(),
		normal: shuffled(benign, s.Seed), anomalous: shuffled(malignant, s.Seed),
		calibration: benign.Len() / 3, shown: benign.Len() / 3, shownAnomalies: malignant.Len() / 2,
	}, nil
}

// mostOwnRows bounds what is shown of a learner's own table, as a screen has room for. Four times as many are unseen.
const mostOwnRows = 2000

// ownTable trains on half of the rows of the most frequent class, the others are the anomalies. Without labels it
// trains on half of all rows, and nobody knows the anomalies.
func ownTable(o *Own, s ThresholdSettings) (thresholdSource, error) {
	if o == nil {
		return thresholdSource{}, errNoOwn
	}
	split := func() (train, heldOut *data.Dataset, err error) { return o.set.Split(0.5, s.Seed) }
	source := thresholdSource{normalName: "rows", anomalyName: "rows", note: o.note(), lines: true}
	if o.Labelled() {
		split = func() (train, heldOut *data.Dataset, err error) { return o.set.SplitNormal(o.normal, 0.5, s.Seed) }
		source.normalName, source.anomalyName = o.normal, "others"
	}
	train, heldOut, err := split()
	if err != nil {
		return source, err
	}
	if train, heldOut, err = standardized(train, heldOut); err != nil {
		return source, err
	}
	anomalous, normal := heldOut.Slice(0, 0), heldOut
	if o.Labelled() {
		anomalous, normal = byClass(heldOut, o.normal)
	}
	normal, anomalous = shuffled(normal, s.Seed), shuffled(anomalous, s.Seed)
	source.normal = normal.Slice(0, min(normal.Len(), 6*mostOwnRows))
	source.anomalous = anomalous.Slice(0, min(anomalous.Len(), 5*mostOwnRows))
	source.calibration = min(normal.Len()/3, mostOwnRows)
	source.shown, source.shownAnomalies = source.calibration, min(anomalous.Len()/2, mostOwnRows)
	source.trained = train.Len()
	source.recipe = Recipe{
		Name: "own-" + o.mark, Title: "the autoencoder of " + o.name,
		Config:  tableConfig(train.Width(), train.Len(), s.Seed),
		Train:   given(train),
		HeldOut: given(normal),
	}
	return source, nil
}

// ecgSeconds is half an hour, about 1,800 beats: enough that one beat in ten can be an anomaly of three kinds.
const ecgSeconds = 1800

// heartbeats simulates an ECG with as much noise as a moving person's electrodes give, and trains on half of its normal
// beats.
func heartbeats(ctx context.Context, s ThresholdSettings) (thresholdSource, error) {
	c := data.DefaultECG()
	c.Seconds, c.Noise, c.Seed = ecgSeconds, 0.06, s.Seed
	c.Ectopic, c.Dropout, c.Burst = 0.07, 0.05, 0.05
	ecg, err := data.SimulateECG(ctx, c)
	if err != nil {
		return thresholdSource{}, err
	}
	beats, err := data.CutBeats(ecg, ecg.RPeaks())
	if err != nil {
		return thresholdSource{}, err
	}
	train, heldOut, err := beats.SplitNormal(data.Normal.String(), 0.5, s.Seed)
	if err != nil {
		return thresholdSource{}, err
	}
	anomalous, normal := byClass(heldOut, data.Normal.String())
	return thresholdSource{
		recipe: Recipe{
			Name: "beats-4", Title: "the autoencoder of normal heartbeats",
			Config: engine.Config{
				Architecture: engine.NewArchitecture([]int{data.BeatWidth}, engine.ReLU, []int{64}, 4),
				Seed:         s.Seed, Epochs: 30, BatchSize: 32, LearningRate: 0.001, Optimizer: "adam",
			},
			Train:   given(train),
			HeldOut: given(normal),
		},
		normalName: "normal beats", anomalyName: "other beats", trained: train.Len(),
		normal: shuffled(normal, s.Seed), anomalous: shuffled(anomalous, s.Seed),
		calibration: normal.Len() / 3, shown: normal.Len() / 3, shownAnomalies: anomalous.Len() / 2,
	}, nil
}

// given is a part of a Recipe that is there already.
func given(d *data.Dataset) func() (*data.Dataset, error) {
	return func() (*data.Dataset, error) { return d, nil }
}

// byClass parts the examples of a class from the others.
func byClass(d *data.Dataset, class string) (others, of *data.Dataset) {
	var rows [2][]int
	for i, label := range d.Labels {
		at := 0
		if d.Classes[label] == class {
			at = 1
		}
		rows[at] = append(rows[at], i)
	}
	return d.Select(rows[0]), d.Select(rows[1])
}

// shuffled is the examples in random order: those of a file may be sorted, as MNIST's test images are by their writers.
func shuffled(d *data.Dataset, seed int64) *data.Dataset {
	order := make([]int, d.Len())
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(uint64(seed), 0x7468726573686f6c))
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return d.Select(order)
}

// classNames names the class of each example, "" where nothing is labelled.
func classNames(d *data.Dataset) []string {
	names := make([]string, d.Len())
	for i, label := range d.Labels {
		names[i] = d.Classes[label]
	}
	return names
}

// part is the given normal examples and, behind them, the anomalies.
func (s thresholdSource) part(normal, anomalous *data.Dataset) ThresholdPart {
	p := ThresholdPart{
		Normal: normal.Len(), Names: slices.Concat(classNames(normal), classNames(anomalous)),
		Inputs: slices.Concat(rows(normal), rows(anomalous)),
	}
	if s.lines {
		p.Lines = slices.Concat(normal.Origins, anomalous.Origins)
	}
	return p
}
