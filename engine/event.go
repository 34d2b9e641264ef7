package engine

import "time"

// Event is what a Run tells while it works. The last event of a run is a DoneEvent or an ErrorEvent.
type Event interface {
	// Kind names the event in a stream of lines: "step", "validation", "preview", "epoch", "done" or "error".
	Kind() string
}

// StepEvent follows each optimizer step.
type StepEvent struct {
	Step   int `json:"step"`   // 1 for the first
	Epoch  int `json:"epoch"`  // 1 for the first
	Epochs int `json:"epochs"` // as configured
	// Progress is how far the run is, in epochs: 1.5 in the middle of the second.
	Progress float64 `json:"progress"`
	// Loss is what the step makes small, on this batch and before the step: the mean squared error or, of a variational
	// autoencoder, factor · (Reconstruction + Beta·KL), see Config.Beta.
	Loss             float64       `json:"loss"`
	Reconstruction   float64       `json:"reconstruction,omitempty"` // nats per example, 0 unless variational
	KL               float64       `json:"kl,omitempty"`             // nats per example, 0 unless variational
	Beta             float64       `json:"beta,omitempty"`           // of this step, in a warm-up less than configured
	LearningRate     float64       `json:"lr"`
	BatchSize        int           `json:"batch"`
	SamplesPerSecond float64       `json:"samples_per_second"`
	Left             time.Duration `json:"-"` // estimate of the time to the last epoch's end
}

// ValidationEvent is the loss on held-out examples, against the clean ones where they are spoiled. Within an epoch it
// is taken on a fixed part of them, at its end on all. A variational autoencoder reconstructs from the mean of each
// code here, and KL counts with the whole of beta, whatever the warm-up, so that epochs can be compared.
type ValidationEvent struct {
	Step           int     `json:"step"`
	Progress       float64 `json:"progress"`
	Loss           float64 `json:"loss"`
	Reconstruction float64 `json:"reconstruction,omitempty"` // nats per example, 0 unless variational
	KL             float64 `json:"kl,omitempty"`             // nats per example, 0 unless variational
	Examples       int     `json:"examples"`
}

// PreviewEvent shows how the model redraws some held-out examples by now.
type PreviewEvent struct {
	Step            int         `json:"step"`
	Inputs          [][]float32 `json:"-"` // [n, width], clean
	Corrupted       [][]float32 `json:"-"` // [n, width], what the model got; nil without a corruption
	Reconstructions [][]float32 `json:"-"` // [n, width]
	Labels          []string    `json:"-"` // class names, [n]; nil where nothing is labelled
}

// EpochEvent closes an epoch.
type EpochEvent struct {
	Epoch int `json:"epoch"`
	// TrainLoss is the mean of the epoch's batch losses, ValLoss the error on all held-out examples after it.
	TrainLoss float64 `json:"train_loss"`
	ValLoss   float64 `json:"val_loss"`
	// The parts of both losses, as StepEvent and ValidationEvent have them; 0 unless variational.
	TrainReconstruction float64 `json:"train_reconstruction,omitempty"`
	TrainKL             float64 `json:"train_kl,omitempty"`
	ValReconstruction   float64 `json:"val_reconstruction,omitempty"`
	ValKL               float64 `json:"val_kl,omitempty"`
	Seconds             float64 `json:"seconds"`
	SamplesPerSecond    float64 `json:"samples_per_second"`
}

// Ending says why a run ended.
type Ending string

// The endings of a run.
const (
	Finished     Ending = "finished"      // all epochs done
	StoppedEarly Ending = "early stopped" // the validation error stopped falling
	Stopped      Ending = "stopped"       // somebody stopped it
)

// DoneEvent ends a run that came to a regular end. Its losses are those of the last epoch; a run stopped within an
// epoch reports the error at that moment.
type DoneEvent struct {
	TrainLoss        float64 `json:"train_loss"`
	ValLoss          float64 `json:"val_loss"`
	Epochs           int     `json:"epochs"` // completed
	Seconds          float64 `json:"seconds"`
	SamplesPerSecond float64 `json:"samples_per_second"`
	Backend          string  `json:"backend"`
	Seed             int64   `json:"seed"`
	Ending           Ending  `json:"ending"`
}

// ErrorEvent ends a run that failed. Its message says what to do about it.
type ErrorEvent struct {
	Err error `json:"-"`
}

// Kind implements Event.
func (StepEvent) Kind() string { return "step" }

// Kind implements Event.
func (ValidationEvent) Kind() string { return "validation" }

// Kind implements Event.
func (PreviewEvent) Kind() string { return "preview" }

// Kind implements Event.
func (EpochEvent) Kind() string { return "epoch" }

// Kind implements Event.
func (DoneEvent) Kind() string { return "done" }

// Kind implements Event.
func (ErrorEvent) Kind() string { return "error" }
