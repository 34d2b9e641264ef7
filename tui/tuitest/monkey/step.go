// Package monkey plays a program as somebody does who means no good or is clumsy: seeded random keys, text, mouse, pastes,
// sizes and answers of the terminal, and checks after each step what must hold whatever was done.
package monkey

import (
	"fmt"
	"strings"
	"time"

	"github.com/aetutor/aetutor/tui/tuitest"
)

// Step is one thing that is done to a program. Exactly one of its fields is set.
type Step struct {
	Input  string        // bytes that the terminal sends
	Paste  *Paste        // a bracketed paste
	Resize *Size         // another size of the terminal
	Wait   time.Duration // nothing is done for a while
	Event  int           // what happens outside of the terminal: an event of the App, from 1
}

// Paste is a text some times over.
type Paste struct {
	Text  string
	Times int
}

// Size is that of a terminal in cells.
type Size struct{ Width, Height int }

// String is the step for who looks for the cause of a fault.
func (s Step) String() string {
	switch {
	case s.Paste != nil:
		return fmt.Sprintf("paste %q %d times", s.Paste.Text, s.Paste.Times)
	case s.Resize != nil:
		return fmt.Sprintf("resize to %d×%d", s.Resize.Width, s.Resize.Height)
	case s.Wait != 0:
		return "wait " + s.Wait.String()
	case s.Event != 0:
		return fmt.Sprintf("event %d", s.Event)
	}
	return fmt.Sprintf("%q", s.Input)
}

// do does the step, and returns when the program is idle.
func (s Step) do(term *tuitest.Terminal, events []func()) {
	switch {
	case s.Paste != nil:
		term.Input("\x1b[200~" + strings.Repeat(s.Paste.Text, s.Paste.Times) + "\x1b[201~")
	case s.Resize != nil:
		term.Resize(s.Resize.Width, s.Resize.Height)
	case s.Wait != 0:
		time.Sleep(s.Wait)
		term.Input("")
	case s.Event != 0:
		if len(events) > 0 {
			events[s.Event%len(events)]()
		}
		term.Input("")
	default:
		term.Input(s.Input)
	}
}
