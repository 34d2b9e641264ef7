// Package labtest tests the screens of labs: their size in every theme, their golden screens, and their keys with a work
// that the test drives.
package labtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// Themes are the themes in which a screen is drawn.
func Themes() map[string]theme.Theme {
	return map[string]theme.Theme{
		"dark":      theme.New(theme.Dark, colorprofile.TrueColor, true),
		"light":     theme.New(theme.Light, colorprofile.TrueColor, true),
		"no-colour": theme.New(theme.Dark, colorprofile.ASCII, true),
		"ascii":     theme.New(theme.Dark, colorprofile.ASCII, false),
	}
}

// Sizes checks that each screen draws exactly as many lines as it is asked for, none of them too wide, and only ASCII
// where the terminal has no more.
func Sizes(t *testing.T, screens map[string]screen.Screen) {
	t.Helper()
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {52, 14}, {79, 19}, {80, 20}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
	for name, s := range screens {
		for themeName, th := range Themes() {
			for _, size := range sizes {
				t.Run(fmt.Sprintf("%s/%s/%dx%d", name, themeName, size[0], size[1]), func(t *testing.T) {
					frame := th.Terminal(s.View(size[0], size[1], th))
					lines := strings.Split(frame, "\n")
					if len(lines) != size[1] {
						t.Errorf("%d lines, want %d", len(lines), size[1])
					}
					for i, line := range lines {
						if got := ansi.StringWidth(line); got > size[0] {
							t.Errorf("line %d has %d cells, more than %d: %q", i, got, size[0], ansi.Strip(line))
						}
					}
					if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
						t.Error("more than ASCII on an ASCII screen")
					}
				})
			}
		}
	}
}

// Golden compares the screens with those in testdata, and writes them anew when update is set: the rich one in all themes
// and sizes, the others on the smallest screen without colours.
func Golden(t *testing.T, update bool, screens map[string]screen.Screen, rich string) {
	t.Helper()
	golden := func(name, file string, th theme.Theme, width, height int) {
		t.Run(file, func(t *testing.T) {
			got := th.Terminal(screens[name].View(width, height, th)) + "\n"
			path := filepath.Join("testdata", file+".golden")
			if update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the screen differs from %s (-update writes it anew):\n%s", path, got)
			}
		})
	}
	for _, size := range [][2]int{{80, 22}, {120, 38}, {200, 58}} {
		for name, th := range Themes() {
			golden(rich, fmt.Sprintf("%s-%s-%dx%d", rich, name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for name := range screens {
		golden(name, name, Themes()["no-colour"], 80, 22)
	}
}

// Player runs a screen without a program: it works each command in a goroutine of its own and hands its message back, as
// Bubble Tea does. It must be used within synctest.Test.
type Player struct {
	T      *testing.T
	Screen screen.Screen
	msgs   chan tea.Msg
}

// Play opens a screen in a bubble, plays the script and closes it. The test fails when a goroutine is left.
func Play(t *testing.T, open func() screen.Screen, script func(p *Player)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &Player{T: t, Screen: open(), msgs: make(chan tea.Msg, 100)}
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
			if msg == nil {
				continue
			}
			_, next := p.Screen.Update(msg)
			run(next)
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
func (p *Player) Text() string {
	return strings.Join(strings.Fields(ansi.Strip(p.Screen.View(80, 22, Themes()["no-colour"]))), " ")
}

// Expect checks that the screen says some texts.
func (p *Player) Expect(texts ...string) {
	p.T.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) {
			p.T.Errorf("the screen does not say %q:\n%s", text, ansi.Strip(p.Screen.View(80, 22, Themes()["no-colour"])))
		}
	}
}

// ExpectNot checks that the screen does not say some texts.
func (p *Player) ExpectNot(texts ...string) {
	p.T.Helper()
	for _, text := range texts {
		if strings.Contains(p.Text(), text) {
			p.T.Errorf("the screen says %q:\n%s", text, ansi.Strip(p.Screen.View(80, 22, Themes()["no-colour"])))
		}
	}
}
