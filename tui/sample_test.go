package tui_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// sampleLessons hold each kind of block, text that needs scrolling, and what must be cut.
func sampleLessons() []lessons.Lesson {
	return []lessons.Lesson{
		{Number: 0, Slug: "representations", Title: "Representations", Pages: []lessons.Page{
			{ID: "representations/features", Title: "Features", Blocks: []lessons.Block{
				lessons.Prose{Markdown: "A feature is a number that says something about an example."},
			}},
		}},
		{Number: 2, Slug: "autoencoder", Title: "Autoencoder", Pages: []lessons.Page{
			{ID: "autoencoder/why-compress", Title: "A bottleneck forces a choice", Blocks: []lessons.Block{
				lessons.Prose{Markdown: "784 pixels go in. If the narrowest layer has 16 units, only 16 numbers get\n" +
					"through, and the decoder must redraw the digit from `z` **alone**.\n\n" +
					"    L(x) = mean (x − x′)²        x: [batch, 784]\n\n" +
					"- an item so long that its second line has to hang below the first word and not below the mark\n" +
					"- a short one\n\n1. first\n2. second"},
				lessons.Lab{ID: "train", Text: "watch a network learn to redraw digits, and change how it learns"},
			}},
			{ID: "autoencoder/a-question", Title: "A question", Blocks: []lessons.Block{
				lessons.Prose{Markdown: "## Before you go on\n\nWhat keeps the network from copying its input?"},
				lessons.Quiz{Question: "Which layer decides how much gets *through*?", Choices: []lessons.Choice{
					{Text: "the first", Why: "It has as many units as there are pixels."},
					{Text: "the narrowest", Correct: true, Why: "What it drops, no later layer can bring back."},
					{Text: "the last, because it draws the digit", Why: "It can only draw what reaches it."},
				}},
				lessons.Figure{Caption: "A funnel of layers.", Art: "784 ─ 256 ─ 64 ─ 16 ─ 64 ─ 256 ─ 784" + strings.Repeat(" ─ wide", 8)},
			}},
			{ID: "autoencoder/in-code", Title: "The same in code, with a title that is longer than the outline is wide", Blocks: []lessons.Block{
				lessons.Prose{Markdown: "The encoder in Go:\n\n```go\nfunc encoder(x *Node) *Node {\n\treturn relu(dense(x, 16)) // [batch, 16] \\(not\\) wrapped, however long the line may get\n}\n```\n\n" +
					"> The encoder maps an input to its latent vector.\n\n| layer | units |\n|---|---|\n| input | 784 |\n| latent | 16 |\n\n" +
					strings.Repeat("One more paragraph, so that the page must scroll on a small screen.\n\n", 12) + "The last line."},
				lessons.Lab{ID: "bottleneck", Text: "latent 2 … 64 against error"},
				lessons.Exercise{ID: "2.3"},
			}},
		}},
	}
}

// fakeLab is a lab whose run is a list of recorded events: it needs no engine and never moves by itself.
type fakeLab struct {
	events   []engine.Event
	feed     chan engine.Event
	stop     chan struct{}
	closed   *atomic.Int32
	shown    []string
	clicked  string
	size     tea.WindowSizeMsg
	more     keymap.Table
	mistakes map[string]bool // where it panics: "update", "view", "command", "batch", "sequence", "close"
}

type eventMsg struct{ event engine.Event }

func newFakeLab(closed *atomic.Int32, events ...engine.Event) *fakeLab {
	return &fakeLab{events: events, closed: closed, mistakes: map[string]bool{}}
}

func (l *fakeLab) Init() tea.Cmd {
	// The channels belong to the bubble of testing/synctest that the app runs in.
	l.feed, l.stop = make(chan engine.Event), make(chan struct{})
	go func() {
		defer close(l.feed)
		for _, event := range l.events {
			select {
			case l.feed <- event:
			case <-l.stop:
				return
			}
		}
		<-l.stop
	}()
	return l.wait
}

func (l *fakeLab) wait() tea.Msg {
	if event, open := <-l.feed; open {
		return eventMsg{event}
	}
	return nil
}

func (l *fakeLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.size = msg
	case eventMsg:
		if step, ok := msg.event.(engine.StepEvent); ok {
			l.shown = append(l.shown, fmt.Sprintf("step %d loss %.3f", step.Step, step.Loss))
		}
		return l, l.wait
	case tea.MouseClickMsg:
		l.clicked = fmt.Sprintf("clicked %d,%d", msg.X, msg.Y)
	case tea.KeyPressMsg:
		return l, l.key(msg)
	}
	return l, nil
}

func (l *fakeLab) key(msg tea.KeyPressMsg) tea.Cmd {
	fail := func() tea.Msg { panic(errors.New("a command failed")) }
	switch l.Keys().Decode(msg) {
	case "pause":
		l.shown = append(l.shown, "paused")
	case "late":
		return func() tea.Msg { return eventMsg{engine.StepEvent{Step: 99}} }
	case "fail":
		switch {
		case l.mistakes["update"]:
			panic("the lab failed in Update\nwith a second line")
		case l.mistakes["command"]:
			return fail
		case l.mistakes["batch"]:
			return tea.Batch(fail, l.wait)
		case l.mistakes["sequence"]:
			return tea.Sequence(func() tea.Msg { return nil }, fail)
		}
		l.mistakes["view"] = true
	}
	return nil
}

func (l *fakeLab) View(width, height int, _ theme.Theme) string {
	if l.mistakes["view"] {
		panic("the lab failed in View")
	}
	// It draws too much in both directions, which must not disturb the rest.
	lines := append([]string{"", fmt.Sprintf("area %d×%d told %d×%d %s", width, height, l.size.Width, l.size.Height, l.clicked)}, l.shown...)
	for len(lines) < height+5 {
		lines = append(lines, strings.Repeat("▄", width+5))
	}
	return strings.Join(lines, "\n")
}

func (l *fakeLab) Title() string { return "lab train   784–16–784" }

func (l *fakeLab) Task() work.Task { return work.Task{} }

func (l *fakeLab) Keys() keymap.Table {
	return slices.Concat(keymap.Table{
		{Action: "pause", Strokes: []string{"space"}, Label: "space", Help: "pause, and go on", Main: true},
		{Action: "late", Strokes: []string{"t"}, Label: "t", Help: "send a late event", Main: true},
		{Action: "fail", Strokes: []string{"f"}, Label: "f", Help: "fail", Main: true},
		{Action: "faster", Strokes: []string{"+", "="}, Label: "+", Help: "learning rate"},
		{Action: "slower", Strokes: []string{"-"}, Label: "−", Help: "learning rate"},
	}, l.more)
}

func (l *fakeLab) Close() {
	l.closed.Add(1)
	close(l.stop)
	if l.mistakes["close"] {
		panic("the lab failed in Close")
	}
}

func recorded() []engine.Event {
	return []engine.Event{
		engine.StepEvent{Step: 1, Loss: 0.231}, engine.ValidationEvent{Step: 1, Loss: 0.2}, engine.StepEvent{Step: 2, Loss: 0.116},
	}
}

// sampleOptions open the lab train as made by newLab, and no other.
func sampleOptions(newLab func() lab.Screen) tui.Options {
	return tui.Options{
		Lessons: sampleLessons(), Glossary: sampleTerms(), Unicode: true, Version: "test",
		OpenLab: func(block lessons.Lab) (lab.Screen, error) {
			if block.ID != "train" || newLab == nil {
				return nil, errors.New("it needs data that are not here")
			}
			return newLab(), nil
		},
	}
}

// sampleTerms are the glossary of the sample lessons.
func sampleTerms() []lessons.Term {
	return []lessons.Term{
		{Name: "decoder", Page: "autoencoder/why-compress", Text: "The part that draws an example again from its code."},
		{Name: "feature", Page: "representations/features", Text: "A number that says something about an example."},
		{
			Name: "layer", Also: []string{"hidden layer"}, Page: "autoencoder/why-compress", Formula: "h = x · W + b",
			Text: "A step of a network that makes new numbers out of those of the step before it. The narrowest one decides how much of an " +
				"example is kept.",
		},
	}
}
