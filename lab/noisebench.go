package lab

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// NoiseSettings are the parameters of the lab noise-bench.
type NoiseSettings struct {
	Data     NoiseData
	Kind     noise.Kind
	Strength float64
	Epochs   int // passes over the digits; of beats ten times as many
	Latent   int
	Examples int // held-out examples that are measured
	Seed     int64
}

// Noise is what the settings do to an example.
func (s NoiseSettings) Noise() noise.Noise {
	return noise.Noise{Kind: s.Kind, Strength: s.Strength, Block: s.Data.block(), Shape: s.Data.shape()}
}

// The strengths that the lab's slider offers.
const (
	LeastStrength = 0.05
	MostStrength  = 0.9
)

// Method is a way to get the clean example back.
type Method string

// The methods in the order in which they stand side by side. Noisy leaves the noise where it is.
const (
	Noisy     Method = "noisy"
	Plain     Method = "plain AE"
	Denoising Method = "denoising AE"
	Median    Method = "median"
	Gauss     Method = "gaussian"
)

// Methods lists all methods.
func Methods() []Method { return []Method{Noisy, Plain, Denoising, Median, Gauss} }

// MethodEvent tells how close a method comes to the clean held-out examples.
type MethodEvent struct {
	Method Method  `json:"method"`
	Detail string  `json:"detail,omitempty"` // "3×3", "σ 1.0", or the noise that the autoencoder was trained for
	MSE    float64 `json:"mse"`
	PSNR   float64 `json:"psnr"`           // decibel
	SSIM   float64 `json:"ssim,omitempty"` // 0 for a series, which has none
	Gain   float64 `json:"gain"`           // PSNR less that of the noisy examples
}

// Kind implements Event.
func (MethodEvent) Kind() string { return "method" }

// Line says it for a person.
func (e MethodEvent) Line() string {
	line := fmt.Sprintf("%-12s  MSE %.4f  PSNR %5.2f dB  gain %+6.2f dB", e.Method, e.MSE, e.PSNR, e.Gain)
	if e.SSIM != 0 {
		line += fmt.Sprintf("  SSIM %.3f", e.SSIM)
	}
	if e.Detail != "" {
		line += "  (" + e.Detail + ")"
	}
	return line
}

// PicturesEvent shows what some held-out examples become. A method that has no model yet has no examples.
type PicturesEvent struct {
	Clean  [][]float32            `json:"-"` // [n, width]
	Others map[Method][][]float32 `json:"-"` // [n, width] each
	Detail map[Method]string      `json:"-"`
	Labels []string               `json:"-"` // [n]
}

// Kind implements Event.
func (PicturesEvent) Kind() string { return "pictures" }

// NoiseDone ends the lab noise-bench.
type NoiseDone struct {
	Data     NoiseData     `json:"data"`
	Noise    noise.Kind    `json:"noise"`
	Strength float64       `json:"strength"`
	Examples int           `json:"examples"`
	Methods  []MethodEvent `json:"methods"`
	Task
}

// Kind implements Event.
func (NoiseDone) Kind() string { return "done" }

// Line says whether the task is reached.
func (d NoiseDone) Line() string {
	return fmt.Sprintf("%s, %s noise of strength %g, %d held-out examples\n%s", d.Data, d.Noise, d.Strength, d.Examples,
		d.Task.Line())
}

// noiseTaskGain is how many decibels the denoising autoencoder must gain.
const noiseTaskGain = 3

// NoiseTask judges what the denoising autoencoder gains on the held-out examples; nil where none is trained yet. Digits
// count only: beats are so much alike that any strength would do.
func NoiseTask(d NoiseData, gain *float64) Task {
	t := Task{Text: fmt.Sprintf("digits: denoising AE at least %d dB above the noisy", noiseTaskGain)}
	switch {
	case d != NoisyDigits:
		t.Now = "digits only"
	case gain == nil:
		t.Now = "not trained yet"
	default:
		t.Now = strconv.FormatFloat(*gain, 'f', 2, 64) + " dB"
		t.Reached, t.Figure = *gain >= noiseTaskGain, highest("PSNR gain in dB", *gain)
	}
	return t
}

func noiseBenchLab() Lab {
	var kinds, sets []string
	for _, k := range noise.Kinds() {
		kinds = append(kinds, string(k))
	}
	for _, d := range AllNoiseData() {
		sets = append(sets, string(d))
	}
	return Lab{
		ID: "noise-bench", Lesson: "denoising",
		About:    "compares a denoising autoencoder with a plain one and with two filters",
		Question: "From which strength on is a learned denoiser better than doing nothing?",
		Task:     NoiseTask(NoisyDigits, nil).Text,
		Params: []Param{
			choiceParam("data", string(NoisyDigits), sets, "what becomes noisy"),
			choiceParam("noise", string(noise.Gaussian), kinds, "what is done to it"),
			numberParam("strength", 0.15, LeastStrength, MostStrength,
				"standard deviation, or the part that is replaced or hidden"),
			wholeParam("epochs", 5, 1, 100, "passes over the digits, of beats ten times as many"),
			wholeParam("latent", 16, 1, 512, "units of the bottleneck of both autoencoders"),
			wholeParam("examples", 500, 20, 5000, "held-out examples that are measured"),
			seedParam(),
		},
		Run: runNoiseBench,
	}
}

// NoiseSettingsOf reads the settings of the lab noise-bench from its values.
func NoiseSettingsOf(v Values) NoiseSettings {
	return NoiseSettings{
		Data: NoiseData(v.Text("data")), Kind: noise.Kind(v.Text("noise")), Strength: v.Number("strength"),
		Epochs: v.Whole("epochs"), Latent: v.Whole("latent"), Examples: v.Whole("examples"), Seed: v.Seed(),
	}
}

func runNoiseBench(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := NoiseSettingsOf(v)
	bench := NewNoiseBench(env)
	training := func(e Event) {
		switch e.(type) {
		case PicturesEvent, MethodEvent, engine.DoneEvent: // Pictures need a screen, and what counts is measured at the end.
		default:
			emit(e)
		}
	}
	if err := bench.Prepare(ctx, s, training); err != nil {
		return err
	}
	run, err := bench.NewRun(ctx, s)
	if err != nil {
		return err
	}
	emit(s.recipe(env.Digits).begin())
	if err := run.Work(ctx, training); err != nil {
		return err
	}
	done := NoiseDone{Data: s.Data, Noise: s.Kind, Strength: s.Strength}
	err = bench.Compare(ctx, s, func(e Event) {
		if m, ok := e.(MethodEvent); ok {
			done.Methods = append(done.Methods, m)
			emit(m)
		}
	})
	if err != nil {
		return err
	}
	if done.Examples, err = bench.examples(s); err != nil {
		return err
	}
	for _, m := range done.Methods {
		if m.Method == Denoising {
			done.Task = NoiseTask(s.Data, &m.Gain)
		}
	}
	emit(done)
	return nil
}
