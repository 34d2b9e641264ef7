package lab

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/aetutor/aetutor/engine"
)

// TestATrialIsRefusedWithinAShare builds more than a session may hold, and then less with the same environment.
func TestATrialIsRefusedWithinAShare(t *testing.T) {
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}.For(&engine.Share{Memory: 64 << 20})
	s := BuilderSettings{Hidden: []int{1024, 1024}, Latent: 16, Images: 128, Epochs: 1, Seed: 1}
	var refused *engine.MemoryError
	if err := TryStack(t.Context(), env, s, s.Architecture(), func(Event) {}); !errors.As(err, &refused) {
		t.Errorf("a stack that is too large gives %v", err)
	}
	s.Hidden = []int{16}
	if err := TryStack(t.Context(), env, s, s.Architecture(), func(Event) {}); err != nil {
		t.Errorf("a stack that fits gives %v", err)
	}
}

// TestDataAreRefusedWithinAShare gives labs more examples than a session may hold beside its models.
func TestDataAreRefusedWithinAShare(t *testing.T) {
	set := bars(t, 300, 6) // 43,200 bytes as float32 values
	env := testEnv(t).For(&engine.Share{Memory: 80_000})
	for what, run := range map[string]func() error{
		"comparing these digits": func() error {
			d := DigitsEvent{References: set, Queries: set.Slice(0, 3)}
			return d.explore(t.Context(), env, barsRecipe(set, 2), true, func(Event) {})
		},
		"PCA of these images": func() error {
			return BottleneckSettings{Epochs: 1}.compare(t.Context(), env, nil, set, set, func(Event) {})
		},
	} {
		var refused *engine.MemoryError
		if err := run(); !errors.As(err, &refused) || refused.What != what || refused.Needs < 86_400 {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestWhatNeedsNoBackendTakesTurns has somebody keep the whole machine, and sees the work wait for it. Nothing else would
// let the bubble rest.
func TestWhatNeedsNoBackendTakesTurns(t *testing.T) {
	for what, work := range map[string]func(ctx context.Context, env Env, b *engine.Backend) error{
		"word vectors": func(ctx context.Context, env Env, _ *engine.Backend) error {
			_, err := TrainWords(ctx, env, AnalogiesSettings{Sentences: 1000, Epochs: 1}, func(e Event) {
				if e.Kind() == "words" {
					t.Error("words are learned beside others")
				}
			})
			return err
		},
		"clusters": func(ctx context.Context, _ Env, b *engine.Backend) error {
			f := Features{Width: 1, heldOut: []float32{0, 1, 5, 6}, labels: []uint8{0, 0, 1, 1}, backend: b}
			_, err := f.Cluster(ctx, 2, 1, func(Event) {})
			return err
		},
		"filters": func(ctx context.Context, env Env, _ *engine.Backend) error {
			s := NoiseSettingsOf(smallBeats(t))
			_, err := bestFilters(ctx, env.core(), s, s.recipe(nil))
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			if _, err := beatsTrain(); err != nil { // Simulated once, and not in the bubble.
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				env := testEnv(t)
				b, err := env.Backend()
				if err != nil {
					t.Fatal(err)
				}
				end, err := b.Alone(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error, 1)
				go func() { ended <- work(ctx, env, b) }()
				synctest.Wait()
				if len(ended) > 0 {
					t.Fatalf("it did not wait, and ended with %v", <-ended)
				}
				cancel()
				if err := <-ended; !errors.Is(err, context.Canceled) {
					t.Errorf("after the end of its context: %v", err)
				}
				end()
			})
		})
	}
}
