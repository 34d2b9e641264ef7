package lab

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/downstream"
)

// BottleneckSettings are the parameters of the lab bottleneck.
type BottleneckSettings struct {
	Images int // training images, for the autoencoders and for PCA
	Epochs int // of each autoencoder
	Marked int // the size of the code that answers the task
	Seed   int64
}

// BottleneckSizes are the sizes of the code that the lab bottleneck compares.
func BottleneckSizes() []int { return []int{2, 4, 8, 16, 32, 64} }

// bottleneckRival is the number of components that the task's code has to beat.
const bottleneckRival = 16

// bottleneckHeldOut is how many held-out images the errors are taken on.
const bottleneckHeldOut = 2000

func bottleneckLab() Lab {
	var sizes []string
	for _, n := range BottleneckSizes() {
		sizes = append(sizes, strconv.Itoa(n))
	}
	return Lab{
		ID: "bottleneck", Lesson: "autoencoder",
		About:    "compares autoencoders with codes of 2 to 64 numbers, and PCA with as many",
		Question: "How much does each number more in the code gain, and when does PCA win?",
		Task:     BottleneckTask(nil, nil, 0).Text,
		Params: []Param{
			wholeParam("images", 20_000, 1000, 60_000, "training images"),
			wholeParam("epochs", 6, 1, 20, "passes over them for each autoencoder"),
			choiceParam("marked", "8", sizes, "the size that answers the task"),
			seedParam(),
		},
		Run: runBottleneck,
	}
}

// BottleneckSettingsOf reads the settings of the lab bottleneck from its values.
func BottleneckSettingsOf(v Values) BottleneckSettings {
	return BottleneckSettings{Images: v.Whole("images"), Epochs: v.Whole("epochs"), Marked: v.Whole("marked"),
		Seed: v.Seed()}
}

// SampleEvent brings the held-out digit that every size redraws.
type SampleEvent struct {
	Label   string    `json:"label"`
	Picture []float32 `json:"-"` // [784]
}

// Kind implements Event.
func (SampleEvent) Kind() string { return "sample" }

// SizeEvent is what one size reaches so far.
type SizeEvent struct {
	Method  string    `json:"method"` // Autoencoder or PCA
	Latent  int       `json:"latent"`
	Error   float64   `json:"error"` // on held-out images; NaN is never told
	Ended   bool      `json:"ended"`
	Picture []float32 `json:"-"` // the sample, redrawn; nil where it has not changed
}

// The methods that a SizeEvent compares.
const (
	Autoencoder = "autoencoder"
	PCA         = "PCA"
)

// Kind implements Event.
func (SizeEvent) Kind() string { return "size" }

// Line tells a size that is done.
func (e SizeEvent) Line() string {
	if !e.Ended {
		return ""
	}
	return fmt.Sprintf("%s with %d: error %.5f", e.Method, e.Latent, e.Error)
}

// BottleneckDone ends the lab bottleneck.
type BottleneckDone struct {
	Latent      []int     `json:"latent"`
	Autoencoder []float64 `json:"autoencoder"` // errors
	PCA         []float64 `json:"pca"`         // errors
	Task
}

// Kind implements Event.
func (BottleneckDone) Kind() string { return "done" }

// Line says whether the task is reached.
func (d BottleneckDone) Line() string { return d.Task.Line() }

// BottleneckTask judges a marked size. autoencoder and pca are the errors by size; a size that is missing is not done.
func BottleneckTask(autoencoder, pca map[int]float64, marked int) Task {
	task := Task{Text: fmt.Sprintf("mark the smallest code better than PCA with %d", bottleneckRival)}
	rival, known := pca[bottleneckRival]
	answer := 0
	for _, size := range BottleneckSizes() {
		err, done := autoencoder[size]
		if !done {
			known = false
		}
		if done && err < rival && answer == 0 {
			answer = size
		}
	}
	if err, done := autoencoder[marked]; done && rival > 0 {
		task.Now = fmt.Sprintf("%d: %.4f, PCA %.4f", marked, err, rival)
		if err < rival {
			task.Figure = lowest(fmt.Sprintf("marked code that is better than PCA with %d", bottleneckRival), float64(marked))
		}
	}
	task.Reached = known && marked == answer
	return task
}

func runBottleneck(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := BottleneckSettingsOf(v)
	errors := map[string]map[int]float64{Autoencoder: {}, PCA: {}}
	err := CompareSizes(ctx, env, s, func(e Event) {
		if size, ok := e.(SizeEvent); ok && size.Ended {
			errors[size.Method][size.Latent] = size.Error
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	done := BottleneckDone{Latent: BottleneckSizes(), Task: BottleneckTask(errors[Autoencoder], errors[PCA], s.Marked)}
	for _, size := range done.Latent {
		done.Autoencoder = append(done.Autoencoder, errors[Autoencoder][size])
		done.PCA = append(done.PCA, errors[PCA][size])
	}
	emit(done)
	return nil
}

// CompareSizes trains an autoencoder of each size, one after the other, and fits PCA. It tells a SampleEvent, then the
// SizeEvents.
func CompareSizes(ctx context.Context, env Env, s BottleneckSettings, emit func(Event)) error {
	train, heldOut, err := env.Digits.parts()
	if err != nil {
		return err
	}
	return s.compare(ctx, env, []int{256, 64}, firstOf(train, s.Images), firstOf(heldOut, bottleneckHeldOut), emit)
}

// compare is CompareSizes on any images and with any hidden layers.
func (s BottleneckSettings) compare(ctx context.Context, env Env, hidden []int, train, heldOut *data.Dataset,
	emit func(Event)) error {
	sample := rows(heldOut.Slice(0, 1))
	emit(SampleEvent{heldOut.Classes[heldOut.Labels[0]], sample})
	b, err := env.Backend()
	if err != nil {
		return err
	}
	if err := b.Fits("PCA of these images", rowBytes(train)+rowBytes(heldOut), "take fewer images"); err != nil {
		return err
	}
	for i, size := range BottleneckSizes() {
		a := engine.NewArchitecture(train.Shape, engine.ReLU, hidden, size).WithOutput(engine.Sigmoid)
		if err := s.train(ctx, b, a, train, heldOut, emit); err != nil {
			return err
		}
		// PCA comes after the first autoencoder, of which something is to be seen at once.
		if i == 0 {
			if err := components(ctx, train, heldOut, sample, emit); err != nil {
				return err
			}
		}
	}
	return nil
}

// train tells the SizeEvents of one autoencoder.
func (s BottleneckSettings) train(
	ctx context.Context, b *engine.Backend, a engine.Architecture, train, heldOut *data.Dataset, emit func(Event),
) error {
	run, err := engine.NewRun(b, engine.Config{
		Architecture: a, Seed: s.Seed, Epochs: s.Epochs, BatchSize: min(128, train.Len()),
		LearningRate: 0.001, Optimizer: "adam", Previews: []int{0}, PreviewEvery: previewEvery,
	}, train, heldOut)
	if err != nil {
		return err
	}
	size := SizeEvent{Method: Autoencoder, Latent: a.Latent()}
	doing := fmt.Sprintf("training an autoencoder with a code of %d", size.Latent)
	run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.StepEvent:
			if e.Step%10 == 0 {
				emit(Progress{doing, e.Progress / float64(e.Epochs)})
			}
			return
		case engine.PreviewEvent:
			size.Picture = e.Reconstructions[0]
			return
		case engine.ValidationEvent:
			size.Error = e.Loss
		case engine.DoneEvent:
			size.Error, size.Ended = e.ValLoss, true
		case engine.ErrorEvent:
			err = e.Err
			return
		default:
			return
		}
		emit(size)
	})
	return err
}

// components tells the SizeEvents of PCA.
func components(ctx context.Context, train, heldOut *data.Dataset, sample []float32, emit func(Event)) error {
	emit(Progress{"finding the principal components", 0})
	pca, err := downstream.FitPCA(ctx, rows(train), train.Width())
	if err != nil {
		return err
	}
	sizes := BottleneckSizes()
	errors, err := pca.MeanErrors(ctx, rows(heldOut), sizes[len(sizes)-1])
	if err != nil {
		return err
	}
	for _, size := range sizes {
		z, err := pca.Transform(ctx, sample, size)
		if err != nil {
			return err
		}
		picture, err := pca.Inverse(ctx, z, size)
		if err != nil {
			return err
		}
		emit(SizeEvent{Method: PCA, Latent: size, Error: errors[size], Ended: true, Picture: picture})
	}
	return nil
}
