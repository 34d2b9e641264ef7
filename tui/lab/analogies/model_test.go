package analogies

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// bench runs the lab without a program, as Bubble Tea works its commands. It must be used within synctest.Test.
type bench struct {
	*testing.T
	model *Model
	msgs  chan tea.Msg
	words chan lab.Event // what the work with words tells; closed, it ends
	told  int            // events that the work has handed over
	seeds []int64        // with which the words were learned
	fails error          // what making the codes of digits returns
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, msgs: make(chan tea.Msg, 100), words: make(chan lab.Event, 1000)}
		b.model = New(Work{b.learn, b.digits}, recordedSettings(), "Which words does a sum miss?")
		t.Cleanup(func() {
			b.model.Close()
			synctest.Wait()
		})
		b.work(b.model.Init())
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

// work works a command and all that follow from it until every one waits.
func (b *bench) work(cmd tea.Cmd) {
	if cmd != nil {
		go func() { b.msgs <- cmd() }()
	}
	for {
		synctest.Wait()
		time.Sleep(100 * time.Millisecond) // time of the bubble: it lets a batch of events come through
		synctest.Wait()
		select {
		case msg := <-b.msgs:
			if msg == nil {
				continue
			}
			if _, next := b.model.Update(msg); next != nil {
				go func() { b.msgs <- next() }()
			}
		default:
			return
		}
	}
}

func (b *bench) press(keys ...string) {
	for _, key := range keys {
		_, cmd := b.model.Update(keymap.Press(key))
		b.work(cmd)
	}
}

func (b *bench) typed(text string) {
	for _, r := range text {
		key := string(r)
		if key == " " {
			key = "space"
		}
		b.press(key)
	}
}

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.words <- e
	}
	b.work(nil)
}

// end emits all of a run and ends it.
func (b *bench) end() {
	b.emit(recordedEvents(b.T, 1)...)
	close(b.words)
	b.work(nil)
}

func (b *bench) text() string {
	return strings.Join(strings.Fields(ansi.Strip(b.model.View(100, 30, themes()["no-colour"]))), " ")
}

func (b *bench) expect(texts ...string) {
	b.Helper()
	for _, text := range texts {
		if !strings.Contains(b.text(), text) {
			b.Errorf("the screen does not say %q:\n%s", text, ansi.Strip(b.model.View(100, 30, themes()["no-colour"])))
		}
	}
}

func TestLearnerTypesClaims(t *testing.T) {
	play(t, func(b *bench) {
		b.expect("making up the corpus")
		b.end()
		b.expect("king − man + woman = queen", "queen ranks 1", "the family gender asks it")
		b.press("enter")
		b.typed("Wisard - q? ")
		b.expect("> Wisard - q?")
		b.press("ctrl+u")
		b.typed("wisard - king + queen")
		b.press("enter")
		b.expect(`"wisard" is not one of the`, "wizard", "> wisard - king")
		b.press("ctrl+u")
		b.typed("he - man + woman")
		b.press("enter")
		b.expect("he − man + woman enter types", "no word after =")
		b.press("/", "up")
		b.typed(" = she")
		b.press("enter")
		b.expect("he − man + woman = she", "the words of the sum")
		b.press("/", "up", "up", "down", "down", "esc")
		b.expect("he − man + woman = she")
		if b.model.Typing() {
			b.Error("esc leaves the line open")
		}
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
		b.work(nil)
		b.model.reached = true
		b.press("d")
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
			b.press("d")
			b.expect(want)
		}
	})
}

func TestPauseHoldsTheTraining(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recordedEvents(b.T, 0.3)...)
		b.press("space")
		b.expect("paused: ask the words")
		before := b.told
		b.emit(lab.ScoresEvent{}, lab.ScoresEvent{}, lab.ScoresEvent{})
		if b.told != before {
			b.Errorf("%d events came through a shut gate", b.told-before)
		}
		b.press("space")
		if b.told != before+3 {
			b.Errorf("%d events came through, want 3", b.told-before)
		}
		b.press("space", "r")
		b.expect("making up the corpus")
		b.press("s")
		if len(b.seeds) != 3 || b.seeds[0] != 1 || b.seeds[2] != 2 {
			b.Errorf("learned with the seeds %v", b.seeds)
		}
	})
	play(t, func(b *bench) {
		b.end()
		b.press("space")
		b.expect("the words are learned; r learns")
	})
}

func TestMapsTurn(t *testing.T) {
	play(t, func(b *bench) {
		b.end()
		for _, want := range []string{"capital", "tense", "comparative", "plural", "remainder", "words of the sum", "sentences with the word king", "family gender"} {
			b.press("tab")
			b.expect(want)
		}
		b.press("shift+tab")
		b.expect("The king")
	})
}

func TestDigits(t *testing.T) {
	play(t, func(b *bench) {
		b.press("z")
		b.expect(`"thick0" is not one`, "r starts over")
		b.press("enter")
		b.typed("thick7 - thin9")
		b.press("enter")
		b.expect(`"thin9" is not one of the 3`)
		b.press("backspace")
		b.typed("7 + 7")
		b.press("enter")
		b.expect("thick7 − thin7 + 7", "1 thick7", "7.6")
		b.press("z", "z")
		b.expect("thick7 − thin7 + 7")
	})
	play(t, func(b *bench) {
		b.fails = errors.New("no backend")
		b.press("z")
		b.expect("no backend; r starts over")
		b.press("enter")
		b.typed("7")
		b.press("enter")
		b.expect("not there yet")
		b.press("esc")
		b.fails = nil
		b.press("r")
		b.expect(`"thick0" is not one`)
	})
}

func TestStaleMessagesAreDropped(t *testing.T) {
	play(t, func(b *bench) {
		old := b.model.job
		b.press("r")
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
