package tui_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestALabSaysWithHowManyItTakesTurns(t *testing.T) {
	var closed atomic.Int32
	var others, asked atomic.Int32
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { return newFakeLab(&closed) })
		o.Start = "2"
		o.Others = func() int { asked.Add(1); return int(others.Load()) }
	}, func(term *tuitest.Terminal) {
		wait := func(d time.Duration) {
			time.Sleep(d)
			synctest.Wait()
		}
		others.Store(5)
		term.Press("enter")
		term.ExpectNot("takes turns")
		wait(3 * time.Second)
		term.Expect("takes turns with 5 other labs")
		others.Store(1)
		term.Press("up")
		term.Expect("takes turns with 5 other labs") // It stays for a while, whatever happens on the screen.
		wait(2 * time.Second)
		term.Expect("takes turns with 1 other lab")
		others.Store(0)
		wait(2 * time.Second)
		term.ExpectNot("takes turns")
		others.Store(5)
		wait(2 * time.Second)
		term.Press("esc")
		term.ExpectNot("takes turns")
		wait(3 * time.Second)
		before := asked.Load()
		wait(10 * time.Second)
		if asked.Load() != before {
			term.T.Error("a lab that is closed still looks around")
		}
		term.Press("enter")
		term.ExpectNot("takes turns") // Another lab begins without what was said of the last one.
		term.Press("esc")
		wait(3 * time.Second)
	})
}
