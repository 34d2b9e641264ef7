package jail

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestCanceledAsItEnds cancels runs at about their end. Only the race detector sees what is wrong with it.
func TestCanceledAsItEnds(t *testing.T) {
	c := newCell(t)
	greet := Command{Path: c.program, Args: []string{"greet"}}
	first, err := c.Run(t.Context(), greet)
	if err != nil {
		t.Fatal(err)
	}
	const runs = 100
	for i := range runs {
		ctx, cancel := context.WithTimeout(t.Context(), first.Wall/2+first.Wall*time.Duration(i)/runs)
		if _, err := c.Run(ctx, greet); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		cancel()
	}
}
