// Package keymap is the one table of a screen's keys: it decodes key presses and prints the help.
package keymap

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Action is what a key asks a screen to do.
type Action string

// Key ties keystrokes to an action and says so to the learner.
type Key struct {
	Action Action
	// Strokes are the keystrokes as Bubble Tea spells them: "space", "ctrl+c", "[".
	Strokes []string
	// Label is what the key line prints for them, "← →". Help says in a few words what they do.
	Label, Help string
	// Main keys stand in the key line; all of them stand in the help.
	Main bool
}

// Table is all keys of a screen, in the order of its help.
type Table []Key

// Decode returns the action of a key press, or "" when the table does not know it.
func (t Table) Decode(msg tea.KeyPressMsg) Action {
	stroke := msg.String()
	for _, k := range t {
		if slices.Contains(k.Strokes, stroke) {
			return k.Action
		}
	}
	return ""
}
