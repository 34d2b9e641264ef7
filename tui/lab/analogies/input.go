package analogies

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

// mostLetters is how long a line may get.
const mostLetters = 120

// entry is a line that a learner edits, with the lines before it.
type entry struct {
	text    []rune
	at      int      // the cursor, from 0 to len(text)
	history []string // asked before, the last one last
	back    int      // how many lines of history back the text comes from
	draft   string   // what was typed before going back
}

// The actions while typing.
const (
	submit      keymap.Action = "submit"
	leaveLine   keymap.Action = "leave line"
	complete    keymap.Action = "complete"
	earlier     keymap.Action = "earlier"
	later       keymap.Action = "later"
	cursorLeft  keymap.Action = "cursor left"
	cursorRight keymap.Action = "cursor right"
	lineStart   keymap.Action = "line start"
	lineEnd     keymap.Action = "line end"
	deleteLeft  keymap.Action = "delete left"
	deleteRight keymap.Action = "delete right"
	deleteWord  keymap.Action = "delete word"
	deleteLine  keymap.Action = "delete line"
)

// typingKeys are the keys of the line; all others are text.
func typingKeys() keymap.Table {
	return keymap.Table{
		{Action: submit, Strokes: []string{"enter"}, Label: "enter", Help: "ask", Main: true},
		{Action: complete, Strokes: []string{"tab"}, Label: "tab", Help: "complete", Main: true},
		{Action: earlier, Strokes: []string{"up", "ctrl+p"}, Label: "↑", Help: "earlier sums", Main: true},
		{Action: later, Strokes: []string{"down", "ctrl+n"}, Label: "↓", Help: "earlier sums", Main: true},
		{Action: deleteLine, Strokes: []string{"ctrl+u"}, Label: "ctrl+u", Help: "clear"},
		{Action: leaveLine, Strokes: []string{"esc"}, Label: "esc", Help: "close", Main: true},
		{Action: cursorLeft, Strokes: []string{"left", "ctrl+b"}, Label: "←", Help: "move"},
		{Action: cursorRight, Strokes: []string{"right", "ctrl+f"}, Label: "→", Help: "move"},
		{Action: lineStart, Strokes: []string{"home", "ctrl+a"}, Label: "home", Help: "start or end"},
		{Action: lineEnd, Strokes: []string{"end", "ctrl+e"}, Label: "end", Help: "start or end"},
		{Action: deleteLeft, Strokes: []string{"backspace", "ctrl+h"}, Label: "backspace", Help: "delete"},
		{Action: deleteRight, Strokes: []string{"delete", "ctrl+d"}, Label: "delete", Help: "delete"},
		{Action: deleteWord, Strokes: []string{"ctrl+w", "alt+backspace"}, Label: "ctrl+w", Help: "delete a word"},
	}
}

func (e *entry) String() string { return string(e.text) }

// set makes text the line, with the cursor behind it.
func (e *entry) set(text string) {
	e.text = []rune(text)
	e.at = len(e.text)
}

// begin makes the line an empty one behind all of the history.
func (e *entry) begin() {
	e.set("")
	e.back, e.draft = 0, ""
}

// insert puts text at the cursor, without what is no letter, sign or blank, as far as there is room.
func (e *entry) insert(text string) {
	var letters []rune
	for _, r := range text {
		if unicode.IsSpace(r) {
			r = ' '
		}
		if unicode.IsPrint(r) && ansi.StringWidth(string(r)) == 1 && len(e.text)+len(letters) < mostLetters {
			letters = append(letters, r)
		}
	}
	e.text = slices.Insert(e.text, e.at, letters...)
	e.at += len(letters)
}

// edit does what a key does to the line; others than the keys for editing do nothing.
func (e *entry) edit(action keymap.Action, msg tea.KeyPressMsg) {
	switch action {
	case "":
		e.insert(msg.Text)
	case earlier:
		e.recall(e.back + 1)
	case later:
		e.recall(e.back - 1)
	case cursorLeft:
		e.at = max(e.at-1, 0)
	case cursorRight:
		e.at = min(e.at+1, len(e.text))
	case lineStart:
		e.at = 0
	case lineEnd:
		e.at = len(e.text)
	case deleteLeft:
		e.remove(e.at-1, e.at)
	case deleteRight:
		e.remove(e.at, e.at+1)
	case deleteWord:
		e.remove(e.wordStart(), e.at)
	case deleteLine:
		e.set("")
	}
}

func (e *entry) remove(from, to int) {
	from, to = max(from, 0), min(to, len(e.text))
	if from < to {
		e.text = slices.Delete(e.text, from, to)
		e.at = from
	}
}

// wordStart is where the word left of the cursor begins, blanks behind it counted in.
func (e *entry) wordStart() int {
	i := e.at
	for i > 0 && e.text[i-1] == ' ' {
		i--
	}
	for i > 0 && e.text[i-1] != ' ' {
		i--
	}
	return i
}

// recall shows a line of the history, counted from its end; 0 is what was typed before.
func (e *entry) recall(back int) {
	if back < 0 || back > len(e.history) {
		return
	}
	if e.back == 0 {
		e.draft = e.String()
	}
	e.back = back
	if back == 0 {
		e.set(e.draft)
	} else {
		e.set(e.history[len(e.history)-back])
	}
}

// keep puts a line that was asked into the history, once if it is asked again.
func (e *entry) keep(text string) {
	e.history = append(slices.DeleteFunc(e.history, func(h string) bool { return h == text }), text)
}

// complete finishes the word at the cursor as far as all words agree that begin like it.
func (e *entry) complete(known []string) {
	start := e.at
	for start > 0 && (unicode.IsLetter(e.text[start-1]) || unicode.IsDigit(e.text[start-1])) {
		start--
	}
	begun := strings.ToLower(string(e.text[start:e.at]))
	if begun == "" {
		return
	}
	var common []rune
	for _, word := range known {
		if !strings.HasPrefix(strings.ToLower(word), begun) {
			continue
		}
		letters := []rune(word)
		if common == nil {
			common = letters
			continue
		}
		n := 0
		for n < min(len(common), len(letters)) && common[n] == letters[n] {
			n++
		}
		common = common[:n]
	}
	if len(common) >= e.at-start {
		e.text = slices.Replace(e.text, start, e.at, common...)
		e.at = start + len(common)
	}
}

// draw shows the line in at most width cells, the cursor always in view.
func (e *entry) draw(width int, t theme.Theme) string {
	if width < 2 {
		return ""
	}
	from := max(e.at-width+1, 0)
	line := string(e.text[from:e.at])
	under, rest := " ", ""
	if e.at < len(e.text) {
		under, rest = string(e.text[e.at]), string(e.text[e.at+1:])
	}
	text := t.Style(t.Text)
	return text.Render(line) + text.Reverse(true).Render(under) + text.Render(ansi.Truncate(rest, max(width-(e.at-from)-1, 0), ""))
}
