package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestRunLearnsAndReports(t *testing.T) {
	c := smallConfig()
	c.Epochs = 5
	all := train(t, c)
	done := last[DoneEvent](t, all)
	if done.Ending != Finished || done.Epochs != 5 || done.Backend != "go" || done.Seed != 1 {
		t.Errorf("ended with %+v", done)
	}
	steps := of[StepEvent](all)
	if want := 5 * 13; len(steps) != want { // 200 examples in batches of 16 are 12 full ones and a rest of 8.
		t.Errorf("%d steps, want %d", len(steps), want)
	}
	for i, s := range steps {
		if s.Step != i+1 || s.Epoch != i/13+1 || s.Epochs != 5 || s.BatchSize != 16 {
			t.Fatalf("step %d is %+v", i+1, s)
		}
	}
	if p := steps[len(steps)-1].Progress; p != 5 {
		t.Errorf("progress at the end is %v epochs, want 5", p)
	}
	epochs := of[EpochEvent](all)
	if len(epochs) != 5 || epochs[4].ValLoss != done.ValLoss || epochs[4].TrainLoss != done.TrainLoss {
		t.Errorf("epochs %+v do not end as %+v", epochs, done)
	}
	if first := epochs[0].ValLoss; done.ValLoss > first/2 {
		t.Errorf("validation error went from %.4f to %.4f only", first, done.ValLoss)
	}
}

// The clock of a bubble stands still while a run computes, as a coarse one does during a short epoch.
func TestEventsAreJSONWhereNoTimePasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := train(t, smallConfig())
		last[DoneEvent](t, all)
		for _, e := range all {
			if _, err := json.Marshal(e); err != nil {
				t.Errorf("%s: %v", e.Kind(), err)
			}
		}
	})
}

func TestPreviewsShowTheChosenExamples(t *testing.T) {
	c := smallConfig()
	c.Previews = []int{3, 1}
	previews := of[PreviewEvent](train(t, c))
	if len(previews) < 2 {
		t.Fatalf("%d previews, want one at the start and one at the end", len(previews))
	}
	for i, p := range previews {
		if len(p.Inputs) != 2 || len(p.Reconstructions) != 2 || len(p.Inputs[0]) != 16 || len(p.Reconstructions[1]) != 16 {
			t.Errorf("preview %d shows %d inputs and %d reconstructions", i, len(p.Inputs), len(p.Reconstructions))
		}
	}
}

// TestValidationIsTheMeanOverExamples recomputes the last validation error from the model's reconstructions.
func TestValidationIsTheMeanOverExamples(t *testing.T) {
	heldOut := stripes(t, 700) // more than one block
	run, err := NewRun(openGoBackend(t), smallConfig(), stripes(t, 200), heldOut)
	if err != nil {
		t.Fatal(err)
	}
	done := last[DoneEvent](t, events(t.Context(), run))
	x := make([]float32, 700*16)
	for i := range 700 {
		heldOut.Row(x[i*16:(i+1)*16], i)
	}
	y, err := run.Model().Reconstruct(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i := range x {
		sum += math.Pow(float64(x[i]-y[i]), 2)
	}
	if want := sum / float64(len(x)); math.Abs(done.ValLoss-want) > 1e-6 {
		t.Errorf("val_loss %.8f, the reconstructions give %.8f", done.ValLoss, want)
	}
}

func lossesOf(all []Event) []float64 {
	var values []float64
	for _, s := range of[StepEvent](all) {
		values = append(values, s.Loss)
	}
	return values
}

func TestSameSeedSameRun(t *testing.T) {
	first, second := lossesOf(train(t, smallConfig())), lossesOf(train(t, smallConfig()))
	if !slices.Equal(first, second) {
		t.Errorf("the losses of two runs with one seed differ: %v and %v", first[:3], second[:3])
	}
	other := smallConfig()
	other.Seed = 2
	if third := lossesOf(train(t, other)); first[0] == third[0] {
		t.Errorf("seeds 1 and 2 both begin with loss %v", first[0])
	}
	zero := smallConfig()
	zero.Seed = 0
	if a, b := lossesOf(train(t, zero)), lossesOf(train(t, zero)); !slices.Equal(a, b) {
		t.Error("seed 0 does not repeat itself")
	}
}

func TestDivergenceEndsWithAdvice(t *testing.T) {
	c := smallConfig()
	c.Optimizer, c.LearningRate, c.Epochs = "sgd", 1000, 50
	var diverged *DivergedError
	if err := last[ErrorEvent](t, train(t, c)).Err; !errors.As(err, &diverged) {
		t.Fatalf("the run ended with %v, want a DivergedError", err)
	}
	if text := diverged.Error(); !strings.Contains(text, "learning rate well below 1000") {
		t.Errorf("the advice is %q", text)
	}
}

func TestDivergenceNamesTheRateThatCausedIt(t *testing.T) {
	c := smallConfig()
	c.Optimizer, c.BatchSize, c.Epochs = "sgd", 200, 50 // A step an epoch: the validation after it is the first to see.
	run, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	var all []Event
	run.Start(t.Context(), func(e Event) {
		if s, ok := e.(StepEvent); ok && s.Step == 1 {
			if err := run.SetLearningRate(1000); err != nil {
				t.Error(err)
			}
		}
		all = append(all, e)
	})
	var diverged *DivergedError
	if err := last[ErrorEvent](t, all).Err; !errors.As(err, &diverged) || diverged.LearningRate != 1000 {
		t.Errorf("the run ended with %v, want the rate 1000", err)
	}
}

func TestEarlyStopping(t *testing.T) {
	c := smallConfig()
	c.Epochs, c.Patience, c.LearningRate, c.Optimizer = 200, 2, 0.3, "adam"
	all := train(t, c)
	done := last[DoneEvent](t, all)
	if done.Ending != StoppedEarly {
		t.Fatalf("ended %q after %d epochs", done.Ending, done.Epochs)
	}
	epochs := of[EpochEvent](all)
	best := slices.MinFunc(epochs, func(a, b EpochEvent) int {
		if a.ValLoss < b.ValLoss {
			return -1
		}
		return 1
	})
	if done.Epochs != best.Epoch+2 {
		t.Errorf("stopped after epoch %d, the lowest error was at %d, want 2 more", done.Epochs, best.Epoch)
	}
}

// controlled starts a run whose events go through a channel, so a test decides when the next step may follow.
func controlled(t *testing.T, c Config) (*Run, <-chan Event, context.CancelFunc) {
	t.Helper()
	run, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	events := make(chan Event)
	go func() {
		defer close(events)
		run.Start(ctx, func(e Event) { events <- e })
	}()
	t.Cleanup(func() {
		cancel()
		for range events { // Let the run end.
		}
	})
	return run, events, cancel
}

func nextStep(t *testing.T, events <-chan Event) StepEvent {
	t.Helper()
	for e := range events {
		if s, ok := e.(StepEvent); ok {
			return s
		}
	}
	t.Fatal("the run ended before the next step")
	return StepEvent{}
}

func TestControlsActOnTheNextStep(t *testing.T) {
	c := smallConfig()
	c.Epochs = 1000
	run, events, _ := controlled(t, c)
	nextStep(t, events)
	if err := run.SetLearningRate(0.5); err != nil {
		t.Fatal(err)
	}
	if err := run.SetBatchSize(7); err != nil {
		t.Fatal(err)
	}
	nextStep(t, events) // This step may have begun before the change.
	if s := nextStep(t, events); s.LearningRate != 0.5 || s.BatchSize != 7 {
		t.Errorf("after the change a step has rate %v and batch %d", s.LearningRate, s.BatchSize)
	}
	run.Pause()
	run.Step()
	nextStep(t, events)
	run.Stop()
	var all []Event
	for e := range events {
		all = append(all, e)
	}
	if done := last[DoneEvent](t, all); done.Ending != Stopped {
		t.Errorf("a stopped run ended %q", done.Ending)
	}
	if steps := of[StepEvent](all); len(steps) > 1 {
		t.Errorf("%d more steps after Stop", len(steps))
	}
}

func TestLearningRateSetBeforeTheFirstStepCounts(t *testing.T) {
	c := smallConfig()
	c.Epochs, c.Optimizer = 1, "sgd"
	run, events, _ := controlled(t, c)
	if err := run.SetLearningRate(1e-12); err != nil {
		t.Fatal(err)
	}
	var first, last float64
	for e := range events {
		if v, ok := e.(ValidationEvent); ok && v.Examples == 50 {
			if first == 0 {
				first = v.Loss
			}
			last = v.Loss
		}
	}
	if math.Abs(first-last) > 1e-6 {
		t.Errorf("steps of size zero changed the validation error from %v to %v", first, last)
	}
}

func TestBadControlsChangeNothing(t *testing.T) {
	run, err := NewRun(openGoBackend(t), smallConfig(), stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	for _, rate := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if err := run.SetLearningRate(rate); err == nil {
			t.Errorf("learning rate %v was taken", rate)
		}
	}
	for _, size := range []int{0, -1, 201} {
		if err := run.SetBatchSize(size); err == nil || !strings.Contains(err.Error(), "from 1 to 200") {
			t.Errorf("batch size %d: %v", size, err)
		}
	}
	all := events(t.Context(), run)
	for _, s := range of[StepEvent](all) {
		if s.LearningRate != 0.01 || s.BatchSize != 16 {
			t.Fatalf("a step has rate %v and batch %d", s.LearningRate, s.BatchSize)
		}
	}
	last[DoneEvent](t, all)
}

func TestCancelEndsWithinAStepAndLeavesNothing(t *testing.T) {
	for name, c := range kinds() {
		for _, paused := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, paused %v", name, paused), func(t *testing.T) {
				before := runtime.NumGoroutine()
				c.Epochs = 1000
				run, events, cancel := controlled(t, c)
				if paused {
					run.Pause()
				} else {
					nextStep(t, events)
				}
				cancel()
				var all []Event
				for e := range events {
					all = append(all, e)
				}
				if err := last[ErrorEvent](t, all).Err; !errors.Is(err, context.Canceled) {
					t.Errorf("a cancelled run ended with %v", err)
				}
				if steps := of[StepEvent](all); len(steps) > 1 && !paused {
					t.Errorf("%d steps after the cancellation", len(steps))
				}
				for runtime.NumGoroutine() > before { // The worker goroutines of the last step end by themselves.
					runtime.Gosched()
				}
			})
		}
	}
}

func TestEachKindLearns(t *testing.T) {
	for name, c := range kinds() {
		t.Run(name, func(t *testing.T) {
			c.Epochs, c.Beta = 8, c.Beta/10
			epochs := of[EpochEvent](train(t, c))
			if first, last := epochs[0].ValLoss, epochs[7].ValLoss; last > 0.95*first {
				t.Errorf("the validation loss went from %v to %v", first, last)
			}
		})
	}
}

func TestConfigErrors(t *testing.T) {
	tests := map[string]struct {
		spoil func(*Config)
		want  string
	}{
		"epochs":        {func(c *Config) { c.Epochs = 0 }, "0 epochs"},
		"batch":         {func(c *Config) { c.BatchSize = 201 }, "the batch size is 201; it must be from 1 to 200"},
		"learning rate": {func(c *Config) { c.LearningRate = -1 }, "the learning rate is -1"},
		"optimizer":     {func(c *Config) { c.Optimizer = "adamw" }, "choose one of adam, rmsprop, sgd"},
		"patience":      {func(c *Config) { c.Patience = -1 }, "patience -1"},
		"width":         {func(c *Config) { c.Architecture = NewArchitecture([]int{9}, ReLU, nil, 2) }, "stripes has 16 values an example, the architecture's input has 9"},
		"preview":       {func(c *Config) { c.Previews = []int{50} }, "preview of example 50; stripes has 50"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := smallConfig()
			test.spoil(&c)
			_, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("NewRun: %v, want it to say %q", err, test.want)
			}
		})
	}
}

func TestValidationSplit(t *testing.T) {
	c := smallConfig()
	set := stripes(t, 200)
	for _, part := range []float64{0, 1, -0.5, 0.001, math.NaN()} {
		c.Validation = part
		if _, err := NewRun(openGoBackend(t), c, set, nil); err == nil {
			t.Errorf("a validation part of %v was taken", part)
		}
	}
	c.Validation = 0.25
	run, err := NewRun(openGoBackend(t), c, set, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, m := run.train.Len(), run.heldOut.Len(); n != 150 || m != 50 {
		t.Errorf("%d and %d examples, want 150 and 50", n, m)
	}
	// Together the parts hold each label as often as the whole.
	var count [8]int
	for _, label := range slices.Concat(run.train.Labels, run.heldOut.Labels) {
		count[label]++
	}
	for _, label := range set.Labels {
		count[label]--
	}
	if count != [8]int{} {
		t.Errorf("the split changed the counts of the labels by %v", count)
	}
}
