package lab

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6 || math.IsNaN(got) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestPixelStats(t *testing.T) {
	// Two pictures of four pixels with mean inks 0.5 and 0.25; three of eight pixels are grey, both ends count.
	s := newPixelStats([]float32{1, 0.25, 0.75, 0, 0, 0.5, 0.125, 0.375}, 4)
	near(t, "ink", s.Ink, 0.375)
	near(t, "spread", s.Spread, 0.125)
	near(t, "grey", s.Grey, 0.5)
	if s := newPixelStats(nil, 784); !math.IsNaN(s.Ink) || !math.IsNaN(s.Spread) || !math.IsNaN(s.Grey) {
		t.Errorf("no pictures have %+v", s)
	}
}

func TestVAETaskHasBounds(t *testing.T) {
	good := PixelStats{Ink: 0.128, Spread: 0.025, Grey: 0.19}
	task := VAETask(5.8, good)
	if !task.Reached || task.Text != "KL 4.5–7, ink 0.12–0.145, spread ≥ 0.02, grey ≤ 0.21" || task.Now != "all in range" {
		t.Errorf("good samples are judged %+v", task)
	}
	for _, edge := range []struct {
		kl    float64
		drawn PixelStats
	}{{4.5, good}, {7, good}, {5, PixelStats{0.12, 0.02, 0.21}}, {5, PixelStats{0.145, 0.04, 0}}} {
		if task := VAETask(edge.kl, edge.drawn); !task.Reached {
			t.Errorf("KL %v and %+v are judged %+v", edge.kl, edge.drawn, task)
		}
	}
	for _, bad := range []struct {
		kl    float64
		drawn PixelStats
		says  string
	}{
		{4.4, good, "KL 4.4"},
		{7.1, good, "KL 7.1"},
		{5.8, PixelStats{0.119, 0.03, 0.19}, "ink 0.119"},
		{5.8, PixelStats{0.146, 0.03, 0.19}, "ink 0.146"},
		{5.8, PixelStats{0.13, 0.019, 0.19}, "spread 0.019"},
		{5.8, PixelStats{0.13, 0.03, 0.211}, "grey 0.211"},
		{200, PixelStats{0.15, 0.01, 0.19}, "KL 200.0, 2 more"},
		{math.NaN(), PixelStats{math.NaN(), math.NaN(), math.NaN()}, "KL NaN, 3 more"},
	} {
		if task := VAETask(bad.kl, bad.drawn); task.Reached || task.Now != bad.says {
			t.Errorf("KL %v and %+v are judged %+v", bad.kl, bad.drawn, task)
		}
	}
}

// strokes is 64 pictures of 28×28 of two classes: a bar that stands or lies somewhere.
func strokes(t *testing.T) *data.Dataset {
	t.Helper()
	const n = 64
	pixels, labels := make([]byte, n*784), make([]byte, n)
	for i := range n {
		at, label := 4+i*7%20, i%2
		labels[i] = byte(label)
		for j := 4; j < 24; j++ {
			if label == 0 {
				pixels[i*784+j*28+at] = 255
			} else {
				pixels[i*784+at*28+j] = 255
			}
		}
	}
	set, err := data.NewImages("strokes", 28, 28, pixels, labels, []string{"stands", "lies"})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func smallVAE() VAESettings {
	return VAESettings{Epochs: 2, BatchSize: 16, LearningRate: 0.001, Latent: 2, Hidden: []int{8}, Seed: 1, Beta: 1, WarmUp: 9}
}

func TestTrainVAETellsWhatItDoes(t *testing.T) {
	set := strokes(t)
	var events []Event
	err := trainVAE(t.Context(), testEnv(t), smallVAE(), set, set, func(e Event) { events = append(events, e) })
	if err != nil {
		t.Fatal(err)
	}
	start, ok := events[0].(VAEStart)
	if !ok || start.Control == nil || start.Parameters == 0 {
		t.Fatalf("the first event is %+v", events[0])
	}
	near(t, "the strokes' ink", start.Digits.Ink, 20.0/784)
	near(t, "the strokes' spread", start.Digits.Spread, 0)
	looks, epochs := of[VAELook](events), of[engine.EpochEvent](events)
	if len(looks) < 3 || looks[0].Step != 0 || looks[0].Whole {
		t.Fatalf("%d looks, the first at %+v; one comes before the first step and one after each epoch", len(looks), looks)
	}
	last := looks[len(looks)-1]
	if !last.Whole || last.Step != 8 || len(last.Codes) != 2*64 || len(last.Labels) != 64 || len(last.Drawn) != lookDrawn {
		t.Errorf("the last look has step %d, %d codes and %d drawn digits", last.Step, len(last.Codes), len(last.Drawn))
	}
	near(t, "KL", last.KL, epochs[1].ValKL)
	near(t, "the reconstruction", last.Reconstruction, epochs[1].ValReconstruction)
	done, ok := events[len(events)-1].(VAEDone)
	if !ok || done.KL != last.KL || done.Samples != last.Samples || done.Text == "" || !strings.Contains(done.Line(), "finished after 2 epochs") {
		t.Errorf("the last event is %+v", events[len(events)-1])
	}
	if last.Line() == "" || looks[0].Line() != "" {
		t.Error("only a look at the end of an epoch is worth a line")
	}
}

// of is the events of one type.
func of[E Event](events []Event) []E {
	var found []E
	for _, event := range events {
		if e, ok := event.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

func TestStoppedVAEIsMeasured(t *testing.T) {
	set := strokes(t)
	var done *VAEDone
	var control VAEControl
	err := trainVAE(t.Context(), testEnv(t), smallVAE(), set, set, func(e Event) {
		switch e := e.(type) {
		case VAEStart:
			control = e.Control
		case engine.StepEvent:
			control.Stop()
		case VAEDone:
			done = &e
		}
	})
	if err != nil || done == nil || done.Ending != engine.Stopped || done.Epochs != 0 || !(done.KL > 0) {
		t.Errorf("a stopped run ends with %+v, %v", done, err)
	}
}

func TestTrainVAEFails(t *testing.T) {
	set := strokes(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := trainVAE(ctx, testEnv(t), smallVAE(), set, set, func(e Event) {
		if _, ok := e.(engine.StepEvent); ok {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	s := smallVAE()
	s.Beta = -1
	if err := trainVAE(t.Context(), testEnv(t), s, set, set, func(Event) {}); err == nil || !strings.Contains(err.Error(), "beta is -1") {
		t.Errorf("a negative beta: %v", err)
	}
	lost := errors.New("no backend")
	env := Env{Backend: func() (*engine.Backend, error) { return nil, lost }}
	if err := trainVAE(t.Context(), env, smallVAE(), set, set, func(Event) {}); !errors.Is(err, lost) {
		t.Errorf("without a backend: %v", err)
	}
}

func TestVAESettingsComeFromTheValues(t *testing.T) {
	l, _ := Find("vae-train")
	v := l.Defaults()
	for key, value := range map[string]string{"beta": "0.5", "warm-up": "3", "hidden": "32-16", "latent": "4", "seed": "7"} {
		if err := v.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	s := VAESettingsOf(v)
	if s.Beta != 0.5 || s.WarmUp != 3 || len(s.Hidden) != 2 || s.Latent != 4 || s.Seed != 7 || s.Epochs != 10 || s.BatchSize != 128 {
		t.Errorf("the settings are %+v", s)
	}
	for key, value := range map[string]string{"beta": "-1", "warm-up": "1001", "latent": "0", "lr": "0"} {
		if v.Set(key, value) == nil {
			t.Errorf("%s=%s was taken", key, value)
		}
	}
}
