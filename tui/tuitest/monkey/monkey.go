package monkey

import (
	"math/rand/v2"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/tuitest"
)

// App is what the monkey plays with.
type App struct {
	// Open makes the root of the program, again where the monkey has left it.
	Open func() tea.Model
	// Events happen outside of the terminal, such as a file that another program changes.
	Events []func()
	// Check says after each step what is wrong with what the program keeps. It may be nil.
	Check func() error
}

// fault is what a life came to.
type fault struct {
	step   int // the one after which it was found
	err    error
	screen string
}

// steps are n steps that follow from a seed.
func steps(seed uint64, n, events int) []Step {
	r := random{Rand: rand.New(rand.NewPCG(seed, 0)), size: Size{80, 24}, events: events}
	made := make([]Step, n)
	for i := range made {
		made[i] = r.step()
	}
	return made
}

// Play plays n steps after a seed, and fails the test with the fewest of them that it finds to show the same kind of
// fault. Setup is called in each bubble of testing/synctest.
func Play(t *testing.T, seed uint64, n int, events int, setup func(t *testing.T) App) {
	t.Helper()
	all := steps(seed, n, events)
	watch := newWatch(seed, all)
	defer watch.end()
	found := live(t, all, setup, watch)
	if found == nil {
		return
	}
	all = all[:min(found.step+1, n)]
	fewer := fewest(all, func(tried []Step) bool { return live(t, tried, setup, watch) != nil })
	var list strings.Builder
	for _, s := range fewer {
		list.WriteString("\n  " + s.String())
	}
	t.Errorf("seed %d, step %d: %v\n%s\nThe fewest steps found that end in a fault:%s", seed, found.step, found.err, found.screen, list.String())
}

// live plays steps in a bubble and returns the first fault. The test fails where goroutines are left.
func live(t *testing.T, all []Step, setup func(t *testing.T) App, watch *watch) (found *fault) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		t.Cleanup(func() { expectNothingLeft(t, watch) }) // The first one runs last.
		app := setup(t)
		o, witness := (*oracle)(nil), newWitness(t)
		open := func(size Size) {
			s := &seen{size: tea.WindowSizeMsg{Width: size.Width, Height: size.Height}}
			o = &oracle{witness: witness, term: tuitest.Start(t, watched{app.Open(), s}, tuitest.Settings{Width: size.Width, Height: size.Height}), seen: s}
		}
		open(Size{80, 24})
		for i, s := range all {
			watch.at(s)
			s.do(o.term, app.Events)
			err := o.judge()
			if err == nil && app.Check != nil {
				err = app.Check()
			}
			if err != nil {
				found = &fault{i, err, o.term.Screen()}
				return
			}
			if o.term.Ended() {
				open(Size{80, 24})
			}
		}
	})
	return found
}

// lastTick is longer than a command of a program may wait, of which Bubble Tea cannot be rid any sooner.
const lastTick = time.Minute

// expectNothingLeft fails the test when goroutines of the bubble are left besides its main one. A bubble that ends with
// some panics, without a word on how they came about.
func expectNothingLeft(t *testing.T, watch *watch) {
	t.Helper()
	time.Sleep(lastTick)
	synctest.Wait()
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	own := ""
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		bubble := bubbleOf.FindString(stack)
		if own == "" {
			own = bubble // The first stack is that of the caller.
			continue
		}
		if bubble == own && !strings.Contains(stack, "synctest.Test") && !strings.Contains(stack, "synctest.Run") {
			t.Errorf("seed %d left a goroutine:\n%s\nthe last steps:%s", watch.seed, stack, watch.last())
		}
	}
}

var bubbleOf = regexp.MustCompile(`synctest bubble \d+`)

// shrinkTries bounds how often steps are played again to find the fewest, and shrinkTime for how long.
const (
	shrinkTries = 200
	shrinkTime  = time.Minute
)

// fewest leaves steps out as long as the rest still fails: first those at the start, then parts of any place.
func fewest(all []Step, fails func([]Step) bool) []Step {
	began, tries := time.Now(), 0
	still := func(tried []Step) bool {
		tries++
		return tries < shrinkTries && time.Since(began) < shrinkTime && fails(tried)
	}
	for n := 1; n < len(all); n *= 2 {
		if tail := all[len(all)-n:]; still(tail) {
			all = tail
			break
		}
	}
	for part := len(all) / 2; part > 0; part /= 2 {
		for from := 0; from+part <= len(all); {
			rest := append(append([]Step{}, all[:from]...), all[from+part:]...)
			if still(rest) {
				all = rest
			} else {
				from += part
			}
		}
	}
	return all
}
