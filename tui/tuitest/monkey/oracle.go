package monkey

import (
	"fmt"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/aetutor/aetutor/tui/tuitest"
)

// watched is a program's root that keeps what it last showed.
type watched struct {
	tea.Model
	seen *seen
}

// seen is what the renderer was last given, and the size that the program was last told.
type seen struct {
	mu   sync.Mutex
	view tea.View
	size tea.WindowSizeMsg
}

func (s *seen) last() (tea.View, tea.WindowSizeMsg) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view, s.size
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
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	w.seen.view = view
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
	term *tuitest.Terminal
	seen *seen
	last string // the frame that was judged last
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
	view, told := o.seen.last()
	if title := view.WindowTitle; strings.ContainsFunc(title, isControl) {
		return fmt.Errorf("the title of the window is %q", title)
	}
	frame := fmt.Sprint(told, view.Content)
	if frame == o.last {
		return o.judgeScreen(view.Content, told)
	}
	o.last = frame
	if err := judgeFrame(view.Content, told.Width, told.Height); err != nil {
		return err
	}
	return o.judgeScreen(view.Content, told)
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
func judgeFrame(content string, width, height int) error {
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
		// Terminals differ in what a cluster of marks takes: the newer ones count it as a whole, the others by its characters.
		if got := max(ansi.StringWidth(line), emulated(line)); got > width {
			return fmt.Errorf("line %d has %d cells on %d×%d: %q", i, got, width, height, ansi.Strip(line))
		}
	}
	return nil
}

// emulated is how many cells a line takes on the emulated terminal, which is a witness of its own for all that is not ASCII.
func emulated(line string) int {
	plain := ansi.Strip(line)
	if len(plain) == ansi.StringWidth(plain) {
		return len(plain)
	}
	screen := vt.NewEmulator(2*len(plain)+1, 1)
	defer func() { _ = screen.Close() }() // never fails
	_, _ = screen.WriteString(plain)      // never fails
	return screen.CursorPosition().X
}

// judgeScreen says whether the terminal shows the frame that the program wants shown, which must be drawn by now.
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

// settled says whether all terminals take a line alike.
func settled(line string) bool {
	for _, r := range line {
		if r >= 0x300 && r < 0x2000 || r >= 0x2600 && r < 0x2800 && r != '✓' && r != '✗' || r >= 0x2900 {
			return false
		}
	}
	return true
}
