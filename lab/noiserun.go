package lab

import (
	"context"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

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
	r := s.recipe(b.env.Digits)
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

// Work trains and tells the events of the engine and, as it learns, PicturesEvents of the denoising autoencoder alone
// and its MethodEvents. A model that was trained to its end is kept.
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
				r.bench.env.Models.keep(r.settings.recipe(r.bench.env.Digits), r.Model())
			}
		}
		emit(e)
	})
	return err
}
