package tuitest

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Expect fails the test unless the screen shows each text.
func (term *Terminal) Expect(texts ...string) {
	term.T.Helper()
	screen := term.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			term.T.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// ExpectNot fails the test when the screen shows one of the texts.
func (term *Terminal) ExpectNot(texts ...string) {
	term.T.Helper()
	screen := term.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			term.T.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// ExpectClean fails the test unless the program has ended and left the terminal as it found it.
func (term *Terminal) ExpectClean() {
	term.T.Helper()
	if !term.Ended() {
		term.T.Fatalf("the program still runs:\n%s", term.Screen())
	}
	for _, fault := range term.LeftBehind() {
		term.T.Error(fault)
	}
}

// LeftBehind says in what a program that has ended left the terminal otherwise than it found it.
func (term *Terminal) LeftBehind() []string {
	var faults []string
	out := term.Output()
	for name, mode := range map[string]ansi.DECMode{
		"the alternate screen is":   ansi.ModeAltScreenSaveCursor,
		"mouse button events are":   ansi.ModeMouseButtonEvent,
		"SGR mouse coordinates are": ansi.ModeMouseExtSgr,
		"bracketed paste is":        ansi.ModeBracketedPaste,
	} {
		if strings.LastIndex(out, ansi.SetMode(mode)) > strings.LastIndex(out, ansi.ResetMode(mode)) {
			faults = append(faults, name+" left on")
		}
	}
	if strings.LastIndex(out, ansi.HideCursor) > strings.LastIndex(out, ansi.ShowCursor) {
		faults = append(faults, "the cursor is left hidden")
	}
	if alt, hidden := term.screen.IsAltScreen(), term.screen.CursorHidden(); alt || hidden {
		faults = append(faults, fmt.Sprintf("the terminal is on the alternate screen (%v) or without a cursor (%v)", alt, hidden))
	}
	if text := strings.TrimSpace(term.Screen()); text != "" {
		faults = append(faults, "the program left text behind:\n"+text)
	}
	return faults
}
