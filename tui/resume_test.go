package tui_test

import (
	"os"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestTheScreenIsWholeAfterAStop(t *testing.T) {
	var resumed chan os.Signal
	play(t, func(o *tui.Options) {
		resumed = make(chan os.Signal)
		o.Resumed = resumed
	}, func(term *tuitest.Terminal) {
		defer close(resumed)
		for range 2 {
			before := term.Screen()
			// That is a shell that tells of the stop and reads a line.
			if _, err := term.Write([]byte("\x1b[2;1H[1]+  Stopped\n$ \x1b[?2004h\x1b[?2004lfg\n")); err != nil {
				term.T.Fatal(err)
			}
			resumed <- os.Interrupt
			term.Press("tab")
			if after := term.Screen(); after != before {
				term.T.Errorf("the screen is\n%s", after)
			}
			if out := term.Output(); strings.LastIndex(out, "\x1b[?2004h") < strings.LastIndex(out, "\x1b[?2004l") {
				term.T.Error("pasting is off")
			}
		}
	})
}
