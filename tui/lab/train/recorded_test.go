package train

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

// recorded are the events of a run with the settings of recordedSettings that is at step, epochs in progress.
func recorded(step int, scale float64) []engine.Event {
	const perEpoch = 469
	var events []engine.Event
	for i := 1; i <= step; i++ {
		progress := float64(i) / perEpoch
		noise := 0.0012 * math.Sin(float64(i)*12.9898)
		value := scale * (0.016 + 0.21*math.Exp(-float64(i)/30) + 0.03*math.Exp(-float64(i)/400) + noise)
		events = append(events, engine.StepEvent{
			Step: i, Epoch: (i-1)/perEpoch + 1, Epochs: 10, Progress: progress, Loss: value,
			LearningRate: 0.001, BatchSize: 128, SamplesPerSecond: 24310.4,
			Left: time.Duration((10 - progress) * 2.468 * float64(time.Second)),
		})
		if i%100 == 0 || i%perEpoch == 0 {
			events = append(events, engine.ValidationEvent{Step: i, Progress: progress, Loss: value*1.02 + 0.0004, Examples: 1000})
		}
		if i%perEpoch == 0 {
			events = append(events, engine.EpochEvent{Epoch: i / perEpoch, TrainLoss: value, ValLoss: value*1.02 + 0.0004})
		}
	}
	return append(events, preview(step))
}

func recordedSettings() lab.TrainSettings {
	return lab.TrainSettings{
		Epochs: 10, BatchSize: 128, LearningRate: 0.001, Latent: 16, Hidden: []int{256, 64}, Seed: 1, Optimizer: "adam",
	}
}

// ownSettings are those of a learner's own table of ownColumns.
func ownSettings() lab.TrainSettings {
	return lab.TrainSettings{
		Data: "own", Epochs: 10, BatchSize: 16, LearningRate: 0.003, Latent: 2, Hidden: []int{4}, Seed: 1, Optimizer: "adam",
	}
}

func ownColumns() []string {
	return []string{"speed", "temperature of the bearing", "load", "vibration", "oil", "noise", "age"}
}

// rowsPreview redraws four rows of ownColumns.
func rowsPreview() engine.PreviewEvent {
	var e engine.PreviewEvent
	for i := range 4 {
		input, redrawn := make([]float32, 7), make([]float32, 7)
		for j := range input {
			input[j] = float32(math.Sin(float64(i*7 + j)))
			redrawn[j] = 0.8 * input[j]
		}
		e.Inputs, e.Reconstructions = append(e.Inputs, input), append(e.Reconstructions, redrawn)
	}
	return e
}

// preview draws ten rings and bars as examples, and the same a little blurred as their reconstructions.
func preview(step int) engine.PreviewEvent {
	e := engine.PreviewEvent{Step: step}
	for digit := range 10 {
		input, redrawn := make([]float32, 28*28), make([]float32, 28*28)
		for y := range 28 {
			for x := range 28 {
				input[y*28+x] = stroke(digit, float64(y)-13.5, float64(x)-13.5, 1.6)
				redrawn[y*28+x] = 0.8 * stroke(digit, float64(y)-13.5, float64(x)-13.5, 2.6)
			}
		}
		e.Inputs = append(e.Inputs, input)
		e.Reconstructions = append(e.Reconstructions, redrawn)
		e.Labels = append(e.Labels, strconv.Itoa(digit))
	}
	return e
}

// stroke is the ink at a place relative to the middle: even digits are rings of different sizes, odd ones leaning bars.
func stroke(digit int, y, x, width float64) float32 {
	distance := math.Abs(math.Hypot(x*1.3, y) - 4 - float64(digit)/2)
	if digit%2 == 1 {
		distance = math.Abs(x + y*float64(digit-5)/10)
		if math.Abs(y) > 9 {
			distance = math.Inf(1)
		}
	}
	return float32(math.Exp(-distance * distance / width / width))
}

// fakeRun is a Run that a test drives: Start emits what comes through events and ends when that is closed or ctx ends.
type fakeRun struct {
	events chan engine.Event
	panics any         // Start panics with it, if it is set, when events is closed
	calls  chan string // what the model asked for
	refuse error       // the answer to changed settings
}

func newFakeRun() *fakeRun {
	return &fakeRun{events: make(chan engine.Event), calls: make(chan string, 100)}
}

func (r *fakeRun) Start(ctx context.Context, emit func(engine.Event)) {
	for {
		select {
		case e, ok := <-r.events:
			if !ok {
				if r.panics != nil {
					panic(r.panics)
				}
				return
			}
			emit(e)
		case <-ctx.Done():
			emit(engine.ErrorEvent{Err: ctx.Err()})
			return
		}
	}
}

func (r *fakeRun) Pause()  { r.calls <- "pause" }
func (r *fakeRun) Resume() { r.calls <- "resume" }
func (r *fakeRun) Step()   { r.calls <- "step" }
func (r *fakeRun) Stop()   { r.calls <- "stop" }

func (r *fakeRun) SetLearningRate(rate float64) error {
	r.calls <- "lr " + strconv.FormatFloat(rate, 'g', -1, 64)
	return r.refuse
}

func (r *fakeRun) SetBatchSize(size int) error {
	r.calls <- "batch " + strconv.Itoa(size)
	return r.refuse
}

// asked returns what the model asked for since the last call.
func (r *fakeRun) asked() []string {
	var calls []string
	for {
		select {
		case c := <-r.calls:
			calls = append(calls, c)
		default:
			return calls
		}
	}
}
