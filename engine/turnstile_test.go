package engine

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// TestRunsTakeTurns starts eight runs on one backend and looks at how far each is whenever another takes a step.
func TestRunsTakeTurns(t *testing.T) {
	b := openGoBackend(t)
	const n, steps = 8, 40
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	var taken [n]int
	started, behind := 0, 0
	var wait sync.WaitGroup
	for i := range n {
		c := smallConfig()
		c.Epochs = 1000
		run, err := NewRun(b, c, stripes(t, 200), stripes(t, 50))
		if err != nil {
			t.Fatal(err)
		}
		wait.Go(func() {
			run.Start(ctx, func(e Event) {
				step, ok := e.(StepEvent)
				if !ok {
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if step.Step == 1 {
					if started++; started == n {
						clear(taken[:]) // From here on all of them compete.
					}
				}
				taken[i]++
				if started == n && taken[i] == steps {
					for _, other := range taken {
						behind = max(behind, steps-other)
					}
					cancel()
				}
			})
		})
	}
	wait.Wait()
	// A run also validates and sends events between its steps, so it may miss some turns; it never misses most of them.
	if behind > steps/2 {
		t.Errorf("when one run had taken %d steps, another was %d behind", steps, behind)
	}
}

// TestTurnsGoToWhoeverWaitsLongest has goroutines queue one after another and sees them served in that order.
func TestTurnsGoToWhoeverWaitsLongest(t *testing.T) {
	if one, nine := atOnce(newTurnstile(1)), atOnce(newTurnstile(9)); one != 1 || nine != 4 {
		t.Errorf("one core gives %d turns at once and nine give %d, want 1 and 4", one, nine)
	}
	turns := newTurnstile(1)
	if err := turns.begin(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	order := make(chan int, 5)
	var wait sync.WaitGroup
	for i := range 5 {
		queued := make(chan struct{})
		wait.Go(func() {
			close(queued)
			if err := turns.begin(t.Context(), nil); err != nil {
				return
			}
			order <- i
			turns.end()
		})
		<-queued
		for range 1000 { // Lets the goroutine come from the line above to the queue.
			runtime.Gosched()
		}
	}
	turns.end()
	wait.Wait()
	for i := range 5 {
		if got := <-order; got != i {
			t.Errorf("turn %d went to goroutine %d", i, got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := turns.begin(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context got a turn: %v", err)
	}
}

// atOnce is how many turns there are at the same time.
func atOnce(turns *turnstile) int {
	n := 0
	for ; turns.free >= coresPerTurn; n++ {
		turns.free -= coresPerTurn
	}
	return n
}

// TestAStepWaitsForASingleCoreNoLongerThanItsTurn has somebody who computes on one core at a time queue behind a step.
func TestAStepWaitsForASingleCoreNoLongerThanItsTurn(t *testing.T) {
	b := &Backend{turns: newTurnstile(2)}
	synctest.Test(t, func(t *testing.T) {
		if err := errors.Join(b.turns.take(t.Context(), b.share, 1), b.turns.take(t.Context(), b.share, 1)); err != nil {
			t.Fatal(err)
		}
		order := make(chan string, 2)
		go func() {
			if err := b.turns.begin(t.Context(), nil); err != nil {
				t.Error(err)
			}
			order <- "step"
			b.turns.end()
		}()
		synctest.Wait()
		b.turns.give(1)
		go func() {
			if err := b.turns.take(t.Context(), b.share, 1); err != nil {
				t.Error(err)
			}
			order <- "core"
			b.turns.give(1)
		}()
		synctest.Wait() // One core is free, but the step came first and needs two.
		if len(order) > 0 {
			t.Errorf("%s did not wait", <-order)
		}
		b.turns.give(1)
		if first := <-order; first != "step" {
			t.Errorf("the turn went to the %s, want the step", first)
		}
		<-order
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Core(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context got a core: %v", err)
	}
	end, err := b.Core(t.Context())
	if err != nil || b.turns.free != 1 {
		t.Errorf("with one core taken %d are free, %v", b.turns.free, err)
	}
	if end(); b.turns.free != 2 {
		t.Errorf("with none taken %d are free", b.turns.free)
	}
}

// TestAloneKeepsTheWholeMachine has somebody who measures wait for a step, and steps wait for who measures.
func TestAloneKeepsTheWholeMachine(t *testing.T) {
	b := &Backend{turns: newTurnstile(5)} // Two steps at once, and a core that none of them takes.
	synctest.Test(t, func(t *testing.T) {
		if err := b.turns.begin(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		var order []string
		go func() {
			end, err := b.Alone(t.Context())
			if err != nil {
				t.Error(err)
			}
			order = append(order, "alone")
			synctest.Wait() // By now the step below is waiting.
			order = append(order, "end")
			end()
		}()
		synctest.Wait()
		if len(order) > 0 {
			t.Fatal("it did not wait for the step that was being taken")
		}
		b.turns.end()
		if err := b.turns.begin(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		order = append(order, "step")
		b.turns.end()
		if got := strings.Join(order, " "); got != "alone end step" {
			t.Errorf("the turns were %s", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := b.Alone(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("an ended context got the machine: %v", err)
		}
		if b.turns.free != 5 {
			t.Errorf("%d cores are free at the end, want 5", b.turns.free)
		}
	})
}

// heapInUse is what is reachable. Pools keep what they hold for one collection more.
func heapInUse() int {
	for range 3 {
		runtime.GC()
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// TestRunsGiveTheirMemoryBack runs eight models at once, twice, and compares the memory in use: nothing may stay of
// executables, tensors and moments. One model with its moments and graphs takes about 4 MB.
func TestRunsGiveTheirMemoryBack(t *testing.T) {
	b := openGoBackend(t)
	set := stripes(t, 200)
	work := func() {
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				c := smallConfig()
				c.Epochs, c.Architecture = 1, NewArchitecture([]int{4, 4}, ReLU, []int{400, 400}, 4)
				run, err := NewRun(b, c, set, set)
				if err != nil {
					t.Error(err)
					return
				}
				run.Start(t.Context(), func(e Event) {
					if failed, ok := e.(ErrorEvent); ok {
						t.Error(failed.Err)
					}
				})
			})
		}
		wait.Wait()
	}
	work()
	before := heapInUse()
	work()
	if after := heapInUse(); after-before > 1<<20 {
		t.Errorf("eight runs left %d KB", (after-before)>>10)
	}
}
