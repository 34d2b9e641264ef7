package lab

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// NoiseBench makes held-out examples noisy and gets them back by every method. Its methods may be called from any
// goroutine.
type NoiseBench struct {
	env Env

	mu     sync.Mutex
	plain  map[string]*engine.Model // by the path of its recipe
	latest map[NoiseData]denoiser   // the denoising autoencoder that was trained or found last
}

// denoiser is a denoising autoencoder with the noise that it was trained for.
type denoiser struct {
	model *engine.Model
	noise noise.Noise
}

// NewNoiseBench makes a bench. It opens nothing yet.
func NewNoiseBench(env Env) *NoiseBench {
	return &NoiseBench{env: env, plain: map[string]*engine.Model{}, latest: map[NoiseData]denoiser{}}
}

// plainRecipe is the autoencoder that never saw noise.
func (s NoiseSettings) plainRecipe() Recipe {
	r := s.Data.recipe(s.Latent, s.Epochs)
	r.Config.Seed = s.Seed
	return r
}

// recipe is the denoising autoencoder: the plain one but for the noise in its input.
func (s NoiseSettings) recipe() Recipe {
	r := s.plainRecipe()
	r.Noise = s.Noise()
	r.Name = "denoising-" + r.Name
	r.Title = "the denoising autoencoder"
	return r
}

// key tells recipes apart within a process.
func (r Recipe) key() string { return new(Models).path(r) }

// Prepare gets the plain autoencoder of the settings' data, which is trained once and tells its Progress then.
func (b *NoiseBench) Prepare(ctx context.Context, s NoiseSettings, emit func(Event)) error {
	r := s.plainRecipe()
	if b.plainModel(r) != nil {
		return nil
	}
	backend, err := b.env.Backend()
	if err != nil {
		return err
	}
	model, err := b.env.Models.Get(ctx, backend, r, emit)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.plain[r.key()] = model
	return nil
}

func (b *NoiseBench) plainModel(r Recipe) *engine.Model {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.plain[r.key()]
}

// setLatest remembers a denoising autoencoder as the one to show.
func (b *NoiseBench) setLatest(s NoiseSettings, m *engine.Model) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest[s.Data] = denoiser{m, s.Noise()}
}

// denoiser is the denoising autoencoder trained for the noise of the settings if one was kept, else the latest of the
// data, whose model may be nil.
func (b *NoiseBench) denoiser(s NoiseSettings) (denoiser, error) {
	b.mu.Lock()
	latest := b.latest[s.Data]
	b.mu.Unlock()
	if latest.model != nil && sameNoise(latest.noise, s.Noise()) {
		return latest, nil
	}
	backend, err := b.env.Backend()
	if err != nil {
		return denoiser{}, err
	}
	if model, ok := b.env.Models.find(backend, s.recipe()); ok {
		b.setLatest(s, model)
		return denoiser{model, s.Noise()}, nil
	}
	return latest, nil
}

func sameNoise(a, b noise.Noise) bool { return a.Kind == b.Kind && a.Strength == b.Strength }

// shownExamples is how many examples PicturesEvents show.
const shownExamples = 10

// examples is how many held-out examples are measured.
func (b *NoiseBench) examples(s NoiseSettings) (int, error) {
	heldOut, err := s.Data.recipe(s.Latent, s.Epochs).HeldOut()
	if err != nil {
		return 0, err
	}
	return min(s.Examples, heldOut.Len()), nil
}

// trial is noisy examples beside the clean ones, both [n, shape…].
type trial struct {
	shape        []int
	clean, noisy []float32
	labels       []string
}

func newTrial(d *data.Dataset, n noise.Noise, chosen []int, seed int64, epoch int) (trial, error) {
	width := d.Width()
	t := trial{n.Shape, make([]float32, len(chosen)*width), make([]float32, len(chosen)*width), nil}
	source := noise.NewSource(seed)
	for row, i := range chosen {
		clean := t.clean[row*width : (row+1)*width]
		d.Row(clean, i)
		if err := n.Apply(t.noisy[row*width:(row+1)*width], clean, source, epoch, i); err != nil {
			return trial{}, err
		}
		if d.Labels != nil {
			t.labels = append(t.labels, d.Classes[d.Labels[i]])
		}
	}
	return t, nil
}

// upTo is the numbers from 0 to n-1.
func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// chosen are the examples that are shown: one of each class and then the first of the rest.
func chosen(d *data.Dataset) []int {
	var shown []int
	if d.Labels != nil {
		shown = onePerClass(d)
	}
	for i := 0; len(shown) < min(shownExamples, d.Len()); i++ {
		if !slices.Contains(shown, i) {
			shown = append(shown, i)
		}
	}
	return shown[:min(len(shown), shownExamples)]
}

// Compare makes the held-out examples noisy as the settings say and tells what each method makes of them: first some
// PicturesEvents, then a MethodEvent each. Methods whose model is not there yet are left out.
func (b *NoiseBench) Compare(ctx context.Context, s NoiseSettings, emit func(Event)) error {
	r := s.recipe()
	heldOut, err := r.HeldOut()
	if err != nil {
		return err
	}
	shown, err := newTrial(heldOut, r.Noise, chosen(heldOut), s.Seed, 0)
	if err != nil {
		return err
	}
	dae, err := b.denoiser(s)
	if err != nil {
		return err
	}
	methods := []method{
		{Noisy, "", func(_ context.Context, dst, src []float32) error { copy(dst, src); return nil }},
		{Plain, "", reconstruct(b.plainModel(s.plainRecipe()))},
		{Denoising, trainedFor(dae), reconstruct(dae.model)},
	}
	// A first look must not wait for the best filters.
	look := slices.Concat(methods, []method{medianFilter(s, 3), gaussianFilter(s, 1)})
	if err := show(ctx, shown, look, emit); err != nil {
		return err
	}
	filters, err := bestFilters(ctx, s, r)
	if err != nil {
		return err
	}
	methods = slices.Concat(methods, filters)
	if err := show(ctx, shown, methods, emit); err != nil {
		return err
	}
	n, err := b.examples(s)
	if err != nil {
		return err
	}
	all, err := newTrial(heldOut, r.Noise, upTo(n), s.Seed, 0)
	if err != nil {
		return err
	}
	noisy := 0.0
	for _, m := range methods {
		if m.apply == nil {
			continue
		}
		e, err := all.measure(ctx, m)
		if err != nil {
			return err
		}
		if m.name == Noisy {
			noisy = e.PSNR
		}
		e.Gain = e.PSNR - noisy
		emit(e)
	}
	return nil
}

// method makes clean examples of noisy ones; apply is nil while its model is not there.
type method struct {
	name   Method
	detail string
	apply  func(ctx context.Context, dst, src []float32) error
}

// trainedFor says which noise a denoising autoencoder knows.
func trainedFor(d denoiser) string {
	if d.model == nil {
		return ""
	}
	return fmt.Sprintf("%s %.2f", shortKind(d.noise.Kind), d.noise.Strength)
}

// shortKind is a kind of noise in at most six letters.
func shortKind(k noise.Kind) string {
	switch k {
	case noise.Gaussian:
		return "gauss"
	case noise.SaltAndPepper:
		return "salt"
	default:
		return string(k)
	}
}

func reconstruct(m *engine.Model) func(context.Context, []float32, []float32) error {
	if m == nil {
		return nil
	}
	return func(ctx context.Context, dst, src []float32) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		y, err := m.Reconstruct(src)
		copy(dst, y)
		return err
	}
}

func medianFilter(s NoiseSettings, side int) method {
	shape := s.Data.shape()
	detail := fmt.Sprintf("%d×%d", side, side)
	if len(shape) == 1 {
		detail = fmt.Sprintf("of %d", side)
	}
	return method{Median, detail, func(ctx context.Context, dst, src []float32) error {
		return noise.MedianFilter(ctx, dst, src, shape, side)
	}}
}

func gaussianFilter(s NoiseSettings, sigma float64) method {
	return method{Gauss, fmt.Sprintf("σ %.1f", sigma), func(ctx context.Context, dst, src []float32) error {
		return noise.GaussianFilter(ctx, dst, src, s.Data.shape(), sigma)
	}}
}

// tunedOn is how many training examples decide the widths of the filters.
const tunedOn = 60

// bestFilters are both filters with the width that suits the noise best, judged by the error on noisy training examples:
// a filter of the wrong width would be no honest rival.
func bestFilters(ctx context.Context, s NoiseSettings, r Recipe) ([]method, error) {
	train, err := r.Train()
	if err != nil {
		return nil, err
	}
	t, err := newTrial(train, r.Noise, upTo(min(tunedOn, train.Len())), s.Seed, 1)
	if err != nil {
		return nil, err
	}
	var medians, gaussians []method
	for _, side := range []int{3, 5, 7} {
		medians = append(medians, medianFilter(s, side))
	}
	sigmas := []float64{0.4, 0.6, 0.8, 1, 1.5}
	if len(s.Data.shape()) == 1 {
		sigmas = []float64{0.5, 1, 1.5, 2, 3, 4}
	}
	for _, sigma := range sigmas {
		gaussians = append(gaussians, gaussianFilter(s, sigma))
	}
	var best []method
	for _, group := range [][]method{medians, gaussians} {
		least, chosen := math.Inf(1), group[0]
		for _, m := range group {
			out := make([]float32, len(t.noisy))
			if err := m.apply(ctx, out, t.noisy); err != nil {
				return nil, err
			}
			mse, err := noise.MSE(t.clean, out)
			if err != nil {
				return nil, err
			}
			if mse < least {
				least, chosen = mse, m
			}
		}
		best = append(best, chosen)
	}
	return best, nil
}

// show tells what the methods make of the trial's examples.
func show(ctx context.Context, t trial, methods []method, emit func(Event)) error {
	e := PicturesEvent{Clean: t.cut(t.clean), Others: map[Method][][]float32{}, Detail: map[Method]string{}, Labels: t.labels}
	for _, m := range methods {
		if m.apply == nil {
			continue
		}
		out := make([]float32, len(t.noisy))
		if err := m.apply(ctx, out, t.noisy); err != nil {
			return err
		}
		e.Others[m.name], e.Detail[m.name] = t.cut(out), m.detail
	}
	emit(e)
	return nil
}

// cut cuts [n, width] into its n rows.
func (t trial) cut(flat []float32) [][]float32 {
	width := 1
	for _, side := range t.shape {
		width *= side
	}
	return slices.Collect(slices.Chunk(flat, width))
}

// mostDecibel is where equal sets are drawn: their PSNR is infinite, which neither a table nor JSON can hold.
const mostDecibel = 120

// measure applies a method to all examples.
func (t trial) measure(ctx context.Context, m method) (MethodEvent, error) {
	out := make([]float32, len(t.noisy))
	if err := m.apply(ctx, out, t.noisy); err != nil {
		return MethodEvent{}, err
	}
	q, err := noise.Compare(ctx, t.clean, out, t.shape)
	if err != nil {
		return MethodEvent{}, err
	}
	e := MethodEvent{Method: m.name, Detail: m.detail, MSE: q.MSE, PSNR: min(q.PSNR, mostDecibel)}
	if !math.IsNaN(q.SSIM) {
		e.SSIM = q.SSIM
	}
	return e, nil
}

// NoiseRun trains a denoising autoencoder. Work works until it ends; the other methods may be called from another
// goroutine meanwhile.
type NoiseRun struct {
	*engine.Run
	bench    *NoiseBench
	settings NoiseSettings
	shown    trial
	measured trial
	noisy    float64 // PSNR of measured
}

// NewRun makes a run that trains a denoising autoencoder for the noise of the settings.
func (b *NoiseBench) NewRun(ctx context.Context, s NoiseSettings) (*NoiseRun, error) {
	backend, err := b.env.Backend()
	if err != nil {
		return nil, err
	}
	r := s.recipe()
	run, err := r.newRun(backend)
	if err != nil {
		return nil, err
	}
	heldOut, err := r.HeldOut()
	if err != nil {
		return nil, err
	}
	n := &NoiseRun{Run: run, bench: b, settings: s}
	if n.shown, err = newTrial(heldOut, r.Noise, chosen(heldOut), s.Seed, 0); err != nil {
		return nil, err
	}
	if n.measured, err = newTrial(heldOut, r.Noise, upTo(min(s.Examples, heldOut.Len())), s.Seed, 0); err != nil {
		return nil, err
	}
	noisy, err := noise.Compare(ctx, n.measured.clean, n.measured.noisy, r.Noise.Shape)
	n.noisy = min(noisy.PSNR, mostDecibel)
	return n, err
}

// Work trains and tells the events of the engine and, as it learns, PicturesEvents of the denoising autoencoder alone and
// its MethodEvents. A model that was trained to its end is kept.
func (r *NoiseRun) Work(ctx context.Context, emit func(Event)) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r.bench.setLatest(r.settings, r.Model())
	dae := method{Denoising, trainedFor(denoiser{r.Model(), r.settings.Noise()}), reconstruct(r.Model())}
	var drawn time.Time
	fail := func(e error) {
		if e != nil && err == nil {
			err = e
			cancel()
		}
	}
	r.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.ErrorEvent:
			fail(e.Err)
			return
		case engine.StepEvent:
			if time.Since(drawn) >= previewEvery {
				fail(show(ctx, r.shown, []method{dae}, emit))
				drawn = time.Now()
			}
		case engine.ValidationEvent:
			measured, failed := r.measured.measure(ctx, dae)
			fail(failed)
			measured.Gain = measured.PSNR - r.noisy
			if failed == nil {
				emit(measured)
			}
		case engine.DoneEvent:
			if e.Ending == engine.Finished {
				r.bench.env.Models.keep(r.settings.recipe(), r.Model())
			}
		}
		emit(e)
	})
	return err
}
