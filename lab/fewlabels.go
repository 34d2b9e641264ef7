package lab

import (
	"context"
	"fmt"
	"math"
	"strconv"
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
	Labels int `json:"labels"` // per class
	// Pictures are one of each class, then the second of each, k in all of each and at most shownLabelled: [10·k, 784].
	Pictures [][]float32 `json:"-"`
	Classes  []string    `json:"-"` // [10·k]
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
	return fmt.Sprintf("%11s a class, draw %d, %-7s  accuracy %.3f  %.2f s", Counted(e.Labels, "label"), e.Repeat, e.Way,
		e.Accuracy, e.Seconds)
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
		text = fmt.Sprintf("training from scratch does not catch up with up to %.0f labels a class, which count as where "+
			"it does", d.Crossover)
	}
	return fmt.Sprintf("%s; accuracy on %d held-out digits\n%s", text, d.HeldOut, d.Task.Line())
}

// FewLabelsTask judges a prediction against the measured crossover, 0 while that is not measured yet.
func FewLabelsTask(guess, crossover float64) Task {
	t := Task{
		Text: fmt.Sprintf("predict within a factor of %d where scratch catches up", guessFactor),
		Now:  "you say " + labels(guess),
	}
	if crossover > 0 {
		t.Now += ", measured " + labels(crossover)
		_, t.Reached, t.Figure = judgeGuess(guess, crossover)
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
		Task:     FewLabelsTask(0, 0).Text,
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
