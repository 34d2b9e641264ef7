package tui_test

import (
	"testing"
	"time"

	"github.com/aetutor/aetutor/tui/tuitest"
)

const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
	pasteFailed = "A paste did not end and is left out. Paste again."
	pasteTime   = 10 * time.Second
)

func TestAPasteWithoutAnEndLetsGoOfTheKeyboard(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.Input(pasteBegins + "lost")
		term.Press("right", "/", "?")
		term.Expect("1/3 A bottleneck")
		time.Sleep(pasteTime)
		term.Send(nil)
		term.Expect(pasteFailed)
		term.Press("/")
		term.Paste("error")
		term.Expect("search  error")
		term.ExpectNot(pasteFailed, "lost")
	})
}

func TestAPasteMayTakeItsTime(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		for range 2 {
			term.Input(pasteBegins)
			time.Sleep(8 * time.Second)
			term.Input(pasteEnds)
			term.ExpectNot(pasteFailed)
		}
		time.Sleep(pasteTime)
		term.Send(nil)
		term.ExpectNot(pasteFailed)
	})
}
