package engine

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// work takes turns of a millisecond until ctx ends, and calls took after each.
func work(ctx context.Context, t *turnstile, s *Share, took func()) {
	for t.begin(ctx, s) == nil {
		time.Sleep(time.Millisecond)
		took()
		t.end()
	}
}

// TestOwnersTakeTurnsWhateverTheyRun has an owner train in four sessions beside two who train in one, and counts steps.
func TestOwnersTakeTurnsWhateverTheyRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurnstile(2)
		ctx, cancel := context.WithCancel(t.Context())
		taken := map[string]int{}
		sessions := [4]int{}
		var wait sync.WaitGroup
		run := func(owner string, session int) {
			wait.Go(func() {
				work(ctx, turns, &Share{Owner: owner}, func() {
					taken[owner]++ // There is one turn at a time.
					if owner == "four" {
						sessions[session]++
					}
				})
			})
		}
		for i := range sessions {
			run("four", i)
		}
		run("one", 0)
		run("two", 0)
		time.Sleep(300*time.Millisecond + time.Microsecond)
		cancel()
		wait.Wait()
		for owner, n := range taken {
			if n < 99 || n > 101 {
				t.Errorf("of 300 turns %s took %d, want a third", owner, n)
			}
		}
		for i, n := range sessions {
			if n < 24 || n > 26 {
				t.Errorf("session %d of four took %d of its owner's 100 turns, want a quarter", i, n)
			}
		}
	})
}

// TestASinglePieceOfWorkWaitsForOneStep has somebody new, and then somebody who worked before, come while eight train.
func TestASinglePieceOfWorkWaitsForOneStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurnstile(2)
		ctx, cancel := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		defer wait.Wait()
		defer cancel()
		for i := range 8 {
			wait.Go(func() { work(ctx, turns, &Share{Owner: string(rune('a' + i/2))}, func() {}) })
		}
		reader := &Share{Owner: "reader"}
		for range 3 {
			time.Sleep(20*time.Millisecond + 300*time.Microsecond)
			start := time.Now()
			if err := turns.begin(ctx, reader); err != nil {
				t.Fatal(err)
			}
			if waited := time.Since(start); waited > time.Millisecond {
				t.Errorf("a single turn waited for %v, which is more than one step", waited)
			}
			turns.end()
		}
	})
}

// TestWhoLeavesTheLineHoldsNobodyUp ends the wait of a step that needs more cores than are free, behind which work on
// one core waits. The turns that follow need both cores, so none may be lost either.
func TestWhoLeavesTheLineHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Backend{turns: newTurnstile(2)}
		if err := b.turns.take(t.Context(), b.share, 1); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error, 1)
		go func() { left <- b.turns.begin(ctx, &Share{Owner: "step"}) }()
		synctest.Wait()
		got := make(chan error, 1)
		other := b.For(&Share{Owner: "core"})
		go func() { got <- other.turns.take(t.Context(), other.share, 1) }()
		synctest.Wait()
		if len(got) != 0 {
			t.Error("work on one core overtook a step")
		}
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("the step that left got %v", err)
		}
		synctest.Wait()
		if len(got) != 1 {
			t.Fatal("work on one core waits behind a step that is gone")
		}
		b.turns.give(1)
		other.turns.give(1)
		if n := atOnce(b.turns); n != 1 {
			t.Errorf("%d turns are free at the end, want 1", n)
		}
	})
}

func TestOwnersAreForgotten(t *testing.T) {
	turns := newTurnstile(2)
	for i := range 3 * mostOwners {
		if err := turns.begin(t.Context(), &Share{Owner: strings.Repeat("x", i)}); err != nil {
			t.Fatal(err)
		}
		turns.end()
	}
	if n := len(turns.owners); n != mostOwners {
		t.Errorf("%d owners are remembered, want %d", n, mostOwners)
	}
}

// TestOthersAreRuns counts runs, one of which is held up between its steps while the others begin, pause and end.
func TestOthersAreRuns(t *testing.T) {
	b := openGoBackend(t)
	b.turns = newTurnstile(2)
	one, two := &Share{Owner: "ann"}, &Share{Owner: "ann"}
	run, err := NewRun(b.For(one), smallConfig(), stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string, wantOne, wantTwo int) {
		t.Helper()
		if one.Others() != wantOne || two.Others() != wantTwo {
			t.Errorf("%s one has %d others and two %d, want %d and %d", when, one.Others(), two.Others(), wantOne, wantTwo)
		}
	}
	second := b.For(two)
	check("before", 0, 0)
	run.Start(t.Context(), func(e Event) {
		if step, ok := e.(StepEvent); !ok || step.Step != 3 {
			return
		}
		check("alone", 0, 0)
		second.trains(1)
		check("with another", 1, 1)
		b.trains(2)
		check("with two more", 3, 3)
		b.trains(-2)
	})
	check("once the first ended", 0, 0)
	second.trains(-1)
	b.turns = newTurnstile(4)
	wide, narrow := b.For(one), b.For(two)
	wide.trains(1)
	narrow.trains(1)
	check("with cores for both", 0, 0)
}

// TestAPausedRunIsNoOther has an order wait for the end of a pause.
func TestAPausedRunIsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newControl(smallConfig())
		c.paused = true
		training := 1
		done := make(chan error, 1)
		go func() {
			_, err := c.next(t.Context(), func(change int) { training += change })
			done <- err
		}()
		synctest.Wait()
		if training != 0 {
			t.Errorf("while it is paused %d runs train, want 0", training)
		}
		c.change(func() { c.paused = false })
		if err := <-done; err != nil || training != 1 {
			t.Errorf("after the pause %d runs train, want 1; %v", training, err)
		}
	})
}

// TestAClosedSessionStopsWithinOneStep ends a run that waits for its turn behind a step that goes on, and one that
// works.
func TestAClosedSessionStopsWithinOneStep(t *testing.T) {
	b := openGoBackend(t)
	b.turns = newTurnstile(2)
	share := &Share{Owner: "ann"}
	c := smallConfig()
	c.Epochs = 10_000
	run, err := NewRun(b.For(share), c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended, held := make(chan int), make(chan struct{})
	go func() {
		after, closed := 0, false
		run.Start(ctx, func(e Event) {
			if step, ok := e.(StepEvent); ok {
				if closed {
					after++
				}
				if step.Step == 5 {
					if err := b.turns.begin(context.Background(), nil); err != nil { // The step of another.
						t.Error(err)
					}
					cancel()
					closed = true
					close(held)
				}
			}
		})
		ended <- after
	}()
	<-held
	if after := <-ended; after != 0 {
		t.Errorf("the run took %d steps after its session had closed", after)
	}
	b.turns.end()
	if share.training.Load() != 0 || b.turns.free != b.turns.cores {
		t.Errorf("%d runs still train, %d of %d cores are free", share.training.Load(), b.turns.free, b.turns.cores)
	}
}
