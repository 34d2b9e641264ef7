package monkey

import (
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// tooLong is how long a step may take in real time, on a busy machine under the race detector, before it counts as one
// that never ends.
const tooLong = 4 * time.Minute

// watch ends the test when a step does not: time in a bubble stands still while something computes, so no timer of the
// test itself would ring. It is made outside of the bubbles and runs on real time.
type watch struct {
	seed uint64
	stop chan struct{}

	mu   sync.Mutex
	done []Step
}

func newWatch(seed uint64, all []Step) *watch {
	w := &watch{seed: seed, stop: make(chan struct{}), done: make([]Step, 0, len(all))}
	go w.run()
	return w
}

func (w *watch) run() {
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	seen, since := 0, time.Now()
	for {
		select {
		case <-w.stop:
			return
		case <-look.C:
		}
		w.mu.Lock()
		if len(w.done) != seen {
			seen, since = len(w.done), time.Now()
		}
		took := time.Since(since)
		w.mu.Unlock()
		if took > tooLong {
			debug.SetTraceback("all")
			panic(fmt.Sprintf("monkey, seed %d: a step takes %v; the last steps:%s", w.seed, took, w.last()))
		}
	}
}

// at tells that a step begins.
func (w *watch) at(s Step) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = append(w.done, s)
}

func (w *watch) end() { close(w.stop) }

// last lists the last steps.
func (w *watch) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list strings.Builder
	for _, s := range w.done[max(len(w.done)-20, 0):] {
		fmt.Fprintf(&list, "\n  %v", s)
	}
	return list.String()
}
