// Package lab is the door between the root of the terminal app and its labs.
package lab

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

// Screen is a lab on the screen. The root owns the title line, the key line and the help; a Screen draws what is
// between them. Like every model it changes only in Update and does no work there: work runs in commands.
type Screen interface {
	// Init starts the lab's work.
	Init() tea.Cmd
	// Update handles a message. Keys that its Keys do not hold, and mouse messages, reach it as they are; mouse
	// coordinates are relative to the Screen's own area.
	Update(tea.Msg) (Screen, tea.Cmd)
	// View draws exactly height lines of at most width cells.
	View(width, height int, t theme.Theme) string
	// Title goes into the title line: "train  784–256–64–16–64–256–784".
	Title() string
	// Keys are the keys that the lab obeys.
	Keys() keymap.Table
	// Close stops the lab's work; it returns at once.
	Close()
	// Task is what the lab asks for and how far the learner is. Once reached it stays so while the lab is open. Its text
	// is empty where there is no task.
	Task() lab.Task
}

// Typist is a Screen into which a learner may type. While Typing is true every key but ctrl+c reaches it as it is, also
// those that the root takes otherwise: q, ? and esc are then what the learner typed or meant for the text.
type Typist interface {
	Screen
	Typing() bool
}
