package noisebench

import (
	"errors"
	"flag"
	"math"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "From which strength on is a learned denoiser better than doing nothing?"

func settings() lab.NoiseSettings {
	return lab.NoiseSettings{
		Data: lab.NoisyDigits, Kind: noise.Gaussian, Strength: 0.3, Epochs: 5, Latent: 16, Examples: 500, Seed: 1,
	}
}

// recordedPictures are ten rings, or waves, which each method blurs or speckles in its own way.
func recordedPictures(d lab.NoiseData, methods ...lab.Method) lab.PicturesEvent {
	e := lab.PicturesEvent{Others: map[lab.Method][][]float32{}, Detail: map[lab.Method]string{}}
	draw := func(i int, width, speckle float64) []float32 {
		side := 28
		if d == lab.NoisyBeats {
			out := make([]float32, 128)
			for x := range out {
				u := float64(x-45) / (4 * width)
				out[x] = float32(0.3 + 0.6*math.Exp(-u*u) + speckle*math.Sin(float64(x*x+i)))
			}
			return out
		}
		out := make([]float32, side*side)
		for at := range out {
			y, x := float64(at/side)-13.5, float64(at%side)-13.5
			u := (math.Hypot(x*1.3, y) - 4 - float64(i)/3) / width
			out[at] = float32(math.Exp(-u*u) + speckle*math.Max(0, math.Sin(float64(at*at+i))))
		}
		return out
	}
	for i := range 10 {
		e.Clean = append(e.Clean, draw(i, 1.6, 0))
	}
	for j, m := range methods {
		for i := range 10 {
			e.Others[m] = append(e.Others[m], draw(i, 1.6+0.3*float64(j), 0.3/float64(j+1)))
		}
	}
	for m, detail := range map[lab.Method]string{lab.Denoising: "gauss 0.30", lab.Median: "3×3", lab.Gauss: "σ 0.6"} {
		if e.Others[m] != nil {
			e.Detail[m] = detail
		}
	}
	return e
}

func recordedMeasures() []lab.Event {
	return []lab.Event{
		lab.MethodEvent{Method: lab.Noisy, MSE: 0.0468, PSNR: 13.30, SSIM: 0.562},
		lab.MethodEvent{Method: lab.Plain, MSE: 0.0520, PSNR: 12.84, Gain: -0.45, SSIM: 0.397},
		lab.MethodEvent{Method: lab.Denoising, MSE: 0.0173, PSNR: 17.61, Gain: 4.31, SSIM: 0.756, Detail: "gauss 0.30"},
		lab.MethodEvent{Method: lab.Median, MSE: 0.0195, PSNR: 17.10, Gain: 3.80, SSIM: 0.636, Detail: "3×3"},
		lab.MethodEvent{Method: lab.Gauss, MSE: 0.0281, PSNR: 15.52, Gain: 2.22, SSIM: 0.583, Detail: "σ 0.6"},
	}
}

// recordedRun is a run up to a step, without its beginning.
func recordedRun(steps int) []lab.Event {
	return labtest.Training("the denoising autoencoder", 784, steps)[2:]
}

// bare is a model whose jobs were never begun.
func bare(s lab.NoiseSettings) *Model {
	m := New(Work{}, s, question)
	m.prepare, m.compare, m.preparing, m.prepared = job.New(), job.New(), true, s
	return m
}

// tell hands events of a job over.
func tell(m *Model, j *job.Job, events ...lab.Event) { m.Update(job.Msg{Job: j, Events: events}) }

// train lets a fake run be in training.
func train(m *Model) {
	m.train, m.training = job.New(), training{settings: m.settings, run: newFakeRun()}
}

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// screens are the states of the lab that a learner meets.
func screens() map[string]screen.Screen {
	states := map[string]screen.Screen{"opening": bare(settings())}

	m := bare(settings())
	tell(m, m.compare, recordedPictures(lab.NoisyDigits, lab.Noisy, lab.Median, lab.Gauss))
	tell(m, m.compare, recordedMeasures()[0], recordedMeasures()[3])
	tell(m, m.prepare, labtest.Training("the autoencoder of digits with 16 latent units", 784, 900)...)
	tell(m, m.prepare, recordedPictures(lab.NoisyDigits, lab.Plain))
	states["plain"] = m

	training := func(s lab.NoiseSettings) *Model {
		m := bare(s)
		m.preparing = false
		tell(m, m.compare, recordedPictures(s.Data, lab.Methods()...))
		tell(m, m.compare, recordedMeasures()...)
		train(m)
		tell(m, m.train, recordedRun(900)...)
		return m
	}
	states["training"] = training(settings())

	m = training(settings())
	press(m, "space")
	states["paused"] = m

	m = training(settings())
	tell(m, m.train, engine.DoneEvent{TrainLoss: 0.0171, ValLoss: 0.0172, Epochs: 5, Ending: engine.Finished})
	states["done"] = m

	beats := settings()
	beats.Data, beats.Strength = lab.NoisyBeats, 0.9
	states["beats"] = training(beats)

	m = training(settings())
	press(m, "right")
	states["moved"] = m

	m = bare(settings())
	m.Update(job.Msg{Job: m.compare, Ended: true, Err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["failed"] = m
	return states
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "training") }
