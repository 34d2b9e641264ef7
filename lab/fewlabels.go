package lab

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// FewLabelsSettings are the parameters of the lab few-labels.
type FewLabelsSettings struct {
	Pictures int     // digits without labels, for pretraining
	Epochs   int     // of pretraining
	Hidden   float64 // part of the blocks that pretraining hides
	Repeats  int     // draws of labelled examples for each number of them
	HeldOut  int     // digits on which accuracy is measured
	Most     int     // labels per class at which the lab ends
	Guess    float64 // labels per class from which training from scratch is predicted to be as good
	Seed     int64   // of the pretrained encoder
	Draw     int     // which labelled examples; others for each
}

// LabelCounts are the numbers of labels per class, up to the settings' most.
func (s FewLabelsSettings) LabelCounts() []int {
	var counts []int
	for _, n := range labelCounts() {
		if n <= s.Most {
			counts = append(counts, n)
		}
	}
	return counts
}

func labelCounts() []int { return []int{1, 2, 5, 10, 20, 50, 100, 200, 500} }

// Way is how a classifier of few labels comes to its features.
type Way string

// The ways that the lab compares.
const (
	Frozen  Way = "frozen"  // a pretrained encoder that stays as it is, with a linear head on its codes
	Tuned   Way = "tuned"   // the pretrained encoder and head, all of it trained on the labels: fine-tuning
	Scratch Way = "scratch" // the same encoder and head, which know nothing but the labels
)

// Ways lists all ways.
func Ways() []Way { return []Way{Frozen, Tuned, Scratch} }

// MaskedEvent shows what pretraining is: held-out pictures, what is left of them, and how the model fills them in.
type MaskedEvent struct {
	Clean  [][]float32 `json:"-"` // [n, 784]
	Masked [][]float32 `json:"-"` // [n, 784]
	Filled [][]float32 `json:"-"` // [n, 784]
}

// Kind implements Event.
func (MaskedEvent) Kind() string { return "masked" }

// LabelledEvent shows the examples whose labels the next points know.
type LabelledEvent struct {
	Labels   int         `json:"labels"` // per class
	Pictures [][]float32 `json:"-"`      // [10·k, 784]: one of each class, then the second of each, at most shownLabelled of each
	Classes  []string    `json:"-"`      // [10·k]
}

// Kind implements Event.
func (LabelledEvent) Kind() string { return "labelled" }

// AccuracyEvent is the accuracy of one classifier on the held-out digits.
type AccuracyEvent struct {
	Way      Way     `json:"way"`
	Labels   int     `json:"labels"` // per class
	Repeat   int     `json:"repeat"` // from 1
	Accuracy float64 `json:"accuracy"`
	Seconds  float64 `json:"seconds"` // of its training
}

// Kind implements Event.
func (AccuracyEvent) Kind() string { return "accuracy" }

// Line says it for a person.
func (e AccuracyEvent) Line() string {
	return fmt.Sprintf("%4d labels a class, draw %d, %-7s  accuracy %.3f  %.2f s", e.Labels, e.Repeat, e.Way, e.Accuracy, e.Seconds)
}

// FewLabelsDone ends the lab few-labels.
type FewLabelsDone struct {
	Crossover float64 `json:"crossover"` // labels per class from which scratch is as good
	Crosses   bool    `json:"crosses"`   // false: it never was, and the crossover is the largest number of labels
	Guess     float64 `json:"guess"`
	HeldOut   int     `json:"held_out"`
	Task
}

// Kind implements Event.
func (FewLabelsDone) Kind() string { return "done" }

// Line says where the ways meet.
func (d FewLabelsDone) Line() string {
	text := fmt.Sprintf("training from scratch catches up at %.1f labels a class", d.Crossover)
	if !d.Crosses {
		text = fmt.Sprintf("training from scratch does not catch up with up to %.0f labels a class, which count as where it does", d.Crossover)
	}
	return fmt.Sprintf("%s; accuracy on %d held-out digits\n%s", text, d.HeldOut, d.Task.Line())
}

// Means are the mean accuracies of a way by the number of labels per class.
func Means(events []AccuracyEvent, way Way) map[int]float64 {
	sums, counts := map[int]float64{}, map[int]int{}
	for _, e := range events {
		if e.Way == way {
			sums[e.Labels] += e.Accuracy
			counts[e.Labels]++
		}
	}
	for n := range sums {
		sums[n] /= float64(counts[n])
	}
	return sums
}

// Spread is the sample standard deviation of the accuracies of a way at a number of labels, NaN for fewer than two.
func Spread(events []AccuracyEvent, way Way, labels int) float64 {
	var values []float64
	mean := 0.0
	for _, e := range events {
		if e.Way == way && e.Labels == labels {
			values = append(values, e.Accuracy)
			mean += e.Accuracy
		}
	}
	n := float64(len(values))
	sum := 0.0
	for _, v := range values {
		sum += (v - mean/n) * (v - mean/n)
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum / (n - 1))
}

// Crossover is the number of labels per class from which on scratch is at least as accurate as frozen, by the means over
// the draws, for that number and all larger ones. Between two measured numbers the difference of the means is
// interpolated on the logarithm of the labels. Where scratch leads from the first number on, that is the crossover; where
// it does not lead at the largest, ok is false and n is the largest.
func Crossover(events []AccuracyEvent) (n float64, ok bool) {
	frozen, scratch := Means(events, Frozen), Means(events, Scratch)
	var counts []int
	for labels := range frozen {
		if _, both := scratch[labels]; both {
			counts = append(counts, labels)
		}
	}
	slices.Sort(counts)
	for i, labels := range slices.Backward(counts) {
		behind := frozen[labels] - scratch[labels]
		if behind <= 0 {
			n, ok = float64(labels), true
			continue
		}
		if !ok {
			return float64(labels), false
		}
		after := counts[i+1]
		lead := scratch[after] - frozen[after]
		return float64(labels) * math.Pow(float64(after)/float64(labels), behind/(behind+lead)), true
	}
	return n, ok
}

// guessFactor is how far a prediction may be off.
const guessFactor = 2

// FewLabelsTask judges a prediction against the measured crossover, 0 while that is not measured yet.
func FewLabelsTask(guess, crossover float64) Task {
	t := Task{Text: "predict within a factor of 2 where scratch catches up", Now: "you say " + labels(guess)}
	if crossover > 0 {
		t.Now += ", measured " + labels(crossover)
		t.Reached = max(guess/crossover, crossover/guess) <= guessFactor
	}
	return t
}

// labels writes a number of labels per class; below 10 with a decimal, if it has one.
func labels(n float64) string {
	if n < 10 {
		return strconv.FormatFloat(math.Round(10*n)/10, 'f', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

func fewLabelsLab() Lab {
	return Lab{
		ID: "few-labels", Lesson: "pretraining",
		About:    "compares an encoder pretrained on masked digits with training from scratch, for few labels",
		Question: "From how many labels a class on does scratch match the frozen encoder?",
		Params: []Param{
			wholeParam("pictures", 60000, 1000, 60000, "digits without labels, for pretraining"),
			wholeParam("epochs", 3, 1, 100, "passes over the masked digits in pretraining"),
			numberParam("hidden", 0.5, 0.1, 0.9, "part of the blocks that pretraining hides"),
			wholeParam("repeats", 3, 1, 10, "draws of labelled examples for each number of them"),
			wholeParam("heldout", 2000, 100, 10000, "held-out digits on which accuracy is measured"),
			wholeParam("most", 200, 1, 500, "labels per class at which the lab ends"),
			numberParam("guess", 5, 1, 500, "your prediction of the labels per class from which scratch is as good"),
			seedParam(),
		},
		Run: runFewLabels,
	}
}

// FewLabelsSettingsOf reads the settings of the lab few-labels from its values.
func FewLabelsSettingsOf(v Values) FewLabelsSettings {
	return FewLabelsSettings{
		Pictures: v.Whole("pictures"), Epochs: v.Whole("epochs"), Hidden: v.Number("hidden"), Repeats: v.Whole("repeats"), HeldOut: v.Whole("heldout"),
		Most: v.Whole("most"), Guess: v.Number("guess"), Seed: v.Seed(),
	}
}

// recipe is the autoencoder that fills in masked digits. Its encoder's code is wide: it is to say much about a picture,
// not little.
func (s FewLabelsSettings) recipe() Recipe {
	a := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{256}, 64).WithOutput(engine.Sigmoid)
	return Recipe{
		Name: fmt.Sprintf("masked-digits-%d", s.Pictures), Title: "the encoder on masked digits",
		Config: engine.Config{
			Architecture: a, Seed: s.Seed, Epochs: s.Epochs, BatchSize: 128, LearningRate: 0.001, Optimizer: "adam",
			MaskedOnly: true,
		},
		Train: func() (*data.Dataset, error) {
			train, err := data.MNISTTrain()
			if err != nil {
				return nil, err
			}
			return train.Slice(0, min(s.Pictures, train.Len())), nil
		},
		HeldOut: func() (*data.Dataset, error) {
			heldOut, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			return heldOut.Slice(0, min(s.HeldOut, heldOut.Len())), nil
		},
		Noise: noise.Noise{Kind: noise.Blocks, Strength: s.Hidden, Block: 7, Shape: []int{28, 28}},
	}
}

// FewLabels pretrains, or takes a kept encoder, and then trains all ways for more and more labels. It tells Progress and
// MaskedEvents, and for each number of labels a LabelledEvent and its AccuracyEvents.
func FewLabels(ctx context.Context, env Env, s FewLabelsSettings, emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	train, err := data.MNISTTrain()
	if err != nil {
		return err
	}
	heldOut, err := data.MNISTTest()
	if err != nil {
		return err
	}
	pretrained, err := s.pretrain(ctx, env, b, emit)
	if err != nil {
		return err
	}
	heldOut = heldOut.Slice(0, min(s.HeldOut, heldOut.Len()))
	for _, n := range s.LabelCounts() {
		for repeat := 1; repeat <= s.Repeats; repeat++ {
			seed := s.Seed + int64(s.Draw*s.Repeats+repeat-1)
			few, err := engine.FewLabels(train, n, seed)
			if err != nil {
				return err
			}
			if repeat == 1 {
				emit(labelled(few, n))
			}
			for _, way := range Ways() {
				e, err := way.train(ctx, b, pretrained, seed, few, heldOut)
				if err != nil {
					return err
				}
				e.Labels, e.Repeat = n, repeat
				emit(e)
			}
		}
	}
	return nil
}

// pretrain is the kept encoder, or a new one, whose pretraining can be watched.
func (s FewLabelsSettings) pretrain(ctx context.Context, env Env, b *engine.Backend, emit func(Event)) (*engine.Model, error) {
	r := s.recipe()
	heldOut, err := r.HeldOut()
	if err != nil {
		return nil, err
	}
	shown, err := newTrial(heldOut, r.Noise, chosen(heldOut), s.Seed, 0)
	if err != nil {
		return nil, err
	}
	show := func(m *engine.Model) error {
		filled, err := m.Reconstruct(shown.noisy)
		if err != nil {
			return err
		}
		emit(MaskedEvent{shown.cut(shown.clean), shown.cut(shown.noisy), shown.cut(filled)})
		return nil
	}
	if model, ok := env.Models.find(b, r); ok {
		return model, show(model)
	}
	run, err := r.newRun(b)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	var told time.Time
	run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.StepEvent:
			if time.Since(told) < previewEvery {
				return
			}
			told = time.Now()
			emit(Progress{"pretraining " + r.Title, e.Progress / float64(e.Epochs)})
			if err := show(run.Model()); err != nil && failed == nil {
				failed = err
				cancel()
			}
		case engine.EpochEvent:
			emit(e)
		case engine.ErrorEvent:
			if failed == nil {
				failed = e.Err
			}
		}
	})
	if failed != nil {
		return nil, fmt.Errorf("pretraining %s: %w", r.Title, failed)
	}
	env.Models.keep(r, run.Model())
	emit(Progress{"pretraining " + r.Title, 1})
	return run.Model(), show(run.Model())
}

// shownLabelled is how many examples of each class a LabelledEvent shows.
const shownLabelled = 5

func labelled(few *data.Dataset, n int) LabelledEvent {
	e := LabelledEvent{Labels: n}
	byClass := make([][]int, len(few.Classes))
	for i, label := range few.Labels {
		byClass[label] = append(byClass[label], i)
	}
	for k := range min(n, shownLabelled) {
		for class, examples := range byClass {
			row := make([]float32, few.Width())
			few.Row(row, examples[k])
			e.Pictures, e.Classes = append(e.Pictures, row), append(e.Classes, few.Classes[class])
		}
	}
	return e
}

// leastSteps is how many steps training of the encoder gets at least; few labels make short epochs.
const leastSteps = 400

// train trains one classifier and measures it. A linear head is trained on all labels at once until it moves no more;
// where the encoder learns too, small steps and small batches do better.
func (w Way) train(
	ctx context.Context, b *engine.Backend, pretrained *engine.Model, seed int64, few, heldOut *data.Dataset,
) (AccuracyEvent, error) {
	c := engine.ClassifierConfig{ProbeConfig: engine.ProbeConfig{
		Classes: len(few.Classes), L2: 0.01, Epochs: 200, LearningRate: 0.05, Seed: seed,
	}}
	if w == Frozen {
		c.Pretrained, c.Frozen = pretrained, true
	} else {
		if w == Tuned {
			c.Pretrained = pretrained
		} else {
			c.Architecture = pretrained.Architecture()
		}
		c.BatchSize, c.LearningRate, c.L2 = min(50, few.Len()), 0.001, 0.0001
		c.Epochs = max(20, leastSteps*c.BatchSize/few.Len())
	}
	began := time.Now()
	k, err := engine.TrainClassifier(ctx, b, c, few)
	if err != nil {
		return AccuracyEvent{}, err
	}
	e := AccuracyEvent{Way: w, Seconds: time.Since(began).Seconds()}
	e.Accuracy, err = k.AccuracyOn(heldOut)
	return e, err
}

func runFewLabels(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := FewLabelsSettingsOf(v)
	var events []AccuracyEvent
	err := FewLabels(ctx, env, s, func(e Event) {
		switch e := e.(type) {
		case AccuracyEvent:
			events = append(events, e)
		case MaskedEvent:
			return // It has pictures only.
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	crossover, crosses := Crossover(events)
	emit(FewLabelsDone{crossover, crosses, s.Guess, s.HeldOut, FewLabelsTask(s.Guess, crossover)})
	return nil
}
