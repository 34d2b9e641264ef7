package lab

import (
	"errors"
	"testing"

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
