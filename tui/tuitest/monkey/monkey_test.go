package monkey

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// simple is a program that fills its terminal and has one fault that comes with the key x.
type simple struct {
	width, height int
	broken        bool
	fault         string
}

func (m simple) Init() tea.Cmd { return nil }

func (m simple) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "ctrl+c":
			return m, tea.Quit
		case "x":
			m.broken = m.fault != ""
		}
	}
	if m.broken && m.fault == "ends" {
		return m, tea.Quit
	}
	return m, nil
}

func (m simple) View() tea.View {
	width, height, text := m.width, m.height, "text"
	if m.broken {
		switch m.fault {
		case "wide":
			width++
		case "tall":
			height++
		case "blink":
			text = "\x1b[5mtext\x1b[m"
		case "control":
			text = "te\x1b[2Jxt"
		case "direction":
			text = "te\u202ext"
		case "empty":
			height, width = 0, 0
		}
	}
	lines := make([]string, height)
	for i := range lines {
		lines[i] = strings.Repeat("─", width)
		if width > 4 {
			lines[i] = strings.Repeat("─", width-4) + text
		}
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	if m.broken && m.fault == "title" {
		v.WindowTitle = "a\x1bc"
	}
	return v
}

// Err implements what the oracle asks a program that has ended.
func (m simple) Err() error {
	if m.broken && m.fault == "ends" {
		return errors.New("a fault of its own")
	}
	return nil
}

// foundIn is what the monkey finds in a program with a fault, within 300 steps.
func foundIn(t *testing.T, mistake string, check func() error) *fault {
	t.Helper()
	all := steps(1, 300, 0)
	watch := newWatch(1, all)
	defer watch.end()
	return live(t, all, func(*testing.T) App {
		return App{Open: func() tea.Model { return simple{width: 80, height: 24, fault: mistake} }, Check: check}
	}, watch)
}

func TestTheMonkeyFindsFaults(t *testing.T) {
	if found := foundIn(t, "", nil); found != nil {
		t.Errorf("in a program without a fault it found after step %d: %v", found.step, found.err)
	}
	for fault, want := range map[string]string{
		"wide": " cells on ", "tall": " lines on ", "blink": `"\x1b[5m"`, "control": `"\x1b[2J"`,
		"direction": `"\u202e"`, "empty": "nothing is drawn on", "title": "the program wrote", "ends": "a fault of its own",
	} {
		t.Run(fault, func(t *testing.T) {
			found := foundIn(t, fault, nil)
			if found == nil {
				t.Fatal("it found nothing")
			}
			if !strings.Contains(found.err.Error(), want) {
				t.Errorf("it found %v, want %s", found.err, want)
			}
		})
	}
	lost := errors.New("a page is lost")
	if found := foundIn(t, "", func() error { return lost }); found == nil || !errors.Is(found.err, lost) {
		t.Errorf("it found %+v, want what the check says", found)
	}
}

func TestFewestLeavesOutWhatDoesNotMatter(t *testing.T) {
	all := steps(3, 200, 0)
	all[50], all[120] = Step{Input: "first"}, Step{Input: "second"}
	fewer := fewest(all[:121], func(tried []Step) bool {
		first := false
		for _, s := range tried {
			first = first || s.Input == "first"
			if s.Input == "second" {
				return first
			}
		}
		return false
	})
	if len(fewer) != 2 || fewer[0].Input != "first" || fewer[1].Input != "second" {
		t.Errorf("the fewest are %v", fewer)
	}
}
