package lab

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// TrainSettings are the parameters of the lab train: an autoencoder on MNIST or on a learner's own table.
type TrainSettings struct {
	Data         string // trainData or ownData
	Epochs       int
	BatchSize    int
	LearningRate float64
	Latent       int   // units of the bottleneck
	Hidden       []int // units of the encoder's layers before it; the decoder mirrors them
	Seed         int64
	Optimizer    string
	Patience     int // epochs without a lower validation error that end the run; 0 never does
}

// The task of the lab train: a validation error below trainTaskError with at most TrainTaskLatent latent units.
const (
	trainTaskError  = 0.012
	TrainTaskLatent = 16
)

// trainData is what the parameter data says for MNIST.
const trainData = "mnist"

func trainLab() Lab {
	return Lab{
		ID: "train", Lesson: "autoencoder",
		About:    "trains an autoencoder on MNIST or a table of your own",
		Question: "Which comes back first, the place of the ink or the shape of the stroke?",
		Task:     TrainTask(TrainSettings{}, 0).Text,
		Params: []Param{
			wholeParam("epochs", 10, 1, 1000, "passes over the examples"),
			wholeParam("batch", 128, 1, engine.MaxBatchSize, "examples for one step"),
			{"lr", "0.001", "the learning rate, a number above 0 and at most 1000", func(s string) bool {
				x, err := strconv.ParseFloat(s, 64)
				return err == nil && x > 0 && x <= 1000
			}},
			wholeParam("latent", 16, 1, 4096, "units of the bottleneck"),
			{"hidden", "256-64", "units of the encoder's layers before the bottleneck, as 256-64, or none", func(s string) bool {
				_, ok := layerSizes(s)
				return ok
			}},
			seedParam(),
			choiceParam("optimizer", "adam", engine.Optimizers(), "what turns gradients into steps"),
			wholeParam("patience", 0, 0, 1000, "epochs without a lower validation error that end the run, 0 for never"),
			choiceParam("data", trainData, []string{trainData, ownData}, "what is learned, own being the file of --data"),
		},
		Run: runTrain,
	}
}

// TrainSettingsOf reads the settings of the lab train from its values.
func TrainSettingsOf(v Values) TrainSettings {
	hidden, _ := layerSizes(v.Text("hidden")) // Set has let only sizes in.
	return TrainSettings{
		Data: v.Text("data"), Epochs: v.Whole("epochs"), BatchSize: v.Whole("batch"), LearningRate: v.Number("lr"), Latent: v.Whole("latent"),
		Hidden: hidden, Seed: v.Seed(), Optimizer: v.Text("optimizer"), Patience: v.Whole("patience"),
	}
}

// layerSizes reads "256-64"; "none" is no layer.
func layerSizes(value string) ([]int, bool) {
	if value == "none" {
		return nil, true
	}
	var sizes []int
	for field := range strings.SplitSeq(value, "-") {
		units, err := strconv.Atoi(field)
		if err != nil || units < 1 || units > 4096 || len(sizes) == 20 {
			return nil, false
		}
		sizes = append(sizes, units)
	}
	return sizes, true
}

// Own says whether a learner's own table is learned.
func (s TrainSettings) Own() bool { return s.Data == ownData }

// architecture is the autoencoder that the settings describe.
func (s TrainSettings) architecture(own *Own) engine.Architecture {
	if s.Own() {
		return engine.NewArchitecture(own.set.Shape, engine.Tanh, s.Hidden, s.Latent)
	}
	return engine.NewArchitecture([]int{28, 28}, engine.ReLU, s.Hidden, s.Latent).WithOutput(engine.Sigmoid)
}

// previewEvery lets the eye follow the pictures; more often would take time from the training.
const previewEvery = 120 * time.Millisecond

// previewedRows is how many rows of a table are redrawn beside each other.
const previewedRows = 4

// PreparedTrain is a run of the lab train that is ready to start.
type PreparedTrain struct {
	Run      *engine.Run
	Start    Start
	Examples int // to learn from
	// Of a learner's own table, else nil: the names of its columns, and of the rows that are redrawn, "line 17".
	Columns, Rows []string
}

// PrepareTrain prepares the lab's run. On MNIST it trains on the 60,000 training images and validates on the 10,000
// test images, on a learner's own table on four fifths of the rows and the others. With previews it also redraws one
// held-out image of each digit, or some held-out rows, while it learns.
func PrepareTrain(env Env, s TrainSettings, previews bool) (PreparedTrain, error) {
	b, err := env.Backend()
	if err != nil {
		return PreparedTrain{}, err
	}
	train, heldOut, err := s.parts(env)
	if err != nil {
		return PreparedTrain{}, err
	}
	c := engine.Config{
		Architecture: s.architecture(env.Own), Seed: s.Seed, Epochs: s.Epochs, BatchSize: s.BatchSize,
		LearningRate: s.LearningRate, Optimizer: s.Optimizer, Patience: s.Patience,
	}
	p := PreparedTrain{Examples: train.Len(), Start: Start{
		c.Architecture.String(), c.Architecture.Parameters(), "MNIST", b.String(), b.Reason(),
	}}
	if s.Own() {
		p.Start.Data = fmt.Sprintf("%s, %d rows of %d columns", env.Own.name, env.Own.set.Len(), train.Width())
		p.Columns = train.Columns
	}
	if previews {
		c.PreviewEvery = previewEvery
		c.Previews, p.Rows = s.previews(heldOut)
	}
	p.Run, err = engine.NewRun(b, c, train, heldOut)
	return p, err
}

// parts are the examples to learn and those to validate on.
func (s TrainSettings) parts(env Env) (train, heldOut *data.Dataset, err error) {
	if s.Own() {
		if env.Own == nil {
			return nil, nil, errNoOwn
		}
		return env.Own.parts(s.Seed)
	}
	return env.Digits.parts()
}

// previews are the held-out examples that are redrawn, and of a table the names of its rows.
func (s TrainSettings) previews(heldOut *data.Dataset) (chosen []int, names []string) {
	if !s.Own() {
		return onePerClass(heldOut), nil
	}
	for i := range min(previewedRows, heldOut.Len()) {
		chosen = append(chosen, i)
		names = append(names, fmt.Sprintf("line %d", heldOut.Origins[i]))
	}
	return chosen, names
}

// onePerClass is the first example of each class.
func onePerClass(d *data.Dataset) []int {
	var chosen []int
	seen := make([]bool, len(d.Classes))
	for i, label := range d.Labels {
		if !seen[label] {
			seen[label] = true
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// Start begins the events of a lab that trains.
type Start struct {
	Architecture string `json:"architecture"`
	Parameters   int    `json:"parameters"`
	Data         string `json:"data"`
	Backend      string `json:"backend"`
	Reason       string `json:"reason"` // why this backend
}

// Kind implements Event.
func (Start) Kind() string { return "start" }

// TrainDone ends the lab train.
type TrainDone struct {
	engine.DoneEvent
	Task
}

// TrainTask judges a validation error on all held-out images, which may be infinite: then nothing was measured. On other
// data it cannot be reached.
func TrainTask(s TrainSettings, err float64) Task {
	t := Task{
		Text: "validation error under " + short(trainTaskError) + " with " + strconv.Itoa(TrainTaskLatent) +
			" latent units or fewer",
		Now: strconv.FormatFloat(err, 'f', 4, 64) + " with " + strconv.Itoa(s.Latent),
	}
	if s.Own() {
		t.Now = "MNIST only"
		return t
	}
	if s.Latent <= TrainTaskLatent {
		t.Reached = err < trainTaskError
		t.Figure = lowest("validation error with "+strconv.Itoa(TrainTaskLatent)+" latent units or fewer", err)
	}
	return t
}

func runTrain(ctx context.Context, env Env, v Values, emit func(Event)) error {
	if err := CheckOwn(env, v); err != nil {
		return err
	}
	s := TrainSettingsOf(v)
	run, err := PrepareTrain(env, s, false)
	if err != nil {
		return err
	}
	emit(run.Start)
	run.Run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.ErrorEvent:
			err = e.Err
		case engine.DoneEvent:
			emit(TrainDone{e, TrainTask(s, e.ValLoss)})
		default:
			emit(e)
		}
	})
	return err
}
