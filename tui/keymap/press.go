package keymap

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Press makes the key press that a keystroke names, so a click on a key line does what the key does. It is the inverse
// of tea.KeyPressMsg.String for the strokes that tables hold: "a", "K", "space", "ctrl+c", "pgup".
func Press(stroke string) tea.KeyPressMsg {
	name, ctrl := strings.CutPrefix(stroke, "ctrl+")
	name, shift := strings.CutPrefix(name, "shift+")
	var key tea.KeyPressMsg
	if r, size := utf8.DecodeRuneInString(name); size == len(name) {
		key.Code = r
		if !ctrl {
			key.Text = name
		}
	} else {
		key.Code = named(name)
		if key.Code == tea.KeySpace && !ctrl {
			key.Text = " "
		}
	}
	if ctrl {
		key.Mod |= tea.ModCtrl
	}
	if shift {
		key.Mod |= tea.ModShift
	}
	return key
}

// named returns the code of a key that has a name in place of a character, or 0.
func named(name string) rune {
	for _, code := range []rune{
		tea.KeyEnter, tea.KeyTab, tea.KeyBackspace, tea.KeyEscape, tea.KeySpace, tea.KeyUp, tea.KeyDown, tea.KeyLeft,
		tea.KeyRight, tea.KeyInsert, tea.KeyDelete, tea.KeyPgUp, tea.KeyPgDown, tea.KeyHome, tea.KeyEnd,
	} {
		if (tea.KeyPressMsg{Code: code}).String() == name {
			return code
		}
	}
	return 0
}
