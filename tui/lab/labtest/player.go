package labtest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
)

// Player runs a screen without a program: it works each command in a goroutine of its own and hands its message back, as
// Bubble Tea does. It must be used within synctest.Test.
type Player struct {
	*testing.T
	Screen        screen.Screen
	Width, Height int // in which Text and Expect see the screen, 80×22 unless a test sets others
	msgs          chan tea.Msg
}

// Play opens a screen in a bubble, plays the script and closes it. The test fails when a goroutine is left.
func Play(t *testing.T, open func() screen.Screen, script func(p *Player)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &Player{T: t, Screen: open(), Width: 80, Height: 22, msgs: make(chan tea.Msg, 100)}
		t.Cleanup(func() {
			p.Screen.Close()
			synctest.Wait()
		})
		p.work(p.Screen.Init())
		script(p)
	})
}

// work works a command and all that follow from it until every one waits.
func (p *Player) work(cmd tea.Cmd) {
	run := func(cmd tea.Cmd) {
		if cmd != nil {
			go func() { p.msgs <- cmd() }()
		}
	}
	run(cmd)
	for {
		synctest.Wait()
		time.Sleep(100 * time.Millisecond) // time of the bubble: it lets a batch of events come through
		synctest.Wait()
		select {
		case msg := <-p.msgs:
			switch msg := msg.(type) {
			case nil:
			case tea.BatchMsg:
				for _, cmd := range msg {
					run(cmd)
				}
			default:
				_, next := p.Screen.Update(msg)
				run(next)
			}
		default:
			return
		}
	}
}

// Press presses keys.
func (p *Player) Press(keys ...string) {
	for _, key := range keys {
		p.Send(keymap.Press(key))
	}
}

// Send hands a message to the screen.
func (p *Player) Send(msg tea.Msg) {
	_, cmd := p.Screen.Update(msg)
	p.work(cmd)
}

// Settle lets the screen take what its work has told meanwhile.
func (p *Player) Settle() { p.work(nil) }

// Text is the screen without colours, with single blanks.
func (p *Player) Text() string { return strings.Join(strings.Fields(p.view()), " ") }

// view is the screen without colours.
func (p *Player) view() string {
	return ansi.Strip(p.Screen.View(p.Width, p.Height, Themes()["no-colour"]))
}

// Expect checks that the screen says some texts.
func (p *Player) Expect(texts ...string) {
	p.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) {
			p.Errorf("the screen does not say %q:\n%s", text, p.view())
		}
	}
}

// ExpectNot checks that the screen does not say some texts.
func (p *Player) ExpectNot(texts ...string) {
	p.Helper()
	for _, text := range texts {
		if strings.Contains(p.Text(), text) {
			p.Errorf("the screen says %q:\n%s", text, p.view())
		}
	}
}
