package tui_test

import (
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestBackgroundChoosesTheColours(t *testing.T) {
	for name, c := range map[string]struct {
		settings tuitest.Settings
		want     look
	}{
		"dark":  {tuitest.Settings{}, looks()[0]},
		"light": {tuitest.Settings{Light: true}, looks()[1]},
		"mute":  {tuitest.Settings{Light: true, Mute: true}, look{profile: colorprofile.TrueColor, mute: true}},
		"mute, but its environment tells": {
			tuitest.Settings{Light: true, Mute: true, Env: []string{"COLORFGBG=0;15"}}, looks()[1],
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.settings.Width, c.settings.Height = 80, 24
				o := sampleOptions(nil)
				o.Start = "autoencoder"
				term := tuitest.Start(t, tui.New(o), c.settings)
				frame := drawn(o, c.want, sizes()[0])
				if want := strings.TrimRight(plain(frame), "\n"); term.Screen() != want {
					t.Errorf("the terminal shows\n%s\nwant\n%s", term.Screen(), want)
				}
				if got, want := foregrounds(term.Styled()), foregrounds(frame); got != want {
					t.Errorf("the terminal shows the colours %s, want %s", got, want)
				}
			})
		})
	}
}

// foregrounds lists the true colours of a text.
func foregrounds(styled string) string {
	found := regexp.MustCompile(`38;2;\d+;\d+;\d+`).FindAllString(styled, -1)
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

func TestNoColorVariable(t *testing.T) {
	// The convention counts any value, also one that is no boolean.
	for _, value := range []string{"1", "yes"} {
		synctest.Test(t, func(t *testing.T) {
			term := tuitest.Start(t, tui.New(sampleOptions(nil)), tuitest.Settings{Width: 80, Height: 24, Env: []string{"NO_COLOR=" + value}})
			if strings.Contains(term.Styled(), "38;2;") {
				t.Errorf("NO_COLOR=%s shows colours: %q", value, term.Styled())
			}
			term.Expect("▸ Features")
		})
	}
}

func TestWithoutATerminalsColours(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.NoTTY, colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256} {
		synctest.Test(t, func(t *testing.T) {
			o := sampleOptions(nil)
			o.Start = "autoencoder"
			term := tuitest.Start(t, tui.New(o), tuitest.Settings{Width: 80, Height: 24, Profile: profile, Env: []string{"TERM=dumb"}})
			l := look{profile: profile}
			if want := strings.TrimRight(plain(drawn(o, l, sizes()[0])), "\n"); term.Screen() != want {
				t.Errorf("with %v the terminal shows\n%s\nwant\n%s", profile, term.Screen(), want)
			}
			term.Press("right", "a")
			term.Expect("✗ a  the first", "Not right.")
			if strings.Contains(term.Output(), "38;2;") {
				t.Errorf("with %v the program writes true colours", profile)
			}
		})
	}
}

func TestWindowTitle(t *testing.T) {
	v := tui.New(sampleOptions(nil)).View()
	if v.WindowTitle != "aetutor: Representations" || !v.AltScreen || v.MouseMode != tea.MouseModeCellMotion {
		t.Errorf("the view is %q, alternate screen %v, mouse %v", v.WindowTitle, v.AltScreen, v.MouseMode)
	}
}

// firstFrame makes the app and draws its first frame.
func firstFrame() string {
	o := sampleOptions(nil)
	o.Start = "autoencoder/in-code"
	m, _ := tui.New(o).Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m.View().Content
}

// BenchmarkFirstFrame is what the app adds to the time before a learner sees its first page.
func BenchmarkFirstFrame(b *testing.B) {
	if !strings.Contains(ansi.Strip(firstFrame()), "The encoder in Go") {
		b.Fatal("the first frame does not show the page")
	}
	for b.Loop() {
		firstFrame()
	}
}

// BenchmarkKey is a key that scrolls a page, up to the frame that shows it.
func BenchmarkKey(b *testing.B) {
	o := sampleOptions(nil)
	o.Start = "autoencoder/in-code"
	m, _ := tui.New(o).Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	m, _ = m.Update(tea.BackgroundColorMsg{Color: color.Black})
	keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyUp}}
	for i := 0; b.Loop(); i++ {
		m, _ = m.Update(keys[i%2])
		_ = m.View()
	}
}
