package vaetrain

import (
	"context"
	"math"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

func recordedSettings() lab.VAESettings {
	return lab.VAESettings{Epochs: 10, BatchSize: 128, LearningRate: 0.001, Latent: 2, Hidden: []int{256, 64}, Seed: 1, Beta: 1}
}

func recordedStart(control lab.VAEControl) lab.VAEStart {
	return lab.VAEStart{
		Start: lab.Start{
			Architecture: "784–256–64–2–64–256–784", Parameters: 436002, Data: "MNIST", Backend: "go, simd, 2 cores",
		},
		Digits: lab.PixelStats{Ink: 0.1325, Spread: 0.0437, Grey: 0.0503}, Control: control,
	}
}

// recorded is what a run tells in its first steps of 469 an epoch: curves with the shape of real ones, whose
// reconstruction ends times level.
func recorded(steps int, level float64) []lab.Event {
	var events []lab.Event
	for n := 1; n <= steps; n++ {
		at := float64(n) / 469
		wave := 2 * math.Sin(float64(n)*1.7)
		rec, kl := level*(143+400*math.Exp(-at*12)+25*math.Exp(-at/2))+wave, 6-2*math.Exp(-at)+wave/10
		if n%59 == 0 {
			events = append(events, engine.ValidationEvent{Step: n, Progress: at, Reconstruction: rec - 1, KL: kl, Examples: 1000})
		}
		events = append(events, engine.StepEvent{
			Step: n, Epoch: (n-1)/469 + 1, Epochs: 10, Progress: at, Reconstruction: rec, KL: kl, Beta: 1, LearningRate: 0.001,
			BatchSize: 128, SamplesPerSecond: 20120, Left: time.Duration((10 - at) * 3 * float64(time.Second)),
		})
	}
	return append(events, look(steps, 1))
}

// look is a look whose codes lie around the middle, those of each digit together, wide times N(0, 1).
func look(step int, wide float64) lab.VAELook {
	l := lab.VAELook{
		Step: step, Progress: float64(step) / 469, Reconstruction: 149.2, KL: 5.43, Deviation: 0.1,
		Samples: lab.PixelStats{Ink: 0.1284, Spread: 0.0262, Grey: 0.2152},
	}
	l.Task = lab.VAETask(l.KL, l.Samples)
	for i := range 1000 {
		label := i % 10
		angle, far := float64(label)*0.7+math.Sin(float64(i))*0.3, wide*(0.5+1.5*math.Abs(math.Sin(float64(i)*0.37)))
		l.Codes = append(l.Codes, float32(far*math.Cos(angle)), float32(far*math.Sin(angle)))
		l.Labels = append(l.Labels, uint8(label))
	}
	for i := range 40 {
		l.Drawn = append(l.Drawn, ring(float64(4+i%5)))
	}
	return l
}

// ring is a picture of a blurred ring of a radius.
func ring(radius float64) []float32 {
	pixels := make([]float32, 784)
	for i := range pixels {
		d := math.Hypot(float64(i%28)-13.5, float64(i/28)-13.5) - radius
		pixels[i] = float32(math.Exp(-d * d / 2))
	}
	return pixels
}

// fakeRun is a run that tells what a test sends it and notes what it is asked for.
type fakeRun struct {
	settings lab.VAESettings
	events   chan lab.Event
	fails    error // what the work returns once events is closed
	panics   any
	calls    []string
	refuse   error
}

func newFakeRun() *fakeRun { return &fakeRun{events: make(chan lab.Event)} }

func (r *fakeRun) work(ctx context.Context, emit func(lab.Event)) error {
	for {
		select {
		case e, ok := <-r.events:
			if !ok {
				if r.panics != nil {
					panic(r.panics)
				}
				return r.fails
			}
			emit(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *fakeRun) Pause()  { r.calls = append(r.calls, "pause") }
func (r *fakeRun) Resume() { r.calls = append(r.calls, "resume") }
func (r *fakeRun) Step()   { r.calls = append(r.calls, "step") }
func (r *fakeRun) Stop()   { r.calls = append(r.calls, "stop") }
func (r *fakeRun) SetBeta(beta float64) error {
	r.calls = append(r.calls, "β "+betaText(beta))
	return r.refuse
}
