package tui_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// play runs the app on the sample lessons in a terminal of 80×24 and hands it to a test.
func play(t *testing.T, change func(*tui.Options), script func(term *tuitest.Terminal)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := sampleOptions(nil)
		if change != nil {
			change(&o)
		}
		script(tuitest.Start(t, tui.New(o), tuitest.Settings{Width: 80, Height: 24}))
	})
}

func startAt(page string) func(*tui.Options) {
	return func(o *tui.Options) { o.Start = page }
}

func TestPagesTurnByKeys(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.Expect("aetutor  0 Representations › 1/1 Features", "▸ Representations", "▸ Features")
		term.Press("left")
		term.Expect("This is the first page.", "1/1 Features")
		for _, key := range []string{"right", "l", "n"} {
			term.Press(key)
		}
		term.Expect("3/3 The same in code", "  Representations")
		term.ExpectNot("This is the first page.")
		term.Press("right")
		term.Expect("This is the last page.", "3/3 The same in code")
		for _, key := range []string{"h", "p"} {
			term.Press(key)
		}
		term.Expect("1/3 A bottleneck forces a choice")
		term.Press("0")
		term.Expect("1/1 Features")
		term.Press("2")
		term.Expect("1/3 A bottleneck")
		term.Press("7")
		term.Expect("There is no lesson 7.", "1/3 A bottleneck")
	})
}

func TestPageScrolls(t *testing.T) {
	play(t, startAt("autoencoder/in-code"), func(term *tuitest.Terminal) {
		term.Expect("The encoder in Go", "↓ 39 more")
		term.ExpectNot("↑", "The last line.")
		term.Press("down")
		term.Expect("↑ 1 more", "↓ 38 more")
		term.Press("k")
		term.ExpectNot("↑")
		term.Press("pgdown")
		term.Expect("↑ 19 more", "↓ 20 more")
		term.Press("end")
		term.Expect("exercise  2.3", "enter opens", "↑ 39 more")
		term.ExpectNot("↓")
		term.Press("home")
		term.Expect("The encoder in Go")
		term.WheelDown(40, 10)
		term.Expect("↑ 3 more")
		term.WheelUp(40, 10)
		term.ExpectNot("↑")
		term.Press("tab")
		term.Expect("enter opens")
		// A page stays where it was left.
		term.Press("left", "right")
		term.Expect("enter opens")
	})
}

func TestSpaceReadsTheWholeWorkshop(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		seen := ""
		for range 9 {
			seen += term.Screen()
			term.Press("space")
		}
		for _, text := range []string{"1/1 Features", "1/3 A bottleneck", "2/3 A question", "The encoder in Go", "The last line.", "exercise  2.3"} {
			if !strings.Contains(seen, text) {
				term.T.Errorf("reading on never showed %q", text)
			}
		}
		term.Expect("This is the last page.")
	})
}

func TestMouseOpensPagesAndKeys(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.ClickOn("Autoencoder")
		term.Expect("1/3 A bottleneck forces a choice")
		term.ClickOn("The same in code")
		term.Expect("3/3 The same in code")
		term.ClickOn("← →")
		term.Expect("2/3 A question")
		term.ClickOn("→ turn")
		term.Expect("3/3 The same in code")
		term.ClickOn("? keys")
		term.Expect("Everywhere", "turn the page")
		term.ClickOn("esc close")
		term.ExpectNot("Everywhere")
		term.ClickOn("q quit")
		term.ExpectClean()
	})
}

func TestQuizTellsRightFromWrong(t *testing.T) {
	play(t, startAt("autoencoder/a-question"), func(term *tuitest.Terminal) {
		term.Expect("press a, b or c", "a b c answer")
		term.Press("a")
		term.Expect("✗ a  the first", "Not right. It has as many units")
		term.ExpectNot("press a, b or c", "Right.")
		term.Press("b")
		term.Expect("✓ b  the narrowest", "Right. What it drops")
		term.ExpectNot("✗", "Not right.")
		term.ClickOn("the last, because")
		term.Expect("✗ c  the last", "Not right. It can only draw")
		term.Press("d")
		term.Expect("✗ c  the last")
		// The answer is still there after a look at another page.
		term.Press("left", "right")
		term.Expect("✗ c  the last")
	})
}

func TestStart(t *testing.T) {
	for start, want := range map[string]string{
		"": "1/1 Features", "autoencoder": "1/3 A bottleneck", "2": "1/3 A bottleneck",
		"autoencoder/a-question": "2/3 A question", "no-such": `There is no page or lesson "no-such"`,
	} {
		play(t, startAt(start), func(term *tuitest.Terminal) { term.Expect(want) })
	}
}

func TestWithoutLessons(t *testing.T) {
	play(t, func(o *tui.Options) { o.Lessons = nil }, func(term *tuitest.Terminal) {
		term.Expect("There are no lessons in this build.")
		term.Press("right", "enter", "a", "space", "tab", "1", "?")
		term.WheelDown(40, 10)
		term.Click(40, 10)
		term.Press("q")
		term.ExpectClean()
	})
}

func TestQuits(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		for _, before := range [][]string{nil, {"?"}, {"2", "enter"}, {"2", "enter", "?"}} {
			var closed atomic.Int32
			inLab := len(before) > 1
			play(t, func(o *tui.Options) {
				*o = sampleOptions(func() lab.Screen { return newFakeLab(&closed, recorded()...) })
			}, func(term *tuitest.Terminal) {
				term.Press(before...)
				if out := term.Output(); !strings.Contains(out, "\x1b[?1049h") || !strings.Contains(out, "\x1b[?1002h") {
					term.T.Errorf("the app turned on neither the alternate screen nor the mouse: %q", out)
				}
				term.Press(key)
				term.ExpectClean()
				if _, err := term.Result(); err != nil {
					term.T.Errorf("%s after %q: %v", key, before, err)
				}
				if want := map[bool]int32{true: 1}[inLab]; closed.Load() != want {
					term.T.Errorf("%s after %q closed the lab %d times, want %d", key, before, closed.Load(), want)
				}
			})
		}
	}
}

func TestResizeBelowTheMinimum(t *testing.T) {
	var closed atomic.Int32
	fake := newFakeLab(&closed)
	play(t, func(o *tui.Options) { *o = sampleOptions(func() lab.Screen { return fake }); o.Start = "2" }, func(term *tuitest.Terminal) {
		before := term.Screen()
		term.Resize(60, 20)
		const plea = "aetutor needs 80×24; this terminal is 60×20. Make it larger to go on; q leaves."
		if got := strings.Join(strings.Fields(term.Screen()), " "); got != plea {
			term.T.Errorf("at 60×20 the screen is %q, want %q", got, plea)
		}
		term.Press("right", "enter", "?")
		term.Click(2, 5)
		term.Resize(80, 24)
		if got := term.Screen(); got != before {
			term.T.Errorf("back at 80×24 the screen is\n%s\nwant\n%s", got, before)
		}

		term.Press("enter")
		term.Resize(79, 24)
		term.Expect("this terminal is 79×24")
		// A lab that works goes on out of sight.
		fake.feed <- recorded()[0]
		term.Resize(100, 30)
		term.Expect("step 1 loss 0.231", "area 100×28 told 100×28")
		if closed.Load() != 0 {
			term.T.Error("resizing closed the lab")
		}
		term.Resize(1, 1)
		term.Press("q")
		term.ExpectClean()
	})
}

func TestHelpListsEveryKey(t *testing.T) {
	var closed atomic.Int32
	fake := newFakeLab(&closed)
	play(t, func(o *tui.Options) { *o = sampleOptions(func() lab.Screen { return fake }); o.Start = "2" }, func(term *tuitest.Terminal) {
		term.Press("?")
		for _, k := range tui.AllKeys() {
			expectKey(term, k.AllStrokes(), k.Help)
		}
		term.Press("?", "enter", "?")
		for _, k := range fake.Keys() {
			expectKey(term, k.AllStrokes(), k.Help)
		}
		expectKey(term, "esc", "back")
		expectKey(term, "q ctrl+c", "quit")
		term.Press("esc")
		term.Expect("area 80×22")
	})
}

func TestLongHelpScrolls(t *testing.T) {
	var closed atomic.Int32
	fake := newFakeLab(&closed)
	for i := range 30 {
		fake.more = append(fake.more, keymap.Key{Label: "F", Strokes: []string{"F"}, Help: fmt.Sprintf("setting %d", i)})
	}
	play(t, func(o *tui.Options) { *o = sampleOptions(func() lab.Screen { return fake }); o.Start = "2" }, func(term *tuitest.Terminal) {
		term.Press("enter", "?")
		term.Expect("In this lab", "setting 0", "↓ 22 more")
		term.ExpectNot("Everywhere", "↑ 1 more")
		term.Press("down")
		term.Expect("↑ 1 more", "↓ 21 more")
		term.WheelDown(3, 3)
		term.Expect("↑ 4 more", "↓ 18 more")
		for range 30 {
			term.Press("j")
		}
		term.Expect("Everywhere", "q ctrl+c", "↑ 22 more")
		term.Press("k", "?", "?")
		term.Expect("In this lab", "setting 0")
	})
}

func TestLongOutlineShowsTheOpenPage(t *testing.T) {
	l := lessons.Lesson{Number: 5, Slug: "long", Title: "Long"}
	for i := range 60 {
		l.Pages = append(l.Pages, lessons.Page{ID: fmt.Sprintf("long/%d", i), Title: fmt.Sprintf("Page %d.", i)})
	}
	for _, open := range []int{0, 1, 30, 58, 59} {
		play(t, func(o *tui.Options) { o.Lessons = append(o.Lessons, l); o.Start = fmt.Sprintf("long/%d", open) }, func(term *tuitest.Terminal) {
			// The neighbours stand in view on both sides.
			for near := max(open-3, 0); near <= min(open+3, 59); near++ {
				term.Expect(fmt.Sprintf(" Page %d.", near))
			}
			term.Expect(fmt.Sprintf("  ▸ Page %d.", open))
			if open == 30 {
				term.ClickOn("Page 35.")
				term.Expect("▸ Page 35.", "36/60 Page 35.")
			}
		})
	}
}

func expectKey(term *tuitest.Terminal, strokes, help string) {
	term.T.Helper()
	if !regexp.MustCompile(`(?m)` + regexp.QuoteMeta(strokes) + `\s.*` + regexp.QuoteMeta(help)).MatchString(term.Screen()) {
		term.T.Errorf("the help does not list %q as %q:\n%s", strokes, help, term.Screen())
	}
}
