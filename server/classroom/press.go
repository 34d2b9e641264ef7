package classroom

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
)

// maxMessage is how many characters a message may have.
const maxMessage = 300

func (m Model) press(msg tea.KeyPressMsg) (Model, tea.Cmd) {
	m.answer = ""
	own, fixed := m.keys()
	action := slices.Concat(own, fixed).Decode(msg)
	switch {
	case action == actionQuit:
		return m, tea.Quit
	case m.tooSmall():
		// The teacher does not see what a key would do.
		return m, nil
	case m.entry != nil:
		return m.pressTyping(action, msg)
	case action == actionHelp && m.panel == helpPanel:
		m.panel = noPanel
	case action == actionHelp:
		m.panel = helpPanel
	case action == actionExport:
		m.panel = exportPanel
	case action == actionMessage:
		return m.asked(false), nil
	case m.panel != noPanel:
		return m.pressPanel(action)
	case m.open:
		return m.pressLearner(action), nil
	default:
		return m.pressList(action), nil
	}
	return m, nil
}

func (m Model) pressPanel(action keymap.Action) (Model, tea.Cmd) {
	switch action {
	case actionBack:
		m.panel = noPanel
	case actionCopy:
		var text strings.Builder
		if err := m.class.WriteCSV(&text); err != nil {
			m.answer = fmt.Sprintf("The class cannot be copied: %v", err)
			return m, nil
		}
		m.answer = fmt.Sprintf("Sent %d lines to your terminal. Paste them to see whether it took them.",
			len(m.class.Members)+1)
		return m, tea.SetClipboard(text.String())
	}
	return m, nil
}

func (m Model) pressList(action keymap.Action) Model {
	switch action {
	case actionOpen:
		m.open = len(m.shown) > 0
	case actionOrder:
		m.order = (m.order + 1) % orders
		return m.arranged()
	case actionFind:
		return m.asked(true)
	case actionBack:
		m.filter = ""
		return m.arranged()
	default:
		return m.choose(moved(m.at, action, m.listHeight(), len(m.shown)))
	}
	return m
}

func (m Model) pressLearner(action keymap.Action) Model {
	switch action {
	case actionBack:
		m.open = false
	case actionPrevious:
		return m.choose(m.at - 1)
	case actionNext:
		return m.choose(m.at + 1)
	default:
		// The last screen of lessons is full.
		last := max(len(m.class.Outline)-m.lessonsHeight(), 0)
		m.lessonTop = min(moved(m.lessonTop, action, m.lessonsHeight(), last+1), last)
	}
	return m
}

// moved is where a key leads from a place among n, of which a screen shows some.
func moved(at int, action keymap.Action, screen, n int) int {
	switch action {
	case actionUp:
		at--
	case actionDown:
		at++
	case actionPageUp:
		at -= screen
	case actionPageDown:
		at += screen
	case actionStart:
		at = 0
	case actionEnd:
		at = n - 1
	}
	return min(max(at, 0), max(n-1, 0))
}

// asked opens the line for a filter, or for a message: to the learner whose view is open, else to everybody.
func (m Model) asked(find bool) Model {
	m.panel = noPanel
	e := entry{find: find, field: NewField("", maxMessage)}
	prompt := "  to everybody  "
	switch {
	case find:
		prompt = "  find  "
		e.field.SetValue(m.filter)
	case m.open:
		to := m.shown[m.at]
		e.to = &to
		prompt = "  to " + to.Name + "  "
	}
	e.field.Prompt = prompt
	e.field.Focus()
	m.entry = &e
	return m
}

func (m Model) pressTyping(action keymap.Action, msg tea.KeyPressMsg) (Model, tea.Cmd) {
	e := *m.entry
	switch action {
	case actionBack:
		m.entry = nil
		if e.find {
			m.filter = ""
			return m.arranged(), nil
		}
		return m, nil
	case actionEnter:
		m.entry = nil
		text := strings.TrimSpace(e.field.Value())
		if e.find || text == "" {
			return m, nil
		}
		return m, m.say(e.to, text)
	}
	return m.typed(msg)
}

// typed gives a key or what was pasted to the line.
func (m Model) typed(msg tea.Msg) (Model, tea.Cmd) {
	e := *m.entry
	var cmd tea.Cmd
	e.field, cmd = e.field.Update(msg)
	m.entry = &e
	if e.find {
		m.filter = strings.TrimSpace(e.field.Value())
		m = m.arranged()
	}
	return m, cmd
}

func (m Model) say(to *Member, text string) tea.Cmd {
	return func() tea.Msg {
		if to == nil {
			return saidMsg{"", m.source.Say("", text)}
		}
		return saidMsg{to.Name, m.source.Say(to.ID, text)}
	}
}

// handleMouse moves with the wheel. A click on a row chooses it, a second one opens it; on a key it does what the key
// does.
func (m Model) handleMouse(msg tea.MouseMsg) (Model, tea.Cmd) {
	if m.tooSmall() {
		return m, nil
	}
	mouse := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if m.entry == nil && m.panel == noPanel && mouse.Button == tea.MouseWheelUp {
			return m.press(keymap.Press("up"))
		} else if m.entry == nil && m.panel == noPanel && mouse.Button == tea.MouseWheelDown {
			return m.press(keymap.Press("down"))
		}
	case tea.MouseClickMsg:
		if mouse.Button == tea.MouseLeft {
			return m.click(mouse.X, mouse.Y)
		}
	}
	return m, nil
}

func (m Model) click(x, y int) (Model, tea.Cmd) {
	if y == m.height-1 {
		for _, k := range m.frame.keys {
			if x >= k.Start && x < k.End {
				return m.press(keymap.Press(k.Key.Strokes[0]))
			}
		}
		return m, nil
	}
	row := y - m.frame.firstRow
	if m.entry != nil || row < 0 || row >= len(m.frame.rows) {
		return m, nil
	}
	if m.frame.rows[row] == m.chosen {
		return m.press(keymap.Press("enter"))
	}
	m.answer = ""
	return m.choose(m.top + row), nil
}

// NewField is a line in which so many characters can be typed.
func NewField(prompt string, most int) textinput.Model {
	f := textinput.New()
	f.Prompt, f.CharLimit = prompt, most
	// It would paste the clipboard of the server.
	f.KeyMap.Paste.SetEnabled(false)
	styles := f.Styles()
	styles.Cursor.Blink = false
	f.SetStyles(styles)
	return f
}
