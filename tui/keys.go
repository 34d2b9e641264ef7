package tui

import (
	"slices"

	"github.com/aetutor/aetutor/tui/find"
	"github.com/aetutor/aetutor/tui/keymap"
)

// The actions of the root.
const (
	actionQuit      keymap.Action = "quit"
	actionHelp      keymap.Action = "help"
	actionPrevious  keymap.Action = "previous page"
	actionNext      keymap.Action = "next page"
	actionReadOn    keymap.Action = "read on"
	actionLab       keymap.Action = "open lab"
	actionExercise  keymap.Action = "open exercise"
	actionSearch    keymap.Action = "search"
	actionGlossary  keymap.Action = "glossary"
	actionReturn    keymap.Action = "return"
	actionAnswer    keymap.Action = "answer"
	actionSelect    keymap.Action = "select"
	actionLesson    keymap.Action = "lesson"
	actionUp        keymap.Action = "up"
	actionDown      keymap.Action = "down"
	actionPageUp    keymap.Action = "page up"
	actionPageDown  keymap.Action = "page down"
	actionStart     keymap.Action = "start"
	actionEnd       keymap.Action = "end"
	actionLeaveLab  keymap.Action = "leave lab"
	actionLeaveHelp keymap.Action = "leave help"
)

// always holds the keys that no screen may take as things are now.
func (m model) always() keymap.Table {
	if m.typing() {
		return keymap.WhileTyping(actionQuit)
	}
	return keymap.Everywhere(actionHelp, actionQuit)
}

// inLab holds the key that leads back from a lab.
func inLab() keymap.Table {
	return keymap.Table{
		{Action: actionLeaveLab, Strokes: []string{"esc"}, Label: "esc", Help: "back", Main: true},
	}
}

// inHelp holds the keys of the help.
func inHelp() keymap.Table {
	return keymap.Table{
		{Action: actionLeaveHelp, Strokes: []string{"esc", "enter"}, Label: "esc", Help: "close", Main: true},
		{Action: actionUp, Strokes: []string{"up", "k"}, Label: "↑", Help: "scroll", Main: true},
		{Action: actionDown, Strokes: []string{"down", "j"}, Label: "↓", Help: "scroll", Main: true},
	}
}

// reading holds the keys of a page. Those for labs and questions stand in the key line where the page has some.
func (m model) reading() keymap.Table {
	hasLab, hasExercise, choices := false, false, 0
	if len(m.readers) > 0 {
		_, hasLab = m.readers[m.current].Lab()
		_, hasExercise = m.readers[m.current].Exercise()
		choices = m.readers[m.current].Choices()
	}
	letters := "a b c"
	if choices > 0 && choices != 3 {
		letters = "a-" + string(rune('a'+choices-1))
	}
	var exercise keymap.Table
	if hasExercise {
		exercise = keymap.Table{{Action: actionExercise, Strokes: []string{"e"}, Label: "e", Help: "open the exercise", Main: true}}
	}
	return slices.Concat(keymap.Table{
		{Action: actionPrevious, Strokes: []string{"left", "h", "p"}, Label: "←", Help: "turn the page", Main: true},
		{Action: actionNext, Strokes: []string{"right", "l", "n"}, Label: "→", Help: "turn the page", Main: true},
		{Action: actionLab, Strokes: []string{"enter"}, Label: "enter", Help: "open the lab", Main: hasLab},
	}, exercise, keymap.Table{
		{Action: actionAnswer, Strokes: []string{"a", "b", "c", "d"}, Label: letters, Help: "answer", Main: choices > 0},
		{Action: actionReturn, Strokes: []string{"esc"}, Label: "esc", Help: "go back", Main: m.origin != nil},
		{Action: actionSearch, Strokes: []string{"/"}, Label: "/", Help: "search", Main: true},
		{Action: actionGlossary, Strokes: []string{"g"}, Label: "g", Help: "glossary", Main: true},
		{Action: actionReadOn, Strokes: []string{"space"}, Label: "space", Help: "read on", Main: true},
		{Action: actionUp, Strokes: []string{"up", "k"}, Label: "↑", Help: "scroll by a line"},
		{Action: actionDown, Strokes: []string{"down", "j"}, Label: "↓", Help: "scroll by a line"},
		{Action: actionPageUp, Strokes: []string{"pgup", "ctrl+u"}, Label: "pgup", Help: "scroll by a screen"},
		{Action: actionPageDown, Strokes: []string{"pgdown", "ctrl+d"}, Label: "pgdn", Help: "scroll by a screen"},
		{Action: actionStart, Strokes: []string{"home"}, Label: "home", Help: "start or end of the page"},
		{Action: actionEnd, Strokes: []string{"end"}, Label: "end", Help: "start or end of the page"},
		{Action: actionSelect, Strokes: []string{"tab"}, Label: "tab", Help: "next lab, question or exercise of the page"},
		{
			Action: actionLesson, Strokes: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
			Label: "0-9", Help: "open the lesson of that number",
		},
	})
}

// focused is the keys that act now besides those that act everywhere.
func (m model) focused() keymap.Table {
	switch {
	case m.help:
		return inHelp()
	case m.finder != nil:
		return find.Keys()
	case m.lab != nil:
		return slices.Concat(m.lab.Keys(), inLab())
	}
	return m.reading()
}
