// Package tuitest drives the whole program in a test as a person would: keys and mouse go in, the screen is read. The
// terminal is emulated. Time is that of testing/synctest, and every action waits until the program is idle; or, for a
// program that computes, time is real, and the test awaits what the screen shows.
package tuitest

import (
	"bytes"
	"image/color"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/aetutor/aetutor/tui/keymap"
)

// Settings describe the terminal.
type Settings struct {
	Width, Height int
	Light         bool                 // its background is white
	Mute          bool                 // it answers no questions, as one that does not tell its background
	Profile       colorprofile.Profile // the colours it shows; the zero value counts as true colour
	Env           []string             // "NAME=value"
	Live          bool                 // time is real: no action waits, Await does
}

// Terminal is a program that runs in an emulated terminal.
type Terminal struct {
	// T is the test within the bubble of testing/synctest.
	T *testing.T

	screen  *vt.SafeEmulator
	input   *input
	program *tea.Program
	ended   chan struct{}
	final   tea.Model
	err     error
	live    bool
	drawn   chan struct{} // holds a value after the program has written

	mu      sync.Mutex
	written bytes.Buffer
	read    int // of what was written, by Recent
}

// settleTime is longer than the renderer's tick and than Bubble Tea waits to tell the esc key from a sequence. It
// passes at once in a bubble of testing/synctest.
const settleTime = 150 * time.Millisecond

// Start runs a program until the test ends. Unless the terminal is live it must be called within synctest.Test.
func Start(t *testing.T, m tea.Model, s Settings) *Terminal {
	t.Helper()
	if s.Profile == colorprofile.Unknown {
		s.Profile = colorprofile.TrueColor
	}
	term := &Terminal{T: t, screen: vt.NewSafeEmulator(s.Width, s.Height), input: newInput(), ended: make(chan struct{}), live: s.Live, drawn: make(chan struct{}, 1)}
	if s.Light {
		term.screen.SetDefaultBackgroundColor(color.White)
	}
	go term.answer(s.Mute)
	term.program = tea.NewProgram(m,
		tea.WithInput(term.input), tea.WithOutput(term), tea.WithWindowSize(s.Width, s.Height),
		tea.WithColorProfile(s.Profile), tea.WithEnvironment(append([]string{"TERM=xterm-256color"}, s.Env...)),
		tea.WithoutSignalHandler())
	go func() {
		defer close(term.ended)
		term.final, term.err = term.program.Run()
	}()
	t.Cleanup(func() {
		term.program.Kill()
		<-term.ended
		if closer, ok := term.final.(interface{ Close() }); ok {
			closer.Close()
		}
		_ = term.input.Close()
		if err := term.screen.Close(); err != nil {
			t.Errorf("closing the emulated terminal: %v", err)
		}
		if !term.live {
			synctest.Wait()
		}
	})
	term.idle()
	return term
}

// answer hands what the terminal sends, keys as well as answers to questions, to the program.
func (term *Terminal) answer(mute bool) {
	buf := make([]byte, 4096)
	for {
		n, err := term.screen.Read(buf)
		if err != nil {
			return
		}
		if mute && bytes.HasPrefix(buf[:n], []byte("\x1b]")) {
			continue
		}
		_, _ = term.input.Write(buf[:n]) // never fails
	}
}

// Write implements io.Writer for the program's output. Bubble Tea counts on the terminal to start a line after a line
// feed when its input is not a real terminal.
func (term *Terminal) Write(p []byte) (int, error) {
	term.mu.Lock()
	term.written.Write(p)
	term.mu.Unlock()
	if _, err := term.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	select {
	case term.drawn <- struct{}{}:
	default: // Nobody has looked since the last time.
	}
	return len(p), nil
}

// idle waits until the program has handled everything and drawn it. A live program may never be idle.
func (term *Terminal) idle() {
	if term.live {
		return
	}
	synctest.Wait()
	time.Sleep(settleTime)
	synctest.Wait()
}

// Press presses keys one after the other: "right", "ctrl+c", "?".
func (term *Terminal) Press(strokes ...string) {
	for _, stroke := range strokes {
		key := keymap.Press(stroke)
		if key.Mod == 0 && key.Text != "" {
			term.screen.SendText(key.Text)
		} else {
			term.screen.SendKey(vt.KeyPressEvent(key))
		}
		term.idle()
	}
}

// Type types characters, one after the other.
func (term *Terminal) Type(text string) {
	for _, r := range text {
		term.screen.SendText(string(r))
		term.idle()
	}
}

// Paste pastes a text, as a terminal does.
func (term *Terminal) Paste(text string) {
	term.screen.Paste(text)
	term.idle()
}

// Input hands bytes to the program as they are, whether or not a terminal would send them.
func (term *Terminal) Input(bytes string) {
	_, _ = term.input.Write([]byte(bytes)) // never fails
	term.idle()
}

// Click presses and releases the left button at a cell, both counted from 0. The button is released after the program has
// handled that it was pressed: the goroutine that reads would wait for ever to hand it to a program that has just ended.
func (term *Terminal) Click(x, y int) {
	mouse := vt.MouseClick{X: x, Y: y, Button: vt.MouseLeft}
	term.screen.SendMouse(mouse)
	term.idle()
	term.screen.SendMouse(vt.MouseRelease(mouse))
	term.idle()
}

// ClickOn clicks the first cell of the first place where the screen shows text.
func (term *Terminal) ClickOn(text string) {
	term.T.Helper()
	for y, line := range term.Lines() {
		if before, _, found := strings.Cut(line, text); found {
			term.Click(ansi.StringWidth(before), y)
			return
		}
	}
	term.T.Fatalf("nothing to click: %q is not on the screen:\n%s", text, term.Screen())
}

// WheelDown turns the wheel towards the user by a notch.
func (term *Terminal) WheelDown(x, y int) { term.wheel(x, y, vt.MouseWheelDown) }

// WheelUp turns the wheel away from the user by a notch.
func (term *Terminal) WheelUp(x, y int) { term.wheel(x, y, vt.MouseWheelUp) }

func (term *Terminal) wheel(x, y int, button vt.MouseButton) {
	term.screen.SendMouse(vt.MouseWheel{X: x, Y: y, Button: button})
	term.idle()
}

// Resize gives the terminal another size. What is told of a terminal without a cell, as of one that knows no size, leaves
// the emulated one as it is.
func (term *Terminal) Resize(width, height int) {
	if width > 0 && height > 0 {
		term.screen.Resize(width, height)
	}
	term.program.Send(tea.WindowSizeMsg{Width: width, Height: height})
	term.idle()
}

// Send hands a message to the program, for events that come from outside the terminal.
func (term *Terminal) Send(msg tea.Msg) {
	term.program.Send(msg)
	term.idle()
}

// Screen is the text on the screen, its lines without the spaces at their ends.
func (term *Terminal) Screen() string { return strings.Join(term.Lines(), "\n") }

// Lines are the lines of the screen, without the spaces at their ends.
func (term *Terminal) Lines() []string {
	lines := strings.Split(ansi.Strip(term.Styled()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \r")
	}
	return lines
}

// Styled is the screen with its colours as escape sequences.
func (term *Terminal) Styled() string { return term.screen.Render() }

// Output is every byte that the program wrote.
func (term *Terminal) Output() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.written.String()
}

// Recent is what the program wrote since the last call.
func (term *Terminal) Recent() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	recent := string(term.written.Bytes()[term.read:])
	term.read = term.written.Len()
	return recent
}

// Ended reports whether the program has ended.
func (term *Terminal) Ended() bool {
	select {
	case <-term.ended:
		return true
	default:
		return false
	}
}

// Result is what tea.Program.Run returned. The test fails when the program still runs.
func (term *Terminal) Result() (tea.Model, error) {
	term.T.Helper()
	if !term.Ended() {
		term.T.Fatalf("the program still runs:\n%s", term.Screen())
	}
	return term.final, term.err
}
