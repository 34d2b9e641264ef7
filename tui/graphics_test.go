package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/tuitest"
	"github.com/aetutor/aetutor/tui/widget"
)

// pictureLab shows one picture.
type pictureLab struct{}

func (pictureLab) Init() tea.Cmd                          { return nil }
func (l pictureLab) Update(tea.Msg) (lab.Screen, tea.Cmd) { return l, nil }
func (pictureLab) Title() string                          { return "a picture" }
func (pictureLab) Keys() keymap.Table                     { return nil }
func (pictureLab) Close()                                 {}
func (pictureLab) Task() work.Task                        { return work.Task{} }
func (pictureLab) View(_, _ int, t theme.Theme) string {
	p := widget.Picture{Height: 2, Width: 2, Pixels: []float32{1, 0, 0, 1}}
	return strings.Join(p.Render(4, 2, t), "\n")
}

func TestPicturesOnATerminalWithGraphics(t *testing.T) {
	const sent, forgotten, placeholder = "\x1b_Gf=100,", "d=I", "\U0010EEEE"
	for version, graphics := range map[string]bool{"kitty(0.28.0)": true, "kitty(0.26.5)": false, "kitty(1.0)": true,
		"ghostty 1.1.0": true, "tmux 3.3a": false} {
		t.Run(version, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := sampleOptions(nil)
				o.Start = "autoencoder/why-compress"
				o.OpenLab = func(lessons.Lab) (lab.Screen, error) { return pictureLab{}, nil }
				screen := tuitest.Start(t, tui.New(o), tuitest.Settings{Width: 80, Height: 24, Env: []string{"TERM=xterm-kitty"}})
				if !strings.Contains(screen.Output(), ansi.RequestNameVersion) {
					t.Error("the terminal is not asked for its version")
				}
				screen.Send(tea.TerminalVersionMsg{Name: version})
				screen.Press("enter")
				screen.Expect("a picture")
				if got := strings.Contains(screen.Output(), sent); got != graphics {
					t.Errorf("the picture is sent as one: %v, want %v", got, graphics)
				}
				if got := strings.Count(screen.Screen(), placeholder); got != 0 != graphics || graphics && got != 8 {
					t.Errorf("%d cells show a part of the picture", got)
				}
				// The cell in row 1 and column 2 names both, whatever the renderer does with combining marks.
				if got := strings.Contains(screen.Output(), placeholder+"\u030D\u030E"); got != graphics {
					t.Errorf("the cell of row 1 and column 2 is written: %v, want %v", got, graphics)
				}
				screen.Press("esc")
				if got := strings.Contains(screen.Output(), forgotten); got != graphics {
					t.Errorf("the terminal is told to forget it: %v, want %v", got, graphics)
				}
			})
		})
	}
}
