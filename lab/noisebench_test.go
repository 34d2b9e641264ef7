package lab

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// testEnv is an environment with a backend and an empty directory of models.
func testEnv(t *testing.T) Env {
	t.Helper()
	b := openBackend(t)
	return Env{Backend: func() (*engine.Backend, error) { return b, nil }, Models: NewModels(t.TempDir())}
}

// values are the defaults of a lab with some changed.
func values(t *testing.T, l Lab, set map[string]string) Values {
	t.Helper()
	v := l.Defaults()
	for key, value := range set {
		if err := v.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func smallBeats(t *testing.T) Values {
	t.Helper()
	return values(t, noiseBenchLab(), map[string]string{
		"data": "beats", "strength": "0.2", "epochs": "1", "latent": "6", "examples": "100",
	})
}

func TestNoiseBench(t *testing.T) {
	env := testEnv(t)
	var methods []MethodEvent
	var done NoiseDone
	err := runNoiseBench(t.Context(), env, smallBeats(t), func(e Event) {
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%T cannot be written: %v", e, err)
		}
		switch e := e.(type) {
		case MethodEvent:
			methods = append(methods, e)
		case NoiseDone:
			done = e
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []Method
	for _, e := range methods {
		names = append(names, e.Method)
		// The definition of PSNR for a peak of 1.
		if want := 10 * math.Log10(1/e.MSE); math.Abs(e.PSNR-want) > 1e-9 || math.Abs(e.Gain-(e.PSNR-methods[0].PSNR)) > 1e-9 {
			t.Errorf("%s: PSNR %v and gain %v of an MSE of %v", e.Method, e.PSNR, e.Gain, e.MSE)
		}
		if e.SSIM != 0 {
			t.Errorf("%s: a series has no SSIM, and it is %v", e.Method, e.SSIM)
		}
	}
	if !slices.Equal(names, Methods()) || len(done.Methods) != len(methods) || done.Examples != 100 {
		t.Fatalf("told %v and %+v", names, done)
	}
	// Noise of 0.2 on values that the clipping hardly reaches has the mean square 0.04.
	if methods[0].MSE < 0.03 || methods[0].MSE > 0.0405 {
		t.Errorf("the noise has a mean square of %v, want a little less than 0.04", methods[0].MSE)
	}
	for _, e := range methods[2:] {
		if e.Gain < 3 {
			t.Errorf("%s gains %.2f dB of beats, want at least 3", e.Method, e.Gain)
		}
	}
	if done.Reached || done.Text == "" || done.Now != "digits only" {
		t.Errorf("the task is %+v", done.Task)
	}
}

// TestNoiseBenchKeepsItsModels: what was trained is found again, for its own noise only.
func TestNoiseBenchKeepsItsModels(t *testing.T) {
	env := testEnv(t)
	s := NoiseSettingsOf(smallBeats(t))
	run, err := NewNoiseBench(env).NewRun(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var drawn, measured int
	if err := run.Work(t.Context(), func(e Event) {
		switch e := e.(type) {
		case PicturesEvent:
			drawn++
			if len(e.Others) != 1 || len(e.Others[Denoising]) != shownExamples {
				t.Errorf("a run draws %d methods", len(e.Others))
			}
		case MethodEvent:
			measured++
		}
	}); err != nil {
		t.Fatal(err)
	}
	if drawn == 0 || measured < 2 {
		t.Errorf("the run drew %d times and measured %d times", drawn, measured)
	}
	details := func(s NoiseSettings) map[Method]string {
		var last PicturesEvent
		bench := NewNoiseBench(env)
		if err := bench.Compare(t.Context(), s, func(e Event) {
			if p, ok := e.(PicturesEvent); ok {
				last = p
			}
		}); err != nil {
			t.Fatal(err)
		}
		if len(last.Clean) != shownExamples || last.Others[Plain] != nil {
			t.Errorf("%d examples are shown, the plain autoencoder that nobody trained draws %d", len(last.Clean), len(last.Others[Plain]))
		}
		return last.Detail
	}
	if d := details(s); d[Denoising] != "gauss 0.20" {
		t.Errorf("the kept model is not found: %v", d)
	}
	other := s
	other.Strength = 0.3
	if d := details(other); d[Denoising] != "" {
		t.Errorf("a model for another noise is taken: %v", d)
	}
	other = s
	other.Kind = noise.Blocks
	if d := details(other); d[Denoising] != "" {
		t.Errorf("a model for another kind of noise is taken: %v", d)
	}
}

func TestPicturesHaveSSIM(t *testing.T) {
	s := NoiseSettingsOf(values(t, noiseBenchLab(), map[string]string{"examples": "20", "noise": "salt-and-pepper", "strength": "0.1"}))
	var methods []MethodEvent
	var pictures PicturesEvent
	if err := NewNoiseBench(testEnv(t)).Compare(t.Context(), s, func(e Event) {
		switch e := e.(type) {
		case MethodEvent:
			methods = append(methods, e)
		case PicturesEvent:
			pictures = e
		}
	}); err != nil {
		t.Fatal(err)
	}
	if len(methods) != 3 { // Nothing is trained yet.
		t.Fatalf("told %+v", methods)
	}
	noisy, median := methods[0], methods[1]
	if !(noisy.SSIM > 0 && noisy.SSIM < median.SSIM && median.SSIM < 1) || median.Detail != "3×3" {
		t.Errorf("SSIM %v noisy, %v after the median %q", noisy.SSIM, median.SSIM, median.Detail)
	}
	if !slices.Equal(pictures.Labels, []string{"7", "2", "1", "0", "4", "9", "5", "6", "3", "8"}) {
		t.Errorf("the examples are of the classes %v", pictures.Labels)
	}
}

// TestPlainAutoencoderIsWatched expects what it makes of the noise while it learns, and no second training.
func TestPlainAutoencoderIsWatched(t *testing.T) {
	bench, s := NewNoiseBench(testEnv(t)), NoiseSettingsOf(smallBeats(t))
	var began, redrawn int
	watch := func(e Event) {
		switch e := e.(type) {
		case ModelStart:
			began++
		case PicturesEvent:
			if redrawn++; len(e.Others) != 1 || len(e.Others[Plain]) != shownExamples {
				t.Errorf("redrawn are %d of %d methods", len(e.Others[Plain]), len(e.Others))
			}
		}
	}
	for range 2 {
		if err := bench.Prepare(t.Context(), s, watch); err != nil {
			t.Fatal(err)
		}
	}
	if began != 1 || redrawn == 0 {
		t.Errorf("it began %d times and was redrawn %d times", began, redrawn)
	}
}

func TestNoiseBenchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	bench := NewNoiseBench(testEnv(t))
	s := NoiseSettingsOf(smallBeats(t))
	if err := bench.Prepare(ctx, s, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("Prepare: %v", err)
	}
	if err := bench.Compare(ctx, s, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("Compare: %v", err)
	}
	run, err := bench.NewRun(ctx, s)
	if err == nil {
		err = run.Work(ctx, func(Event) {})
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Work: %v", err)
	}
}

func TestNoiseTask(t *testing.T) {
	for gain, want := range map[float64]bool{2.99: false, 3: true, -1: false} {
		if task := NoiseTask(NoisyDigits, &gain); task.Reached != want {
			t.Errorf("a gain of %v dB: %+v", gain, task)
		}
	}
	if task := NoiseTask(NoisyDigits, nil); task.Reached || task.Now != "not trained yet" {
		t.Errorf("without a model: %+v", task)
	}
	gain := 10.0
	if task := NoiseTask(NoisyBeats, &gain); task.Reached {
		t.Errorf("of beats: %+v", task)
	}
}

func TestBeatsAreScaled(t *testing.T) {
	train, err := beatsTrain()
	if err != nil {
		t.Fatal(err)
	}
	heldOut, err := beatsHeldOut()
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() < 1200 || heldOut.Len() < 300 {
		t.Errorf("%d and %d beats", train.Len(), heldOut.Len())
	}
	all := rows(train)
	if low, high := slices.Min(all), slices.Max(all); low != 0 || high != 1 {
		t.Errorf("the training beats lie from %v to %v, want 0 to 1", low, high)
	}
	all = rows(heldOut)
	if low, high := slices.Min(all), slices.Max(all); low < 0 || high > 1 {
		t.Errorf("the held-out beats lie from %v to %v, beyond 0 to 1", low, high)
	}
}
