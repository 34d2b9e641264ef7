package lab

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// VAESettings are the parameters of the lab vae-train: a variational autoencoder on MNIST.
type VAESettings struct {
	Epochs       int
	BatchSize    int
	LearningRate float64
	Latent       int   // dimensions of a code
	Hidden       []int // units of the encoder's layers before it; the decoder mirrors them
	Seed         int64
	Beta         float64 // the weight of KL
	WarmUp       int     // epochs over which the weight grows from 0 to Beta
}

// The task of the lab vae-train, judged at the end of an epoch on all held-out digits and 1,000 drawn ones. With 2
// dimensions, the default settings and seeds 1 to 3 a β of 1 ends at a KL of 5.7 to 6.0 nats, an ink of 0.127 to 0.129,
// a spread of 0.024 to 0.026 and a grey part of 0.18 to 0.19. With seed 1 a β of 0.25 ends at 8.0 nats, one of 4 at
// 3.7; with 0 KL passes 200 and the spread is 0.012. The held-out digits have an ink of 0.133 and a spread of 0.044.
const (
	vaeTaskLeastKL, vaeTaskMostKL   = 4.5, 7.0 // nats
	vaeTaskLeastInk, vaeTaskMostInk = 0.12, 0.145
	vaeTaskSpread                   = 0.02 // at least
	vaeTaskGrey                     = 0.21 // at most
)

func vaeTrainLab() Lab {
	return Lab{
		ID: "vae-train", Lesson: "vae",
		About:    "trains a variational autoencoder on MNIST and draws new digits with it",
		Question: "Which β puts the codes where N(0, 1) draws, without making them all the same?",
		Task:     VAETask(0, PixelStats{}).Text,
		Params: []Param{
			wholeParam("epochs", 10, 1, 1000, "passes over the images"),
			wholeParam("batch", 128, 1, engine.MaxBatchSize, "images for one step"),
			numberParam("lr", 0.001, 0.000001, 10, "the learning rate"),
			wholeParam("latent", 2, 1, 64, "dimensions of a code; the first two are drawn"),
			{"hidden", "256-64", "units of the encoder's layers before the code, as 256-64, or none", func(s string) bool {
				_, ok := layerSizes(s)
				return ok
			}},
			seedParam(),
			numberParam("beta", 1, 0, 1000, "the weight of KL in the loss"),
			wholeParam("warm-up", 0, 0, 1000, "epochs over which the weight of KL grows to beta, at most all"),
		},
		Run: func(ctx context.Context, env Env, v Values, emit func(Event)) error {
			return TrainVAE(ctx, env, VAESettingsOf(v), emit)
		},
	}
}

// VAESettingsOf reads the settings of the lab vae-train from its values.
func VAESettingsOf(v Values) VAESettings {
	hidden, _ := layerSizes(v.Text("hidden")) // Set has let only sizes in.
	return VAESettings{
		Epochs: v.Whole("epochs"), BatchSize: v.Whole("batch"), LearningRate: v.Number("lr"), Latent: v.Whole("latent"),
		Hidden: hidden, Seed: v.Seed(), Beta: v.Number("beta"), WarmUp: v.Whole("warm-up"),
	}
}

// VAEControl steers a run while it trains; its methods return at once.
type VAEControl interface {
	Pause()
	Resume()
	Step()
	Stop()
	SetBeta(float64) error
}

// VAEStart begins the events of the lab vae-train.
type VAEStart struct {
	Start
	Digits  PixelStats `json:"digits"` // of the held-out digits
	Control VAEControl `json:"-"`
}

// VAELook shows what the model has learnt so far: the codes of some held-out digits, and digits drawn from N(0, 1).
type VAELook struct {
	Step     int     `json:"step"`
	Progress float64 `json:"progress"` // in epochs
	// Reconstruction and KL are means over held-out digits in nats, over all of them where Whole is true.
	Reconstruction float64    `json:"reconstruction"`
	KL             float64    `json:"kl"`
	Whole          bool       `json:"whole"`
	Deviation      float64    `json:"deviation"` // the mean standard deviation of a digit's codes
	Samples        PixelStats `json:"samples"`   // of 1,000 drawn digits
	Task

	Codes  []float32   `json:"-"` // means, [n, latent]
	Labels []uint8     `json:"-"` // [n]
	Drawn  [][]float32 `json:"-"` // some of the drawn digits, [n, 784]; always from the same draws
}

// Kind implements Event.
func (VAELook) Kind() string { return "look" }

// Line tells of an epoch's end.
func (l VAELook) Line() string {
	if !l.Whole {
		return ""
	}
	return fmt.Sprintf("  reconstruction %.1f nats, KL %.2f nats, σ %.3f; drawn digits: ink %.3f, spread %.3f, grey %.3f",
		l.Reconstruction, l.KL, l.Deviation, l.Samples.Ink, l.Samples.Spread, l.Samples.Grey)
}

// VAEDone ends the lab vae-train.
type VAEDone struct {
	engine.DoneEvent
	Reconstruction float64    `json:"reconstruction"`
	KL             float64    `json:"kl"`
	Samples        PixelStats `json:"samples"`
	Task
}

// Line says how the run ended.
func (d VAEDone) Line() string {
	return fmt.Sprintf("%s after %s: reconstruction %.1f nats, KL %.2f nats, %.1f s, backend %s, seed %d\n%s",
		d.Ending, Counted(d.Epochs, "epoch"), d.Reconstruction, d.KL, d.Seconds, d.Backend, d.Seed, d.Task.Line())
}

// VAETask judges KL on all held-out digits and the figures of drawn ones.
func VAETask(kl float64, drawn PixelStats) Task {
	var missing []string
	miss := func(reached bool, what string, value float64, decimals int) {
		if !reached {
			missing = append(missing, what+" "+fixed(value, decimals))
		}
	}
	miss(kl >= vaeTaskLeastKL && kl <= vaeTaskMostKL, "KL", kl, 1)
	miss(drawn.Ink >= vaeTaskLeastInk && drawn.Ink <= vaeTaskMostInk, "ink", drawn.Ink, 3)
	miss(drawn.Spread >= vaeTaskSpread, "spread", drawn.Spread, 3)
	miss(drawn.Grey <= vaeTaskGrey, "grey", drawn.Grey, 3)
	t := Task{
		Text: fmt.Sprintf("KL %s–%s, ink %s–%s, spread ≥ %s, grey ≤ %s", short(vaeTaskLeastKL), short(vaeTaskMostKL),
			short(vaeTaskLeastInk), short(vaeTaskMostInk), short(vaeTaskSpread), short(vaeTaskGrey)),
		Reached: len(missing) == 0,
	}
	switch len(missing) {
	case 0:
		t.Now = "all in range"
	case 1:
		t.Now = missing[0]
	default: // All of them would leave no room for what to reach.
		t.Now = fmt.Sprintf("%s, %d more", missing[0], len(missing)-1)
	}
	return t
}

// What a look takes: enough digits to show the shape of the codes and to measure the drawn ones well, few enough to
// take no more than a tenth of the time of training.
const (
	lookCodes   = 1000
	lookSamples = 1000
	lookDrawn   = 40
	lookEvery   = 700 * time.Millisecond
	lookSeed    = 1 // of the draws, so that the same ones are seen to change
)

// vaeWatcher adds looks to the events of a run.
type vaeWatcher struct {
	model   *engine.Model
	held    *data.Dataset
	codesOf []float32 // the pictures whose codes are shown, [lookCodes, width]
	digits  PixelStats
	emit    func(Event)

	at     VAELook // the figures known so far
	looked time.Time
}

// TrainVAE trains a variational autoencoder on all of MNIST: a VAEStart, the events of the run with looks among them,
// and a VAEDone. It returns within a step of ctx's end.
func TrainVAE(ctx context.Context, env Env, s VAESettings, emit func(Event)) error {
	train, heldOut, err := env.Digits.parts()
	if err != nil {
		return err
	}
	return trainVAE(ctx, env, s, train, heldOut, emit)
}

func trainVAE(ctx context.Context, env Env, s VAESettings, train, heldOut *data.Dataset, emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	a := vaeArchitecture(s.Hidden, s.Latent)
	run, err := engine.NewRun(b, engine.Config{
		Architecture: a, Seed: s.Seed, Epochs: s.Epochs, BatchSize: s.BatchSize, LearningRate: s.LearningRate,
		Optimizer: "adam", Beta: s.Beta, WarmUp: min(s.WarmUp, s.Epochs), Likelihood: engine.Bernoulli,
	}, train, heldOut)
	if err != nil {
		return err
	}
	w := &vaeWatcher{
		model: run.Model(), held: heldOut, codesOf: rows(heldOut.Slice(0, min(lookCodes, heldOut.Len()))),
		digits: newPixelStats(rows(heldOut), heldOut.Width()), emit: emit,
	}
	emit(VAEStart{Start{a.String(), a.Parameters(), train.Name, b.String(), b.Reason()}, w.digits, run})
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	run.Start(inner, func(e engine.Event) {
		if err == nil {
			if err = w.follow(inner, e); err != nil {
				cancel() // The run cannot know that a look failed.
			}
		}
	})
	return err
}

// follow passes an event of the run on and looks at the model where it is time to.
func (w *vaeWatcher) follow(ctx context.Context, event engine.Event) error {
	switch e := event.(type) {
	case engine.ErrorEvent:
		return e.Err
	case engine.DoneEvent:
		if e.Ending == engine.Stopped {
			w.at.Whole = true // Its last validation was on all of them.
			if err := w.look(ctx); err != nil {
				return err
			}
		}
		w.emit(VAEDone{e, w.at.Reconstruction, w.at.KL, w.at.Samples, w.at.Task})
		return nil
	case engine.ValidationEvent:
		w.emit(e)
		w.at.Step, w.at.Progress, w.at.Reconstruction, w.at.KL = e.Step, e.Progress, e.Reconstruction, e.KL
		w.at.Whole = false
		if e.Step == 0 {
			return w.look(ctx)
		}
		return nil
	case engine.EpochEvent:
		w.emit(e)
		w.at.Whole = true
		return w.look(ctx)
	case engine.StepEvent:
		w.emit(e)
		w.at.Step, w.at.Progress, w.at.Whole = e.Step, e.Progress, false
		if time.Since(w.looked) >= lookEvery {
			return w.look(ctx)
		}
		return nil
	default:
		w.emit(e)
		return nil
	}
}

func (w *vaeWatcher) look(ctx context.Context) error {
	mean, deviation, err := w.model.Posterior(ctx, w.codesOf)
	if err != nil {
		return err
	}
	drawn, err := w.model.Sample(ctx, lookSamples, lookSeed)
	if err != nil {
		return err
	}
	l, width := &w.at, w.held.Width()
	l.Codes, l.Labels, l.Deviation = mean, w.held.Labels[:len(w.codesOf)/width], meanOf(deviation)
	l.Samples = newPixelStats(drawn, width)
	l.Drawn = slices.Collect(slices.Chunk(drawn[:lookDrawn*width], width))
	l.Task = VAETask(l.KL, l.Samples)
	l.Reached = l.Reached && l.Whole
	if l.Whole {
		l.Figure = lowest("reconstruction + KL of held-out digits in nats", l.Reconstruction+l.KL)
	}
	w.emit(*l)
	w.looked = time.Now()
	return nil
}

func meanOf(values []float32) float64 {
	sum := 0.0
	for _, v := range values {
		sum += float64(v)
	}
	return sum / float64(len(values))
}
