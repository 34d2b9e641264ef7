package analogies

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab while nobody types.
const (
	ask      keymap.Action = "ask"
	fromDeck keymap.Action = "from the slides"
	nextMap  keymap.Action = "next map"
	lastMap  keymap.Action = "map before"
	pages    keymap.Action = "words or digits"
	pause    keymap.Action = "pause"
	restart  keymap.Action = "restart"
	reseed   keymap.Action = "other seed"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	if m.typing {
		return typingKeys()
	}
	other, examples := "digits", "slides"
	if m.atDigits {
		other, examples = "words", "examples"
	}
	table := keymap.Table{
		{Action: ask, Strokes: []string{"enter", "/"}, Label: "enter", Help: "type", Main: true},
		{Action: fromDeck, Strokes: []string{"d"}, Label: "d", Help: examples, Main: true},
		{Action: pages, Strokes: []string{"z"}, Label: "z", Help: other, Main: true},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart", Main: true},
	}
	if m.atDigits {
		return table
	}
	return append(table, keymap.Table{
		{Action: nextMap, Strokes: []string{"tab"}, Label: "tab", Help: "map", Main: true},
		{Action: pause, Strokes: []string{"space"}, Label: "space", Help: "pause", Main: true},
		{Action: lastMap, Strokes: []string{"shift+tab"}, Label: "shift+tab", Help: "map before"},
		{Action: reseed, Strokes: []string{"s"}, Label: "s", Help: "restart with another seed"},
	}...)
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	switch action {
	case ask:
		m.openInput()
	case fromDeck:
		return m.nextExample()
	case nextMap, lastMap:
		m.turnView(action)
	case pages:
		m.atDigits = !m.atDigits
		if m.atDigits {
			return m.digits.open(m.work.Digits)
		}
	case pause:
		m.togglePause()
	case reseed:
		m.settings.Seed++
		m.notice.Say("seed %d: another corpus, other vectors", m.settings.Seed)
		return m.restart()
	case restart:
		if m.atDigits {
			return m.digits.restart(m.work.Digits)
		}
		return m.restart()
	}
	return nil
}

func (m *Model) togglePause() {
	switch {
	case m.now.ended:
		m.notice.Refuse("the words are learned; r learns them anew")
	case m.paused:
		m.paused = false
		m.gate.Open()
	default:
		m.paused = true
		m.gate.Shut()
	}
}

// page is the index of the open page into what both have.
func (m *Model) page() int {
	if m.atDigits {
		return 1
	}
	return 0
}

func (m *Model) entry() *entry { return &m.input[m.page()] }

func (m *Model) openInput() {
	m.typing, m.notice = true, board.Notice{}
	m.entry().begin()
}

func (m *Model) handleTyping(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = board.Notice{}
	switch action := typingKeys().Decode(msg); action {
	case submit:
		return m.submit()
	case leaveLine:
		m.typing = false
	case complete:
		m.entry().complete(m.known())
	default:
		m.entry().edit(action, msg)
	}
	return nil
}

// known are the words that can be typed.
func (m *Model) known() []string {
	switch v := m.vectors(); {
	case m.atDigits && m.digits.solver != nil:
		return m.digits.solver.Names()
	case !m.atDigits && v != nil:
		known := v.Words()
		slices.Sort(known)
		return known
	}
	return nil
}

// submit asks what is typed; a text that cannot be asked stays in the line.
func (m *Model) submit() tea.Cmd {
	text := m.entry().String()
	if text == "" {
		m.typing = false
		return nil
	}
	if m.atDigits {
		e, err := words.ParseExpression(text)
		if err != nil {
			m.notice.Refuse("%v", err)
			return nil
		}
		return m.solve(e, text)
	}
	claim, err := lab.ParseClaim(text)
	if err == nil {
		err = m.ask(claim)
	}
	if err != nil {
		m.notice.Refuse("%v", err)
		return nil
	}
	m.entry().keep(text)
	m.typing = false
	return nil
}

// solve asks for a sum of digits; its line stays open when a name is unknown.
func (m *Model) solve(e words.Expression, text string) tea.Cmd {
	for _, term := range e {
		if err := m.digits.knows(term.Word); err != nil {
			m.notice.Refuse("%v", err)
			return nil
		}
	}
	if text != "" {
		m.entry().keep(text)
	}
	m.typing = false
	return m.digits.ask(e)
}

// nextExample asks the next sum of the slides, or of the examples with digits.
func (m *Model) nextExample() tea.Cmd {
	at := &m.deck[m.page()]
	if m.atDigits {
		texts := exampleSums()
		e, err := words.ParseExpression(texts[*at%len(texts)])
		if err != nil {
			m.notice.Refuse("%v", err)
			return nil
		}
		*at++
		return m.solve(e, "")
	}
	claims := lab.DeckClaims()
	claim := claims[*at%len(claims)]
	*at++
	if err := m.ask(claim); err != nil {
		m.notice.Refuse("%v", err)
		return nil
	}
	switch claim.Word {
	case "Belmar":
		m.notice.Say("the slide says Iraq − Violence ≈ Jordan; the countries here are invented")
	case "ethics":
		m.notice.Say("the slide says Human − Animal ≈ Ethics; here both stand in the plural")
	case "premier":
		m.notice.Say("the slide says President − Power ≈ Prime Minister; a word has no blanks here")
	}
	return nil
}
