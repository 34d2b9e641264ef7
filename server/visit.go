package server

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/server/classroom"
)

// visit asks on a first visit for a display name, and for the code of the class where one is needed.
type visit struct {
	key     string                  // fingerprint
	invited func(code string) error // looks at the code of the class; nil where none is needed
	fields  []textinput.Model       // the name, then the code
	at      int
	problem string
}

// visited is how a first visit ended.
type visited struct {
	name string
	left bool
	why  string // the learner has to leave, in words; "" for one who wants to
}

func newVisit(key, name string, invited func(code string) error) *visit {
	v := &visit{key: key, invited: invited}
	v.fields = []textinput.Model{classroom.NewField("  name  ", 2*maxName)}
	v.fields[0].SetWidth(2 * maxName)
	v.fields[0].SetValue(name)
	v.fields[0].Focus()
	if invited != nil {
		code := classroom.NewField("  code  ", maxCode)
		code.SetWidth(maxCode)
		v.fields = append(v.fields, code)
	}
	return v
}

// update returns a visited once the learner has answered or left.
func (v *visit) update(msg tea.Msg) (*visited, tea.Cmd) {
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey {
		switch key.String() {
		case "ctrl+c", "esc":
			return &visited{left: true}, nil
		case "enter", "tab", "down", "up", "shift+tab":
			return v.moved(key.String())
		}
	}
	var cmd tea.Cmd
	v.fields[v.at], cmd = v.fields[v.at].Update(msg)
	return nil, cmd
}

func (v *visit) moved(key string) (*visited, tea.Cmd) {
	v.fields[v.at].Blur()
	last := v.at == len(v.fields)-1
	switch {
	case key == "up" || key == "shift+tab":
		v.at = max(v.at-1, 0)
	case key != "enter" || !last:
		v.at = min(v.at+1, len(v.fields)-1)
	default:
		if done := v.finished(); done != nil {
			return done, nil
		}
	}
	return nil, v.fields[v.at].Focus()
}

// finished checks the answers and says what is wrong with them.
func (v *visit) finished() *visited {
	name := cleanName(v.fields[0].Value())
	if name == "" {
		v.problem, v.at = "Type the name by which your teacher knows you.", 0
		return nil
	}
	if v.invited != nil {
		switch err := v.invited(v.fields[1].Value()); {
		case errors.Is(err, errManyCodes):
			return &visited{left: true, why: err.Error()}
		case err != nil:
			v.problem = err.Error()
			return nil
		}
	}
	return &visited{name: name}
}

func (v *visit) view(width int) tea.View {
	lines := []string{"", "  aetutor", "", "  A workshop on autoencoders. Your key is new here; it will know you from now on.", ""}
	for _, f := range v.fields {
		lines = append(lines, f.View())
	}
	lines = append(lines, "")
	if v.problem != "" {
		lines = append(lines, "  "+v.problem, "")
	}
	lines = append(lines, "  Others in the class see this name, and your teacher what you read and solved.", "",
		"  enter go on   tab next field   esc leave")
	if width > 0 {
		for i, line := range lines {
			lines[i] = ansi.Truncate(line, width, "")
		}
	}
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen, view.WindowTitle = true, "aetutor"
	return view
}
