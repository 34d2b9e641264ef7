package analogies

import (
	"context"
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
	words chan lab.Event // what the work with words tells; closed, it ends
	told  int            // events that the work has handed over
	seeds []int64        // with which the words were learned
	fails error          // what making the codes of digits returns
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.words = make(chan lab.Event, 1000)
		b.model = New(Work{b.learn, b.digits}, recordedSettings(), "Which words does a sum miss?")
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		p.Width, p.Height = 100, 30
		script(b)
	})
}

func (b *bench) learn(ctx context.Context, s lab.AnalogiesSettings, emit func(lab.Event)) error {
	b.seeds = append(b.seeds, s.Seed)
	for {
		select {
		case e, ok := <-b.words:
			if !ok {
				return nil
			}
			emit(e)
			b.told++
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *bench) digits(_ context.Context, emit func(lab.Event)) (Solver, error) {
	emit(lab.Progress{Doing: "training", Fraction: 0.5})
	if b.fails != nil {
		return nil, b.fails
	}
	return fakeSolver{}, nil
}

func (b *bench) typed(text string) {
	for _, r := range text {
		key := string(r)
		if key == " " {
			key = "space"
		}
		b.Press(key)
	}
}

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.words <- e
	}
	b.Settle()
}

// end emits all of a run and ends it.
func (b *bench) end() {
	b.emit(recordedEvents(b.T, 1)...)
	close(b.words)
	b.Settle()
}

func TestLearnerTypesClaims(t *testing.T) {
	play(t, func(b *bench) {
		b.Expect("making up the corpus")
		b.end()
		b.Expect("king − man + woman = queen", "queen ranks 1", "the family gender asks it")
		b.Press("enter")
		b.typed("Wisard - q? ")
		b.Expect("> Wisard - q?")
		b.Press("ctrl+u")
		b.typed("wisard - king + queen")
		b.Press("enter")
		b.Expect(`"wisard" is not one of the`, "wizard", "> wisard - king")
		b.Press("ctrl+u")
		b.typed("he - man + woman")
		b.Press("enter")
		b.Expect("he − man + woman enter types", "no word after =")
		b.Press("/", "up")
		b.typed(" = she")
		b.Press("enter")
		b.Expect("he − man + woman = she", "the words of the sum")
		b.Press("/", "up", "up", "down", "down", "esc")
		b.Expect("he − man + woman = she")
		if b.model.Typing() {
			b.Error("esc leaves the line open")
		}
	})
}

func TestALineBeginsAnew(t *testing.T) {
	play(t, func(b *bench) {
		b.end()
		for _, sum := range []string{"he - man", "king - man"} {
			b.Press("enter")
			b.typed(sum)
			b.Press("enter")
		}
		b.Press("enter", "up", "up", "esc", "enter", "up")
		b.Expect("> king - man") // the last sum, wherever the line before had gone back to
		b.Press("ctrl+u")
		b.typed("boy")
		b.Send(tea.WindowSizeMsg{Width: b.Width, Height: b.Height})
		b.Send(tea.MouseClickMsg{Button: tea.MouseLeft, Y: b.model.inputRow(b.Width, b.Height)})
		b.Expect("> boy")
	})
}

func TestTaskStaysReached(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recordedEvents(b.T, 0.5)...)
		b.model.verdict.Missing = ""
		if task := b.model.Task(); task.Reached || task.Now != "wait for the end" {
			b.Errorf("half-learned words give the task %+v", task)
		}
		close(b.words)
		b.Settle()
		b.model.reached = true
		b.Press("d")
		if !b.model.Task().Reached {
			b.Error("the next claim takes the task back")
		}
	})
}

func TestSlidesComeInTurn(t *testing.T) {
	play(t, func(b *bench) {
		b.end()
		for _, want := range []string{
			"biking − today", "Paris − France", "Iraq", "Human − Animal", "Prime Minister", "library − books", "king − man",
		} {
			b.Press("d")
			b.Expect(want)
		}
	})
}

func TestPauseHoldsTheTraining(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recordedEvents(b.T, 0.3)...)
		b.Press("space")
		b.Expect("paused: ask the words")
		before := b.told
		b.emit(lab.ScoresEvent{}, lab.ScoresEvent{}, lab.ScoresEvent{})
		if b.told != before {
			b.Errorf("%d events came through a shut gate", b.told-before)
		}
		b.Press("space")
		if b.told != before+3 {
			b.Errorf("%d events came through, want 3", b.told-before)
		}
		b.Press("space", "r")
		b.Expect("making up the corpus")
		b.Press("s")
		if len(b.seeds) != 3 || b.seeds[0] != 1 || b.seeds[2] != 2 {
			b.Errorf("learned with the seeds %v", b.seeds)
		}
	})
	play(t, func(b *bench) {
		b.end()
		b.Press("space")
		b.Expect("the words are learned; r learns")
	})
}

func TestMapsTurn(t *testing.T) {
	play(t, func(b *bench) {
		b.end()
		for _, want := range []string{"capital", "tense", "comparative", "plural", "remainder", "words of the sum", "sentences with the word king", "family gender"} {
			b.Press("tab")
			b.Expect(want)
		}
		b.Press("shift+tab")
		b.Expect("The king")
	})
}

func TestDigits(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("z")
		b.Expect(`"thick0" is not one`, "r starts over")
		b.Press("enter")
		b.typed("thick7 - thin9")
		b.Press("enter")
		b.Expect(`"thin9" is not one of the 3`)
		b.Press("backspace")
		b.typed("7 + 7")
		b.Press("enter")
		b.Expect("thick7 − thin7 + 7", "1 thick7", "7.6")
		b.Press("z", "z")
		b.Expect("thick7 − thin7 + 7")
	})
	play(t, func(b *bench) {
		b.fails = errors.New("no backend")
		b.Press("z")
		b.Expect("no backend; r starts over")
		b.Press("enter")
		b.typed("7")
		b.Press("enter")
		b.Expect("not there yet")
		b.Press("esc")
		b.fails = nil
		b.Press("r")
		b.Expect(`"thick0" is not one`)
	})
}

func TestStaleMessagesAreDropped(t *testing.T) {
	play(t, func(b *bench) {
		old := b.model.job
		b.Press("r")
		b.model.Update(job.Msg{Job: old, Ended: true, Err: errors.New("stale")})
		if b.model.now.err != nil || b.model.now.ended {
			b.Error("the end of an old job ends the new one")
		}
	})
}

func TestClickOpensTheLine(t *testing.T) {
	m := trained(t)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
	m.Update(tea.MouseClickMsg{Button: tea.MouseLeft, X: 4, Y: m.inputRow(80, 22)})
	if !m.Typing() {
		t.Error("a click on the line does not open it")
	}
	m.Update(tea.PasteMsg{Content: "king\n - man\x1b[31m"})
	if got := m.entry().String(); got != "king  - man[31m" {
		t.Errorf("the pasted line is %q", got)
	}
}

func TestEntryEdits(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"middle":    {[]string{"a", "b", "left", "c"}, "acb"},
		"ends":      {[]string{"a", "b", "home", "c", "end", "d"}, "cabd"},
		"delete":    {[]string{"a", "b", "left", "delete", "left", "delete", "x"}, "x"},
		"backspace": {[]string{"backspace", "a", "b", "left", "backspace"}, "b"},
		"word":      {[]string{"a", "b", "space", "c", "space", "ctrl+w", "d"}, "ab d"},
		"complete":  {[]string{"f", "a", "s", "tab"}, "fast"},
		"unknown":   {[]string{"z", "z", "tab"}, "zz"},
	} {
		t.Run(name, func(t *testing.T) {
			m := trained(t)
			press(m, "enter")
			press(m, c.keys...)
			if got := m.entry().String(); got != c.want {
				t.Errorf("the line is %q, want %q", got, c.want)
			}
		})
	}
}
