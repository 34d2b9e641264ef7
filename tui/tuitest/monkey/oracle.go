package monkey

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/aetutor/aetutor/tui/tuitest"
)

// watched is a program's root that keeps what it showed.
type watched struct {
	tea.Model
	seen *seen
}

// drawTime is how long after a change the terminal may still show the frame before it.
const drawTime = 50 * time.Millisecond

// shown is a view that the renderer was given.
type shown struct {
	tea.View
	size tea.WindowSizeMsg // that the program had been told of
	till time.Time         // when another view took its place
}

// seen is what the renderer was given, as far back as the terminal may show it.
type seen struct {
	mu    sync.Mutex
	size  tea.WindowSizeMsg
	shown []shown
}

// add takes a view that the renderer is given.
func (s *seen) add(view tea.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if n := len(s.shown); n > 0 {
		if last := s.shown[n-1]; last.Content == view.Content && last.WindowTitle == view.WindowTitle && last.size == s.size {
			return
		}
		s.shown[n-1].till = now
	}
	s.shown = append(s.recent(now), shown{View: view, size: s.size})
}

// recent are the views that the terminal may still show, the present one last.
func (s *seen) recent(now time.Time) []shown {
	return slices.DeleteFunc(s.shown, func(v shown) bool { return !v.till.IsZero() && now.Sub(v.till) > drawTime })
}

// possible are the views that the terminal may show now, the present one last.
func (s *seen) possible() []shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = s.recent(time.Now())
	return slices.Clone(s.shown)
}

// Update implements tea.Model.
func (w watched) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		w.seen.mu.Lock()
		w.seen.size = size
		w.seen.mu.Unlock()
	}
	next, cmd := w.Model.Update(msg)
	w.Model = next
	return w, cmd
}

// View implements tea.Model.
func (w watched) View() tea.View {
	view := w.Model.View()
	w.seen.add(view)
	return view
}

// Close ends the work of a program that ended without asking its root.
func (w watched) Close() {
	if closer, ok := w.Model.(interface{ Close() }); ok {
		closer.Close()
	}
}

// oracle judges what a program shows and writes, not what its model says of itself.
type oracle struct {
	witness witness
	term    *tuitest.Terminal
	seen    *seen
	last    string // the frame that was judged last
}

// judge says what is wrong after a step, nil where nothing is.
func (o *oracle) judge() error {
	written := o.term.Recent()
	if fault := badOutput(written); fault != "" {
		return fmt.Errorf("the program wrote %s", fault)
	}
	if o.term.Ended() {
		return o.judgeEnd()
	}
	possible := o.seen.possible()
	if len(possible) == 0 {
		return errors.New("the program shows nothing")
	}
	now := possible[len(possible)-1]
	if strings.ContainsFunc(now.WindowTitle, isControl) {
		return fmt.Errorf("the title of the window is %q", now.WindowTitle)
	}
	if frame := fmt.Sprint(now.size, now.Content); frame != o.last {
		o.last = frame
		if err := o.witness.judgeFrame(now.Content, now.size.Width, now.size.Height); err != nil {
			return err
		}
	}
	var wrong error
	for _, view := range possible {
		if wrong = o.judgeScreen(view.Content, view.size); wrong == nil {
			return nil
		}
	}
	return wrong
}

// judgeEnd says what is wrong with a program that has ended.
func (o *oracle) judgeEnd() error {
	final, err := o.term.Result()
	if err != nil {
		return fmt.Errorf("the program ended with an error: %w", err)
	}
	if w, ok := final.(watched); ok {
		if failed, ok := w.Model.(interface{ Err() error }); ok && failed.Err() != nil {
			return fmt.Errorf("the program ended by itself: %w", failed.Err())
		}
	}
	if left := o.term.LeftBehind(); len(left) > 0 {
		return fmt.Errorf("after the end %s", strings.Join(left, "; "))
	}
	return nil
}

// judgeFrame says whether a frame fits its terminal and holds nothing that a terminal obeys but styles and links.
func (w witness) judgeFrame(content string, width, height int) error {
	if content == "" {
		if width > 0 && height > 0 {
			return fmt.Errorf("nothing is drawn on %d×%d", width, height)
		}
		return nil
	}
	if fault := badFrame(content); fault != "" {
		return fmt.Errorf("the frame holds %s", fault)
	}
	lines := strings.Split(content, "\n")
	if len(lines) > height {
		return fmt.Errorf("the frame has %d lines on %d×%d", len(lines), width, height)
	}
	for i, line := range lines {
		// Two that measure: the library that the program measures with, and a terminal.
		if got := max(ansi.StringWidth(line), w.width(line)); got > width {
			return fmt.Errorf("line %d has %d cells on %d×%d: %q", i, got, width, height, ansi.Strip(line))
		}
	}
	return nil
}

// witness measures lines on an emulated terminal, independent of the library that the program measures with.
type witness struct{ screen *vt.Emulator }

// witnessWidth is wider than any line that may be right.
const witnessWidth = 1200

func newWitness(t *testing.T) witness {
	t.Helper()
	w := witness{vt.NewEmulator(witnessWidth, 1)}
	t.Cleanup(func() { _ = w.screen.Close() }) // never fails
	return w
}

// emojiMark asks for the picture of the character before it, and terminals differ in whether that makes it wider.
const emojiMark = '\ufe0f'

// width is how many cells a line takes, with its styles: a mark behind one may not join the character before it. It is 0
// where terminals differ.
func (w witness) width(line string) int {
	if strings.ContainsRune(line, emojiMark) {
		return 0
	}
	if plain := ansi.Strip(line); settled(plain) {
		return utf8.RuneCountInString(plain)
	}
	_, _ = w.screen.WriteString("\r\x1b[2K" + line + "\x1b[m") // never fails
	return w.screen.CursorPosition().X
}

// judgeScreen says in what the terminal shows another frame than the program gave the renderer.
func (o *oracle) judgeScreen(content string, told tea.WindowSizeMsg) error {
	lines := o.term.Lines()
	if told.Width < 1 || told.Height != len(lines) {
		return nil // It is no size of this terminal.
	}
	for i, want := range strings.Split(content, "\n") {
		plain := ansi.Strip(want)
		if want := strings.TrimRight(plain, " "); i < len(lines) && lines[i] != want && settled(want) {
			return fmt.Errorf("line %d of the screen is %q, and the frame has %q", i, lines[i], want)
		}
	}
	return nil
}

// settled says whether each character of a line takes a cell on every terminal.
func settled(line string) bool {
	for _, r := range line {
		if r >= 0x300 && r < 0x2000 || r >= 0x2600 && r < 0x2800 && r != '✓' && r != '✗' || r >= 0x2900 {
			return false
		}
	}
	return true
}
