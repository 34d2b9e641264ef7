package tui_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/find"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestGoldenFinding(t *testing.T) {
	for name, strokes := range map[string][]string{
		"search":          {"/", "n", "u", "m", "down"},
		"search-empty":    {"/"},
		"search-nothing":  {"/", "z", "?"},
		"glossary":        {"2", "g", "down"},
		"glossary-typed":  {"2", "g", "f", "e"},
		"search-returned": {"/", "s", "q", "u", "enter"},
	} {
		for _, look := range looks() {
			if look.light {
				continue
			}
			for _, size := range sizes()[:2] {
				name := fmt.Sprintf("%s-%dx%d-%s", name, size[0], size[1], look.name)
				t.Run(name, func(t *testing.T) {
					frame := drawn(sampleOptions(nil), look, size, strokes...)
					expectFits(t, frame, size)
					tuitest.Golden(t, *update, name, plain(frame))
				})
			}
		}
	}
}

func TestSearchOpensThePageAtTheMatch(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.Press("/")
		term.Expect("search", "Type words that you look for")
		term.ExpectNot("Features of")
		term.Type("LAST line")
		term.Expect("1 place, enter opens it", "▸ Autoencoder › The same in code", "The last line.")
		term.Press("enter")
		term.Expect("3/3 The same in code", "The last line.", "↑", "esc go back")
		term.Press("esc")
		term.Expect("1/1 Features")
		term.ExpectNot("esc go back")
		term.Press("esc")
		term.Expect("1/1 Features")
	})
}

func TestSearchMarksWithoutColours(t *testing.T) {
	frame := drawn(sampleOptions(nil), looks()[2], sizes()[0], "/", "n", "u", "m", "b")
	if !strings.Contains(frame, "\x1b[4m\x1b[1mnumber") {
		t.Errorf("the match is not underlined:\n%q", frame)
	}
}

func TestSearchGoesBackAndForth(t *testing.T) {
	play(t, startAt("autoencoder/in-code"), func(term *tuitest.Terminal) {
		// The page counts as read from here on, so that its mark does not change below.
		term.Press("end", "home", "down", "down")
		before := term.Screen()
		term.Press("/")
		term.Type("zzz")
		term.Expect("No page has all of these words")
		term.Press("enter", "down", "pgdown")
		term.Expect("No page has all of these words")
		term.Press("esc")
		if term.Screen() != before {
			term.T.Errorf("esc led to\n%s\nnot back to\n%s", term.Screen(), before)
		}
		// A place on the same page leads back too.
		term.Press("/")
		term.Type("last line")
		term.Press("enter")
		term.Expect("The last line.")
		term.Press("esc")
		if term.Screen() != before {
			term.T.Errorf("esc after a jump led to\n%s\nnot back to\n%s", term.Screen(), before)
		}
		// Who turns the page goes on from there.
		term.Press("/")
		term.Type("feature")
		term.Press("enter", "right", "esc")
		term.Expect("1/3 A bottleneck")
	})
}

func TestSearchTakesEveryCharacter(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.Press("/")
		term.Type("q?/g 日本e\u0301")
		term.Expect("search  q?/g 日本e\u0301", "ctrl+c quit")
		term.Press("backspace", "backspace")
		term.Expect("search  q?/g 日▏")
		term.Press("ctrl+u")
		term.Expect("Type words that you look for")
		term.Send(tea.PasteMsg{Content: "last\n\x1bline"})
		term.Expect("search  last line▏", "▸ Autoencoder › The same in code")
		term.Type(strings.Repeat("長い", 60))
		term.Expect("…", "い▏")
		term.Press("ctrl+c")
		term.ExpectClean()
	})
}

func TestSearchByMouse(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal) {
		term.ClickOn("/ search")
		term.Type("feat")
		term.Expect("▸ Representations › Features", "  glossary › feature  Representations › Features")
		term.WheelDown(10, 10)
		term.Expect("▸ glossary › feature")
		term.WheelUp(10, 10)
		term.Expect("▸ Representations › Features")
		term.Press("ctrl+u")
		term.Type("num")
		term.Click(10, 3)
		term.Expect("search  num")
		term.ClickOn("Autoencoder › A bottleneck")
		term.Expect("1/3 A bottleneck forces a choice", "784 pixels go in")
		term.ClickOn("esc go back")
		term.Expect("1/1 Features")
	})
}

func TestGlossaryShowsTheTermsOfThePageFirst(t *testing.T) {
	play(t, startAt("autoencoder"), func(term *tuitest.Terminal) {
		term.Press("g")
		term.Expect("3 terms, 2 of them on this page (•)", "▸ • decoder", "  • layer", "    feature")
		if screen := term.Screen(); strings.Index(screen, "layer") > strings.Index(screen, "feature") {
			term.T.Errorf("a term of the page does not stand before the others:\n%s", screen)
		}
		term.Press("down")
		term.Expect("▸ • layer  also hidden layer", "h = x · W + b", "enter opens  Autoencoder › A bottleneck")
		term.Type("feat")
		term.Expect("1 of 3 terms", "▸   feature", "enter opens  Representations › Features")
		term.Press("enter")
		term.Expect("1/1 Features", "esc go back")
		term.Press("esc")
		term.Expect("1/3 A bottleneck")
		term.Press("g")
		term.Type("zzz")
		term.Expect("No term has all of these words")
		term.Press("enter", "esc")
		term.Expect("1/3 A bottleneck")
	})
	play(t, func(o *tui.Options) { o.Glossary = nil }, func(term *tuitest.Terminal) {
		term.Press("g", "enter")
		term.Expect("These lessons have no glossary.")
		term.Press("esc")
		term.Expect("1/1 Features")
	})
}

func TestFindingInOddPlaces(t *testing.T) {
	play(t, func(o *tui.Options) { o.Lessons, o.Glossary = nil, nil }, func(term *tuitest.Terminal) {
		term.Press("/", "g", "esc")
		term.Expect("There are no lessons in this build.")
	})
	play(t, nil, func(term *tuitest.Terminal) {
		term.Press("/")
		term.Type("last")
		term.Resize(79, 24)
		term.Expect("this terminal is 79×24")
		term.Press("enter", "x")
		term.Resize(80, 24)
		term.Expect("search  last▏")
		for _, k := range find.Keys() {
			if k.Main && !strings.Contains(term.Screen(), k.Label) && !strings.HasPrefix(k.Label, "pg") {
				term.T.Errorf("the key line does not show %s:\n%s", k.Label, term.Screen())
			}
		}
	})
	// A lab keeps its keys.
	var closed atomic.Int32
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { return newFakeLab(&closed) })
		o.Start = "2"
	}, func(term *tuitest.Terminal) {
		term.Press("enter", "/", "g")
		term.Expect("lab train")
		term.ExpectNot("Type words", "glossary")
	})
}

// TestFindingFitsEverySize draws lists of wide and combining characters at sizes that people drag their windows to.
func TestFindingFitsEverySize(t *testing.T) {
	o := sampleOptions(nil)
	long := strings.Repeat("自己符号化器 e\u0301te\u0301 👩‍👩‍👧 numbers ", 9)
	o.Lessons = append(o.Lessons, lessons.Lesson{Number: 4, Slug: "wide", Title: "符号 " + long, Pages: []lessons.Page{
		{ID: "wide/one", Title: "潜在空間 " + long, Blocks: []lessons.Block{lessons.Prose{Markdown: long + " numbers\n\n" + long}}},
	}})
	o.Glossary = append(o.Glossary, lessons.Term{Name: "自己符号化器 " + long, Page: "wide/one", Text: long, Formula: long})
	for _, size := range [][2]int{{80, 24}, {81, 25}, {93, 31}, {111, 24}, {200, 60}} {
		for _, strokes := range [][]string{
			{"/", "n", "u"}, {"/", "é", "t"}, {"/", "自"}, {"/", "👩"}, {"4", "g"}, {"4", "g", "自"}, {"g", "end", "pgdown", "pgdown"},
			{"/", "n", "u", "pgdown", "pgdown", "up"}, {"/", "自", "enter"},
		} {
			frame := drawn(o, looks()[0], size, strokes...)
			expectFits(t, frame, size)
			if !strings.Contains(plain(frame), "▸") && strokes[len(strokes)-1] != "👩" {
				t.Errorf("after %q at %v no row is chosen:\n%s", strokes, size, plain(frame))
			}
		}
	}
}

// TestReloadClosesTheSearch changes the lessons while a search shows places in the old ones.
func TestReloadClosesTheSearch(t *testing.T) {
	var changes chan struct{}
	play(t, func(o *tui.Options) {
		*o = sampleOptions(nil)
		changes = make(chan struct{})
		o.Changes = changes
		o.Reload = func() (lessons.Draft, error) { return lessons.Draft{Lessons: sampleLessons()[:1]}, nil }
	}, func(term *tuitest.Terminal) {
		term.Press("/")
		term.Type("last line")
		term.Expect("1 place")
		changes <- struct{}{}
		term.Press("enter")
		term.Expect("1/1 Features")
		term.Press("/")
		term.Type("last line")
		term.Expect("No page has all of these words")
		close(changes)
	})
}
