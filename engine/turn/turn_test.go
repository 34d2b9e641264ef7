package turn

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestPiecesFillTurns(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration // a piece
		want  []int         // the pieces with which turns begin
	}{
		"short":           {2 * time.Millisecond, []int{0, 3, 6, 9}},
		"as long as it":   {5 * time.Millisecond, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"longer":          {time.Second, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"all in one turn": {time.Microsecond, []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				held := false
				var pieces, began []int
				core := Core(func(context.Context) (func(), error) {
					if held {
						t.Error("a second turn begins before the first has ended")
					}
					held, began = true, append(began, len(pieces))
					return func() { held = false }, nil
				})
				err := core.Each(t.Context(), 10, func(i int) error {
					if !held {
						t.Errorf("piece %d is done without a turn", i)
					}
					pieces = append(pieces, i)
					time.Sleep(c.takes) // The bubble's clock: how long the piece takes.
					return nil
				})
				if err != nil || held || !slices.Equal(pieces, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) || !slices.Equal(began, c.want) {
					t.Errorf("did %v in turns from %v, want %v; %v, still in one: %v", pieces, began, c.want, err, held)
				}
			})
		})
	}
}

func TestEachEndsEarly(t *testing.T) {
	broken := errors.New("broken")
	held := 0
	core := Core(func(ctx context.Context) (func(), error) {
		held++
		return func() { held-- }, ctx.Err()
	})
	for name, c := range map[string]Core{"shared": core, "alone": nil} {
		done := 0
		err := c.Each(t.Context(), 10, func(i int) error {
			if done++; i == 4 {
				return broken
			}
			return nil
		})
		if !errors.Is(err, broken) || done != 5 {
			t.Errorf("%s: did %d pieces, %v", name, done, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done = 0
		err = c.Each(ctx, 10, func(i int) error {
			if done++; i == 2 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || done != 3 {
			t.Errorf("%s: did %d pieces until the context ended with the third, %v", name, done, err)
		}
	}
	if held != 0 {
		t.Errorf("%d turns did not end", held)
	}
	refused := Core(func(context.Context) (func(), error) { return nil, context.Canceled })
	err := refused.Each(t.Context(), 1, func(int) error { t.Error("a piece is done without a turn"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("without a turn: %v", err)
	}
}
