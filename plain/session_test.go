package plain_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

// store keeps the facts as lines.
type store struct {
	progress.Store
	facts []string
	loads progress.Progress
	fails error
}

func (s *store) Load(string) (progress.Progress, error) { return s.loads, s.fails }

func (s *store) Record(learner string, facts ...progress.Fact) error {
	for _, f := range facts {
		s.facts = append(s.facts, strings.TrimPrefix(fmt.Sprintf("%s %T%+v", learner, f, f), "ada progress."))
	}
	return s.fails
}

// kept are the facts that begin with a word.
func (s *store) kept(word string) []string {
	return slices.DeleteFunc(slices.Clone(s.facts), func(f string) bool { return !strings.HasPrefix(f, word) })
}

// transcript is what a session wrote.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *transcript) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

// take is what was written since the last call.
func (w *transcript) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.text.Reset()
	return w.text.String()
}

func sampleLessons() []lessons.Lesson {
	return []lessons.Lesson{
		{Number: 0, Slug: "first", Title: "First things", Pages: []lessons.Page{
			{ID: "first/start", Title: "Start", Blocks: []lessons.Block{lessons.Prose{Markdown: "Begin *here*."}}},
		}},
		{Number: 2, Slug: "second", Title: "Second things", Pages: []lessons.Page{
			{ID: "second/ask", Title: "Ask", Blocks: []lessons.Block{
				lessons.Quiz{Question: "How many `units`?", Choices: []lessons.Choice{
					{Text: "One", Why: "It is *more* than one."}, {Text: "Two", Correct: true, Why: "Count them."},
				}},
				lessons.Quiz{Question: "And now?", Choices: []lessons.Choice{
					{Text: "Yes", Correct: true, Why: "So it is."}, {Text: "No", Why: "Look again."},
				}},
			}},
			{ID: "second/try", Title: "Try", Blocks: []lessons.Block{
				lessons.Figure{Caption: "A funnel.", Art: "│ ▄▄ │"},
				lessons.Lab{ID: "train", Text: "Watch it learn.", Set: map[string]string{"epochs": "5"}},
				lessons.Exercise{ID: "2.3"},
			}},
		}},
	}
}

// talk is a session at the other end of a pipe, within a bubble of testing/synctest.
type talk struct {
	*testing.T
	out        transcript
	in         *io.PipeWriter
	interrupts chan os.Signal
	ended      bool
	err        error
}

// converse runs a session as a person at a terminal has it.
func converse(t *testing.T, change func(*plain.Options), script func(s *talk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		s := &talk{T: t, in: w, interrupts: make(chan os.Signal, 1)}
		o := plain.Options{
			Lessons: sampleLessons(), Labs: lab.All(), In: r, Out: &s.out, Terminal: true, Interrupts: s.interrupts, Learner: "ada",
		}
		if change != nil {
			change(&o)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			s.err = plain.Run(ctx, o)
			s.ended = true
		}()
		synctest.Wait()
		script(s)
		cancel()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second) // A lab ends within its next step.
		synctest.Wait()
		if !s.ended || s.err != nil {
			t.Errorf("the session has ended: %v, with %v", s.ended, s.err)
		}
	})
}

// say types lines and returns what is written after the last.
func (s *talk) say(lines ...string) string {
	for _, line := range lines {
		s.out.take()
		if _, err := io.WriteString(s.in, line+"\n"); err != nil {
			s.Fatal(err)
		}
		synctest.Wait()
	}
	return s.out.take()
}

// interrupt presses ctrl+c.
func (s *talk) interrupt() string {
	s.out.take()
	s.interrupts <- os.Interrupt
	synctest.Wait()
	return s.out.take()
}

// expect checks that an answer holds each text.
func (s *talk) expect(answer string, texts ...string) {
	s.Helper()
	expect(s.T, answer, texts...)
}

// expect checks that a text holds others, wherever its lines break.
func expect(t *testing.T, answer string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(answer), " "), text) {
			t.Errorf("the answer does not say %q:\n%s", text, answer)
		}
	}
}

func TestPagesTurn(t *testing.T) {
	converse(t, nil, func(s *talk) {
		s.expect(s.out.take(), "Lesson 0, First things. Page 1 of 1. Heading: Start Begin here. "+
			"Type next, back, list, go ID, lab ID, help or quit. >")
		s.expect(s.say("back"), "This is the first page.")
		s.expect(s.say("next"), "Lesson 2, Second things. Page 1 of 2. Heading: Ask")
		s.expect(s.say("N"), "Page 2 of 2. Heading: Try", "Figure: A funnel. Lab train: Watch it learn. The command lab train runs it and asks for its settings; the keys that a page names are those of the screen. Exercise 2.3, in Go. The command exercise 2.3 tells what to do.", "lab train, exercise NAME,")
		s.expect(s.say("next"), "This is the last page.")
		s.expect(s.say("back"), "Heading: Ask")
		s.expect(s.say("again"), "Heading: Ask")
		s.expect(s.say("go 0"), "Heading: Start")
		s.expect(s.say("go second/try"), "Heading: Try")
		s.expect(s.say("go ask"), "Heading: Ask") // a page of the open lesson
		s.expect(s.say("go nowhere"), `There is no lesson or page "nowhere"; list lists them.`)
		s.expect(s.say("go"), "Name one lesson or page")
		s.expect(s.say("dance"), `There is no command "dance"; help lists them.`)
		s.expect(s.say("list"), "0 first: First things, 1 of 1 pages read", "1 second/ask: Ask, read, open", "train: trains an autoencoder")
		s.expect(s.say("help"), "next or n: opens the next page.", "answer LETTER", "quit or q")
		if answer := s.say(""); !strings.HasPrefix(answer, "Type next") {
			s.Errorf("an empty line is answered with %q", answer)
		}
		s.say("quit")
		if !s.ended {
			s.Error("quit does not end the session")
		}
	})
}

func TestQuizzesAreAnswered(t *testing.T) {
	kept := &store{}
	converse(t, func(o *plain.Options) { o.Store, o.Start = kept, "second" }, func(s *talk) {
		s.expect(s.out.take(), "Question 1: How many `units`? 1) One 2) Two", "a to b or 1 to 2 to answer question 1")
		s.expect(s.say("a"), "Question 1, answer 1: Not right. It is more than one.", "to answer question 1")
		s.expect(s.say("2"), "Question 1, answer 2: Right. Count them.", "to answer question 2")
		s.expect(s.say("answer 1 a"), "Question 1, answer 1: Not right.")
		s.expect(s.say("answer 2 A"), "Question 2, answer 1: Right. So it is.")
		s.expect(s.say("answer b"), "Question 1, answer 2: Right.", "lab ID, help or quit.")
		s.expect(s.say("answer 3 a"), `There is no question "3" on this page; it has 2.`)
		for _, wrong := range []string{"c", "0", "7", "answer", "answer x y z", "answer 2 9"} {
			s.expect(s.say(wrong), "has the answers a to b, or 1 to 2.")
		}
		s.expect(s.say("again"), "Your answer was 2, which is right.", "Your answer was 1, which is right.")
		s.say("next")
		s.expect(s.say("a"), "There is no question on this page.")
	})
	var answers []string
	for _, f := range kept.kept("QuizAnswered") {
		before, _, _ := strings.Cut(f, " Solved")
		answers = append(answers, before)
	}
	want := []string{
		"QuizAnswered{Page:second/ask Question:0 Choice:0 Right:false", "QuizAnswered{Page:second/ask Question:0 Choice:1 Right:true",
		"QuizAnswered{Page:second/ask Question:0 Choice:0 Right:false", "QuizAnswered{Page:second/ask Question:1 Choice:0 Right:true",
		"QuizAnswered{Page:second/ask Question:0 Choice:1 Right:true",
	}
	if !slices.Equal(answers, want) {
		t.Errorf("kept %q, want %q", answers, want)
	}
}

func TestReadingIsKept(t *testing.T) {
	kept := &store{}
	converse(t, func(o *plain.Options) { o.Store = kept }, func(s *talk) {
		if len(kept.facts) > 0 {
			s.Errorf("kept %q before the learner did anything", kept.facts)
		}
		wait(s, 90)
		s.say("next")
		if got := strings.Join(kept.facts, "; "); !strings.Contains(got, "PageRead{Page:first/start") ||
			!strings.Contains(got, "Spent{Lesson:first Origin: Duration:1m30s}") || !strings.Contains(got, "Place{Page:second/ask") {
			s.Errorf("kept %s", got)
		}
		wait(s, 3600)
		s.say("quit")
		if got := kept.kept("Spent{Lesson:second"); len(got) != 1 || !strings.Contains(got[0], "Duration:5m0s") {
			s.Errorf("kept %q, want five minutes of an hour", got)
		}
		if got := kept.kept("PageRead"); len(got) != 2 {
			s.Errorf("kept %q, want each page once", got)
		}
	})
}

func TestProgressGoesOn(t *testing.T) {
	converse(t, func(o *plain.Options) {
		o.Notice = "The file was damaged."
		o.Progress = progress.Progress{
			Pages: []progress.PageRead{{Page: "first/start"}}, Place: progress.Place{Page: "second/ask"},
			Answers: []progress.QuizAnswered{{Page: "second/ask", Question: 0, Choice: 1}},
			Tasks:   []progress.TaskReached{{Lab: "train"}},
		}
	}, func(s *talk) {
		s.expect(s.out.take(), "The file was damaged.", "Heading: Ask", "Your answer was 2, which is right.", "to answer question 2")
		s.expect(s.say("list"), "First things, 1 of 1 pages read", "in the lesson autoencoder, task reached")
		s.expect(s.say("go try"), "Lab train: Watch it learn.", "You have reached its task.")
	})
}

func TestLostProgressIsSaidOnce(t *testing.T) {
	kept := &store{fails: errors.New("the disk is full; make room")}
	converse(t, func(o *plain.Options) { o.Store = kept }, func(s *talk) {
		s.expect(s.say("next"), "Your progress is not kept: the disk is full; make room")
		if answer := s.say("next"); strings.Contains(answer, "not kept") {
			s.Errorf("it is said again: %s", answer)
		}
	})
}

func TestInterruptAtThePromptLeaves(t *testing.T) {
	converse(t, nil, func(s *talk) {
		if s.interrupt(); !s.ended {
			s.Error("ctrl+c at the prompt does not end the session")
		}
	})
}

// TestTheLastPageCounts however the session is left.
func TestTheLastPageCounts(t *testing.T) {
	for name, leave := range map[string]func(s *talk){
		"quit":   func(s *talk) { s.say("quit") },
		"ctrl+c": func(s *talk) { s.interrupt() },
		"ctrl+d": func(s *talk) {
			if err := s.in.Close(); err != nil {
				s.Error(err)
			}
			synctest.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			kept := &store{}
			converse(t, func(o *plain.Options) { o.Store = kept }, func(s *talk) {
				wait(s, 90)
				leave(s)
				if got := kept.kept("Spent"); len(got) != 1 || !strings.Contains(got[0], "Duration:1m30s") {
					s.Errorf("kept %q, want a minute and a half", got)
				}
			})
		})
	}
}

// pipe runs a session whose commands come from a pipe.
func pipe(t *testing.T, commands string, change func(*plain.Options)) string {
	t.Helper()
	var out transcript
	o := plain.Options{Lessons: sampleLessons(), Labs: lab.All(), In: strings.NewReader(commands), Out: &out, Learner: "ada"}
	if change != nil {
		change(&o)
	}
	if err := plain.Run(t.Context(), o); err != nil {
		t.Errorf("the session ended with %v", err)
	}
	return out.take()
}

func TestEmptyPipePrintsTheLesson(t *testing.T) {
	kept := &store{}
	got := pipe(t, "", func(o *plain.Options) { o.Start, o.Store = "second", kept })
	if strings.Count(got, "Lesson 2") != 2 || strings.Contains(got, "Lesson 0") || strings.Contains(got, "Type ") || strings.Contains(got, ">") {
		t.Errorf("the lesson is printed as\n%s", got)
	}
	if len(kept.facts) > 0 {
		t.Errorf("kept %q of what nobody has said to have read", kept.facts)
	}
}

func TestPipeRepeatsItsCommands(t *testing.T) {
	got := pipe(t, "next\nb", nil)
	for _, text := range []string{"> next\n\nLesson 2", "> b\nQuestion 1, answer 2: Right."} {
		if !strings.Contains(got, text) {
			t.Errorf("the output does not hold %q:\n%s", text, got)
		}
	}
}

func TestWithoutLessons(t *testing.T) {
	if got := pipe(t, "next\n", func(o *plain.Options) { o.Lessons = nil }); got != "There are no lessons in this build.\n" {
		t.Errorf("without lessons it says %q", got)
	}
}

// lost is a reader or a writer that went away.
type lost struct{}

func (lost) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
func (lost) Read([]byte) (int, error)  { return 0, os.ErrInvalid }

func TestLostEndsAreErrors(t *testing.T) {
	o := plain.Options{Lessons: sampleLessons(), In: strings.NewReader("next\nnext\n"), Out: lost{}}
	if err := plain.Run(t.Context(), o); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("without a reader the session ends with %v", err)
	}
	o.In, o.Out = lost{}, io.Discard
	if err := plain.Run(t.Context(), o); !errors.Is(err, os.ErrInvalid) || !strings.Contains(err.Error(), "reading your commands") {
		t.Errorf("without an input the session ends with %v", err)
	}
}
