// Package find shows the lists in which a learner finds a page by typing: the search and the glossary.
package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

// Target is what a chosen row opens: a page, scrolled to a word.
type Target struct {
	Place lessons.Place
	Spot  lessons.Spot
}

// row is one answer. draw gives its lines, at most width cells wide.
type row struct {
	target Target
	draw   func(width int, chosen bool, t theme.Theme) []string
}

// List is what was typed and the rows that fit it. It is a value: the methods that change it return the changed one.
type List struct {
	name string // before what is typed
	// answer gives the rows for what is typed and a line about them.
	answer func(query string) (rows []row, about string)

	query  string
	rows   []row
	about  string
	chosen int // in rows
	top    int // the first row in view

	lines []string
	owner []int // the row of each line, -1 for none
}

func newList(name string, answer func(query string) ([]row, string)) List {
	return List{name: name, answer: answer}.typed("")
}

// Outcome is what a key leads to.
type Outcome int

// What a key can lead to.
const (
	Stays  Outcome = iota // the list stays open
	Leaves                // back to where one was
	Opens                 // the chosen row, which there is
)

// Press handles a key.
func (l List) Press(msg tea.KeyPressMsg) (List, Outcome) {
	switch Keys().Decode(msg) {
	case actionLeave:
		return l, Leaves
	case actionOpen:
		if len(l.rows) > 0 {
			return l, Opens
		}
	case actionUp:
		return l.Move(-1), Stays
	case actionDown:
		return l.Move(1), Stays
	case actionPageUp:
		return l.Move(-l.inView()), Stays
	case actionPageDown:
		return l.Move(l.inView()), Stays
	case actionErase:
		return l.typed(withoutLast(l.query)), Stays
	case actionClear:
		return l.typed(""), Stays
	default:
		return l.Type(msg.Text), Stays
	}
	return l, Stays
}

// mostLetters is how long what is typed may get. Every letter is looked for anew, so without a bound a large paste would
// keep the learner waiting at each key that follows.
const mostLetters = 200

// Type puts text behind what was typed, without what is no character, as far as there is room.
func (l List) Type(text string) List {
	room := mostLetters - utf8.RuneCountInString(l.query)
	text = strings.Map(func(r rune) rune {
		switch {
		case room <= 0:
			return -1
		case unicode.IsSpace(r):
			r = ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			// Marks of Cf show nothing, and some would turn the direction of the whole line.
			return -1
		}
		room--
		return r
	}, text)
	if text == "" {
		return l
	}
	return l.typed(l.query + text)
}

func (l List) typed(query string) List {
	l.query, l.chosen, l.top = query, 0, 0
	l.rows, l.about = l.answer(query)
	return l
}

// withoutLast drops the last character, a letter with its marks.
func withoutLast(text string) string {
	last := 0
	for at := 0; at < len(text); {
		cluster, _ := ansi.FirstGraphemeCluster(text[at:], ansi.GraphemeWidth)
		last = at
		at += max(len(cluster), 1)
	}
	return text[:last]
}

// Move chooses another row, n further down; it stops at the ends.
func (l List) Move(n int) List {
	l.chosen = min(max(l.chosen+n, 0), max(len(l.rows)-1, 0))
	return l
}

// Chosen is what the chosen row opens.
func (l List) Chosen() (Target, bool) {
	if l.chosen >= len(l.rows) {
		return Target{}, false
	}
	return l.rows[l.chosen].target, true
}

// Choose chooses the row at a line of the view. It is not ok where there is none.
func (l List) Choose(line int) (List, bool) {
	if line < 0 || line >= len(l.owner) || l.owner[line] < 0 {
		return l, false
	}
	l.chosen = l.owner[line]
	return l, true
}

// inView is how many rows were last drawn, at least 1.
func (l List) inView() int {
	rows := map[int]bool{}
	for _, owner := range l.owner {
		if owner >= 0 {
			rows[owner] = true
		}
	}
	return max(len(rows), 1)
}
