package lab

import (
	"context"
	"math"
	"slices"
	"sync"

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
func (s NoiseSettings) plainRecipe(d *Digits) Recipe {
	r := s.Data.recipe(d, s.Latent, s.Epochs)
	r.Config.Seed = s.Seed
	return r
}

// recipe is the denoising autoencoder: the plain one but for the noise in its input.
func (s NoiseSettings) recipe(d *Digits) Recipe {
	r := s.plainRecipe(d)
	r.Noise = s.Noise()
	r.Name = "denoising-" + r.Name
	r.Title = "the denoising autoencoder"
	return r
}

// key tells recipes apart within a process.
func (r Recipe) key() string { return new(Models).path(r) }

// Prepare gets the plain autoencoder of the settings' data, which is trained once. Then it tells the events of
// Models.Get and PicturesEvents of what the plain autoencoder alone makes of the noise of the settings.
func (b *NoiseBench) Prepare(ctx context.Context, s NoiseSettings, emit func(Event)) error {
	r := s.plainRecipe(b.env.Digits)
	if b.plainModel(r) != nil {
		return nil
	}
	backend, err := b.env.Backend()
	if err != nil {
		return err
	}
	heldOut, err := r.HeldOut()
	if err != nil {
		return err
	}
	shown, err := newTrial(heldOut, s.Noise(), chosen(heldOut), s.Seed, 0)
	if err != nil {
		return err
	}
	r.Watch = func(m *engine.Model) {
		_ = show(ctx, shown, []method{{Plain, "", reconstruct(m)}}, emit) // The training goes on without this look at it.
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
	if model, ok := b.env.Models.find(backend, s.recipe(b.env.Digits)); ok {
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
	heldOut, err := s.Data.recipe(b.env.Digits, s.Latent, s.Epochs).HeldOut()
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
	backend, err := b.env.Backend()
	if err != nil {
		return err
	}
	r := s.recipe(b.env.Digits)
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
		{Plain, "", reconstruct(b.plainModel(s.plainRecipe(b.env.Digits)))},
		{Denoising, trainedFor(dae), reconstruct(dae.model)},
	}
	// A first look must not wait for the best filters.
	look := slices.Concat(methods, []method{medianFilter(s, backend.Core, 3), gaussianFilter(s, backend.Core, 1)})
	if err := show(ctx, shown, look, emit); err != nil {
		return err
	}
	filters, err := bestFilters(ctx, backend.Core, s, r)
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

// show tells what the methods make of the trial's examples.
func show(ctx context.Context, t trial, methods []method, emit func(Event)) error {
	e := PicturesEvent{Clean: t.cut(t.clean), Others: map[Method][][]float32{}, Detail: map[Method]string{},
		Labels: t.labels}
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
