// Package lab says what each lab computes: its parameters with their defaults, its question, its task and its work. The
// terminal app shows labs, the command line runs them without a screen.
package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/turn"
)

// Lab is one lab of the workshop without its screen.
type Lab struct {
	ID       string // "threshold"
	Lesson   string // slug of the lesson that it belongs to
	About    string // what it does, after "runs": "trains an autoencoder on MNIST"
	Question string // the one question that a learner should answer with it
	Task     string // what to reach, the text of its Task; empty where there is nothing
	Params   []Param
	// Answer are the keys of parameters whose defaults answer the task: where all of them are kept, the lab has reached it
	// and not the learner. It is empty where no defaults do.
	Answer []string
	// Run does the lab's work with the answer to its task that the values hold, and tells events, the last of them a
	// Done of its own kind. It returns within a step of ctx's end.
	Run func(ctx context.Context, env Env, v Values, emit func(Event)) error
}

// Event is what a lab tells while it works. Its fields are those of a line of JSON, after {"event":kind.
type Event interface {
	// Kind names the event: "progress", "point", "done" or a word of the lab's own.
	Kind() string
}

// Env is what labs work with.
type Env struct {
	Backend func() (*engine.Backend, error) // opened by the first lab that computes
	Models  *Models                         // trained before, or nil to train each time
	Own     *Own                            // a learner's own table, or nil
	Digits  *Digits                         // nil for MNIST
	// Open opens a backend of engine.BackendNames for a lab that compares them; nil where there is none but Backend.
	Open func(name string) (*engine.Backend, error)
	// BackendName is the name that Backend opens, as "auto", and Version the program's.
	BackendName, Version string
	// Probe is the command line of a process of its own that looks at native code, see device.Options.
	Probe []string
}

// For is the environment of one session among several: its labs compute within the session's share.
func (e Env) For(share *engine.Share) Env {
	open := e.Backend
	e.Backend = func() (*engine.Backend, error) {
		b, err := open()
		if err != nil {
			return nil, err
		}
		return b.For(share), nil
	}
	return e
}

// core is a turn on a core for work that needs no backend. Where none opens nobody computes on it, so there is nobody to
// take turns with.
func (e Env) core() turn.Core {
	if e.Backend == nil {
		return nil
	}
	b, err := e.Backend()
	if err != nil {
		return nil
	}
	return b.Core
}

// Progress tells how far a lab is with something that takes a while.
type Progress struct {
	Doing    string  `json:"doing"`    // "training the autoencoder"
	Fraction float64 `json:"fraction"` // 0 to 1
}

// Kind implements Event.
func (Progress) Kind() string { return "progress" }

// Task tells whether what a lab asks for is reached. It is part of the last event of a lab.
type Task struct {
	Text    string `json:"task"`         // what to reach: "recall ≥ 0.90 and precision ≥ 0.80"
	Now     string `json:"task_now"`     // what is reached, in the same numbers: "recall 0.87, needs 0.90"
	Reached bool   `json:"task_reached"` // all of it
	Figure  Figure `json:"task_figure,omitzero"`
}

// Outcome is the task itself. Every event that has a Task has this method too.
func (t Task) Outcome() Task { return t }

// Fault turns a panic into an error that a learner can act on.
func Fault(cause any) error {
	return fmt.Errorf("the lab met an internal error: %v; this is a fault of the program, not of your settings", cause)
}

// All lists the labs in the order of their lessons.
func All() []Lab {
	return []Lab{
		featuresLab(),
		devicesLab(),
		raceLab(),
		builderLab(),
		trainLab(),
		bottleneckLab(),
		thresholdLab(),
		latentMapLab(),
		noiseBenchLab(),
		vaeTrainLab(),
		walkLab(),
		fewLabelsLab(),
		mapsLab(),
		analogiesLab(),
	}
}

// Find is the lab with an id.
func Find(id string) (Lab, bool) {
	all := All()
	i := slices.IndexFunc(all, func(l Lab) bool { return l.ID == id })
	if i < 0 {
		return Lab{}, false
	}
	return all[i], true
}

// IDs are the ids of all labs, for a sentence: "train, threshold".
func IDs() string {
	var ids []string
	for _, l := range All() {
		ids = append(ids, l.ID)
	}
	return strings.Join(ids, ", ")
}

// Defaults are the values that a lab starts with.
func (l Lab) Defaults() Values { return defaults(l.Params) }

// Answered says whether values are a learner's own answer to the task.
func (l Lab) Answered(v Values) bool {
	own := func(key string) bool { return v.Text(key) != l.Defaults().Text(key) }
	return len(l.Answer) == 0 || slices.ContainsFunc(l.Answer, own)
}
