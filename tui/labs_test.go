package tui_test

import (
	"strings"
	"sync/atomic"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestLabOpensAndCloses(t *testing.T) {
	var closed, opened atomic.Int32
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { opened.Add(1); return newFakeLab(&closed, recorded()...) })
		o.Start = "2"
	}, func(term *tuitest.Terminal) {
		term.Press("enter")
		term.Expect("aetutor  lab train   784–16–784", "area 80×22 told 80×22", "step 1 loss 0.231", "step 2 loss 0.116",
			"space pause, and go on", "esc back", "? keys")
		term.ExpectNot("Representations")
		term.Press("space")
		term.ClickOn("pause, and go on")
		if got := strings.Count(term.Screen(), "paused"); got != 2 {
			term.T.Errorf("a key and a click on it paused %d times, want 2", got)
		}
		term.Click(7, 5)
		term.Expect("clicked 7,4")
		term.Press("esc")
		term.Expect("1/3 A bottleneck", "Representations")
		if closed.Load() != 1 {
			term.T.Errorf("leaving the lab closed it %d times, want 1", closed.Load())
		}

		term.ClickOn("watch a network")
		term.Expect("lab train", "step 2 loss 0.116")
		if opened.Load() != 2 {
			term.T.Errorf("%d labs were opened, want 2", opened.Load())
		}
		term.ClickOn("esc back")
		term.Expect("1/3 A bottleneck")
		term.Press("right", "right", "enter")
		if said := strings.Join(strings.Fields(term.Screen()), " "); !strings.Contains(said, "The lab bottleneck cannot open: it needs data that are not here") {
			term.T.Errorf("the screen does not say why the lab cannot open:\n%s", term.Screen())
		}
	})
}

func TestMessagesOfAClosedLabAreDropped(t *testing.T) {
	var closed atomic.Int32
	var release chan struct{}
	play(t, func(o *tui.Options) {
		release = make(chan struct{})
		*o = sampleOptions(func() lab.Screen { return &slowLab{fakeLab: newFakeLab(&closed), release: release} })
		o.Start = "2"
	}, func(term *tuitest.Terminal) {
		term.Press("enter", "t", "esc", "enter")
		close(release)
		term.Press("space")
		term.Expect("paused")
		term.ExpectNot("step 99")
		term.Press("t")
		term.Expect("step 99")
	})
}

// slowLab is a fakeLab whose late event waits for release.
type slowLab struct {
	*fakeLab
	release chan struct{}
}

func (l *slowLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	_, cmd := l.fakeLab.Update(msg)
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "t" {
		late := cmd
		cmd = func() tea.Msg { <-l.release; return late() }
	}
	return l, cmd
}

func TestTypingTakesEveryKeyButOne(t *testing.T) {
	var closed atomic.Int32
	play(t, func(o *tui.Options) {
		closed.Store(0)
		*o = sampleOptions(func() lab.Screen { return &typedLab{fakeLab: newFakeLab(&closed)} })
		o.Start = "2"
	}, func(term *tuitest.Terminal) {
		term.Press("enter", "i", "q", "?", "esc", "space")
		term.Expect("typed i", "typed q", "typed ?", "typed esc", "typed space", "ctrl+c quit")
		term.ExpectNot("esc back", "? keys")
		term.Press("!", "?")
		term.Expect("In this lab")
		term.Press("esc", "esc")
		term.Expect("1/3 A bottleneck")
		if closed.Load() != 1 {
			term.T.Errorf("the lab was closed %d times, want 1", closed.Load())
		}
	})
}

// typedLab is a fakeLab in which i begins to type and ! ends it.
type typedLab struct {
	*fakeLab
	typing bool
}

func (l *typedLab) Typing() bool { return l.typing }

func (l *typedLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		_, cmd := l.fakeLab.Update(msg)
		return l, cmd
	}
	l.typing = key.String() == "i" || l.typing && key.String() != "!"
	l.shown = append(l.shown, "typed "+key.String())
	return l, nil
}
