package tuitest

import (
	"strings"
	"time"
)

// patience is the longest time between two changes of what a test awaits, on a busy machine under the race detector.
const patience = 2 * time.Minute

// Await waits until the screen of a live terminal shows each text, with single blanks between its words.
func (term *Terminal) Await(texts ...string) {
	term.T.Helper()
	missing := ""
	term.AwaitThat(func(screen string) bool {
		for _, missing = range texts {
			if !strings.Contains(screen, missing) {
				return false
			}
		}
		return true
	}, func() string { return "show " + missing })
}

// AwaitEnd waits until a live program has ended.
func (term *Terminal) AwaitEnd() {
	term.T.Helper()
	select {
	case <-term.ended:
	case <-time.After(patience):
		term.T.Fatalf("the program goes on:\n%s", term.Screen())
	}
}

// AwaitThat waits until the screen of a live terminal, with single blanks between its words, is as a test wants it. It
// looks after each of the program's writes. what says what the screen is to do, for the case that it never does.
func (term *Terminal) AwaitThat(is func(screen string) bool, what func() string) {
	term.T.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for !is(strings.Join(strings.Fields(term.Screen()), " ")) {
		select {
		case <-term.drawn:
		case <-term.ended:
			term.T.Fatalf("the program ended (%v) and did not %s:\n%s", term.err, what(), term.Screen())
		case <-limit.C:
			term.T.Fatalf("the screen does not %s:\n%s", what(), term.Screen())
		}
	}
}
