package classroom

import "github.com/aetutor/aetutor/tui/keymap"

// The actions of the screen.
const (
	actionQuit     keymap.Action = "quit"
	actionHelp     keymap.Action = "help"
	actionUp       keymap.Action = "up"
	actionDown     keymap.Action = "down"
	actionPageUp   keymap.Action = "page up"
	actionPageDown keymap.Action = "page down"
	actionStart    keymap.Action = "start"
	actionEnd      keymap.Action = "end"
	actionPrevious keymap.Action = "previous learner"
	actionNext     keymap.Action = "next learner"
	actionOpen     keymap.Action = "open"
	actionBack     keymap.Action = "back"
	actionMessage  keymap.Action = "message"
	actionExport   keymap.Action = "export"
	actionOrder    keymap.Action = "order"
	actionFind     keymap.Action = "find"
	actionCopy     keymap.Action = "copy"
	actionEnter    keymap.Action = "enter"
)

// moving holds the keys that move through what is listed.
func moving(what string) keymap.Table {
	return keymap.Table{
		{Action: actionUp, Strokes: []string{"up", "k"}, Label: "↑", Help: what},
		{Action: actionDown, Strokes: []string{"down", "j"}, Label: "↓", Help: what},
		{Action: actionPageUp, Strokes: []string{"pgup"}, Label: "pgup", Help: "a screen up or down"},
		{Action: actionPageDown, Strokes: []string{"pgdown"}, Label: "pgdn", Help: "a screen up or down"},
		{Action: actionStart, Strokes: []string{"home"}, Label: "home", Help: "first or last"},
		{Action: actionEnd, Strokes: []string{"end"}, Label: "end", Help: "first or last"},
	}
}

// inList holds the keys of the list. filtered says that it does not show everybody.
func inList(filtered bool) keymap.Table {
	own := keymap.Table{
		{Action: actionOpen, Strokes: []string{"enter"}, Label: "enter", Help: "one learner", Main: true},
		{Action: actionMessage, Strokes: []string{"m"}, Label: "m", Help: "message", Main: true},
		{Action: actionOrder, Strokes: []string{"s"}, Label: "s", Help: "order", Main: true},
		{Action: actionFind, Strokes: []string{"/"}, Label: "/", Help: "find", Main: true},
		{Action: actionExport, Strokes: []string{"e"}, Label: "e", Help: "export", Main: true},
	}
	if filtered {
		all := keymap.Key{Action: actionBack, Strokes: []string{"esc"}, Label: "esc", Help: "everybody", Main: true}
		own = append(keymap.Table{all}, own...)
	}
	return append(moving("choose a learner"), own...)
}

// inLearner holds the keys of the view of one learner.
func inLearner() keymap.Table {
	return append(keymap.Table{
		{Action: actionBack, Strokes: []string{"esc", "enter"}, Label: "esc", Help: "the class", Main: true},
		{Action: actionMessage, Strokes: []string{"m"}, Label: "m", Help: "message", Main: true},
		{Action: actionPrevious, Strokes: []string{"left", "h"}, Label: "←", Help: "other learners", Main: true},
		{Action: actionNext, Strokes: []string{"right", "l"}, Label: "→", Help: "other learners", Main: true},
		{Action: actionExport, Strokes: []string{"e"}, Label: "e", Help: "export"},
	}, moving("move through the lessons")...)
}

// inHelp holds the key that closes the help.
func inHelp() keymap.Table {
	return keymap.Table{{Action: actionBack, Strokes: []string{"esc", "enter"}, Label: "esc", Help: "close", Main: true}}
}

// inExport holds the keys of the export.
func inExport() keymap.Table {
	copied := keymap.Key{Action: actionCopy, Strokes: []string{"c"}, Label: "c", Help: "copy the CSV", Main: true}
	return append(keymap.Table{copied}, inHelp()...)
}

// whileTyping holds the keys that no text can take. done says what enter does.
func whileTyping(done string) keymap.Table {
	return append(keymap.Table{
		{Action: actionEnter, Strokes: []string{"enter"}, Label: "enter", Help: done, Main: true},
		{Action: actionBack, Strokes: []string{"esc"}, Label: "esc", Help: "cancel", Main: true},
	}, keymap.WhileTyping(actionQuit)...)
}

// keys are the tables of the part that has the focus: its own, and those that are always in view.
func (m Model) keys() (own, fixed keymap.Table) {
	switch {
	case m.entry != nil && m.entry.find:
		return nil, whileTyping("keep")
	case m.entry != nil:
		return nil, whileTyping("send")
	case m.panel == helpPanel:
		own = inHelp()
	case m.panel == exportPanel:
		own = inExport()
	case m.open:
		own = inLearner()
	default:
		own = inList(m.filter != "")
	}
	return own, keymap.Everywhere(actionHelp, actionQuit)
}
