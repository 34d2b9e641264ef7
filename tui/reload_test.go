package tui_test

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// author changes the lessons of a workshop that runs.
type author struct {
	term    *tuitest.Terminal
	changes chan struct{}
	lessons []lessons.Lesson
	draft   lessons.Draft // what goes with the lessons
	err     error
}

// saves has the workshop read the author's lessons, with mistakes at their slugs.
func (a *author) saves(mistakes map[string][]lessons.Problem) {
	a.draft.Mistakes, a.err = mistakes, nil
	a.save()
}

// fails has the workshop read the author's lessons, of which none can be read.
func (a *author) fails(err error) {
	a.err = err
	a.save()
}

func (a *author) save() {
	select {
	case a.changes <- struct{}{}:
	case <-time.After(time.Minute):
		a.term.T.Fatal("the app does not wait for changes of the lessons")
	}
	a.term.Send(struct{}{}) // It means nothing to the app; sending waits until the lessons were read.
}

// playAuthor runs the app on lessons that the test changes.
func playAuthor(t *testing.T, start string, script func(term *tuitest.Terminal, a *author)) {
	t.Helper()
	a := &author{lessons: sampleLessons()}
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { return newFakeLab(new(atomic.Int32)) })
		a.changes = make(chan struct{})
		o.Start, o.Changes = start, a.changes
		o.Reload = func() (lessons.Draft, error) {
			a.draft.Lessons = a.lessons
			return a.draft, a.err
		}
	}, func(term *tuitest.Terminal) {
		defer close(a.changes)
		a.term = term
		script(term, a)
	})
}

func TestChangedLessonsAreShownWhereTheReaderIs(t *testing.T) {
	playAuthor(t, "autoencoder/in-code", func(term *tuitest.Terminal, a *author) {
		term.Press("pgdown")
		term.Expect("↑ 19 more", "↓ 20 more")
		a.lessons = sampleLessons()
		in := &a.lessons[1].Pages[2]
		in.Blocks[0] = lessons.Prose{Markdown: strings.Repeat("A new paragraph.\n\n", 40)}
		a.lessons = slices.Insert(a.lessons, 1, lessons.Lesson{Number: 1, Slug: "gpu", Title: "A new lesson", Pages: []lessons.Page{
			{ID: "gpu/one", Title: "One", Blocks: []lessons.Block{lessons.Prose{Markdown: "New."}}},
		}})
		a.saves(nil)
		term.Expect("↑ 19 more", "A new paragraph.", "3/3 The same in code", "A new lesson")
		term.Press("home")
		term.ExpectNot("The encoder in Go")
		term.Press("1")
		term.Expect("1/1 One", "New.")

		// A page that got shorter shows its end.
		term.Press("2", "right", "right", "end")
		a.lessons = sampleLessons()
		a.lessons[1].Pages[2].Blocks = a.lessons[1].Pages[2].Blocks[1:]
		a.saves(nil)
		term.Expect("3/3 The same in code", "exercise  2.3")
		term.ExpectNot("↑", "A new lesson")
	})
}

func TestAnswersStayWhenLessonsChange(t *testing.T) {
	playAuthor(t, "autoencoder/a-question", func(term *tuitest.Terminal, a *author) {
		term.Press("a")
		term.Expect("✗ a  the first")
		a.lessons = sampleLessons()
		question := &a.lessons[1].Pages[1]
		question.Blocks = slices.Insert(question.Blocks, 0, lessons.Block(lessons.Prose{Markdown: "A word before."}))
		a.saves(nil)
		term.Expect("A word before.", "✗ a  the first")
		term.Press("b")
		term.Expect("✓ b  the narrowest")
	})
}

func TestMistakesOfTheAuthorLeaveThePage(t *testing.T) {
	playAuthor(t, "autoencoder/in-code", func(term *tuitest.Terminal, a *author) {
		mistake := lessons.Problem{File: "w/02-a/lesson.md", Line: 7, What: "the fence is never closed", Do: "close it"}
		saves := func() { a.saves(map[string][]lessons.Problem{"autoencoder": {mistake}}) }
		saves()
		term.Expect("The encoder in Go", "3/3 The same in code", "w/02-a/lesson.md:7: the fence is never closed; close", "↓ 41 more")
		// The page can be read to its end, and no key takes the mistake away.
		term.Press("end")
		term.Expect("exercise  2.3", "enter opens", "w/02-a/lesson.md:7:")
		term.ExpectNot("↓")
		term.Press("left")
		term.Expect("2/3 A question", "w/02-a/lesson.md:7:")
		// Another mistake takes its place.
		mistake.Line = 8
		saves()
		term.Expect("w/02-a/lesson.md:8:")
		term.ExpectNot("w/02-a/lesson.md:7:")
		a.saves(nil)
		term.Expect("2/3 A question")
		term.ExpectNot("lesson.md")
	})
}

// TestMistakesStandBelowTheirLesson has mistakes in the lesson that is open, in another, and in the glossary.
func TestMistakesStandBelowTheirLesson(t *testing.T) {
	playAuthor(t, "autoencoder/in-code", func(term *tuitest.Terminal, a *author) {
		problem := func(file string, line int, what string) lessons.Problem {
			return lessons.Problem{File: "w/" + file, Line: line, What: what, Do: "mend it"}
		}
		a.lessons[0].Pages[0].Blocks[0] = lessons.Prose{Markdown: "Other words."}
		a.saves(map[string][]lessons.Problem{
			"representations": {problem("00-r/lesson.md", 3, "wrong one"), problem("00-r/lesson.md", 4, "wrong two")},
			"autoencoder":     {problem("02-a/lesson.md", 5, "wrong three")},
			"":                {problem("glossary.md", 6, "wrong four")},
		})
		term.Expect("w/02-a/lesson.md:5: wrong three; mend it", "w/glossary.md:6: wrong four; mend it",
			"w/00-r/lesson.md:3: mistakes in lesson 0;")
		term.ExpectNot("wrong one", "00-r/lesson.md:4")
		term.Press("0")
		term.Expect("Other words.", "w/00-r/lesson.md:3: wrong one", "w/00-r/lesson.md:4: wrong two", "w/glossary.md:6: wrong four",
			"w/02-a/lesson.md:5: mistakes in lesson 2;")
		term.ExpectNot("wrong three")
	})
}

func TestManyMistakesLeaveRoomForThePage(t *testing.T) {
	playAuthor(t, "autoencoder/in-code", func(term *tuitest.Terminal, a *author) {
		var all []lessons.Problem
		for line := range 40 {
			all = append(all, lessons.Problem{File: "w/lesson.md", Line: line + 1, What: "wrong", Do: "mend it"})
		}
		a.saves(map[string][]lessons.Problem{"autoencoder": all})
		term.Expect("The encoder in Go", "w/lesson.md:1: wrong", "w/lesson.md:9: wrong", "… aetutor lessons check tells the rest")
		term.ExpectNot("w/lesson.md:10:")
	})
}

func TestLessonsThatCannotBeReadLeaveThePage(t *testing.T) {
	playAuthor(t, "autoencoder/in-code", func(term *tuitest.Terminal, a *author) {
		a.fails(errors.New("there are no lessons"))
		term.Expect("The encoder in Go", "there are no lessons")
		a.saves(map[string][]lessons.Problem{"": {{File: "w/glossary.md", Line: 6, What: "wrong", Do: "mend it"}}})
		term.Expect("w/glossary.md:6:")
		term.ExpectNot("there are no lessons")
		a.fails(errors.New("there are no lessons"))
		term.ExpectNot("w/glossary.md:6:")
	})
}

func TestChangedGlossaryIsShown(t *testing.T) {
	playAuthor(t, "autoencoder", func(term *tuitest.Terminal, a *author) {
		a.draft.Glossary = []lessons.Term{{Name: "bottleneck", Page: "autoencoder/why-compress", Text: "The narrowest layer."}}
		a.saves(nil)
		term.Press("g")
		term.Expect("bottleneck", "The narrowest layer.")
	})
}

func TestPageThatIsGone(t *testing.T) {
	playAuthor(t, "autoencoder/a-question", func(term *tuitest.Terminal, a *author) {
		a.lessons = sampleLessons()
		a.lessons[1].Pages[1].ID, a.lessons[1].Pages[1].Title = "autoencoder/another", "Another title"
		a.saves(nil)
		term.Expect("2/3 Another title", "The page autoencoder/a-question is no longer there.")
		a.lessons = sampleLessons()
		a.lessons[1].Pages = a.lessons[1].Pages[:1]
		a.saves(nil)
		term.Expect("1/1 A bottleneck", "The page autoencoder/another is no longer there.")
		a.lessons = sampleLessons()[:1]
		a.saves(nil)
		term.Expect("1/1 Features", "The page autoencoder/why-compress is no longer there.")
	})
}

func TestLessonsChangeBehindALab(t *testing.T) {
	playAuthor(t, "autoencoder", func(term *tuitest.Terminal, a *author) {
		term.Press("enter")
		term.Expect("area 80×22")
		a.lessons = sampleLessons()
		a.lessons[1].Pages[0].Blocks[0] = lessons.Prose{Markdown: "Other words."}
		a.saves(nil)
		term.Expect("area 80×22")
		term.Press("esc")
		term.Expect("1/3 A bottleneck", "Other words.")
	})
}

func TestPanicWhileReadingLessonsIsAFault(t *testing.T) {
	play(t, func(o *tui.Options) {
		changes := make(chan struct{}, 1)
		changes <- struct{}{}
		o.Changes = changes
		o.Reload = func() (lessons.Draft, error) { panic("no lesson is read like this") }
	}, func(term *tuitest.Terminal) {
		term.ExpectClean()
		m, _ := term.Result()
		failed, ok := m.(interface{ Err() error })
		if !ok || failed.Err() == nil || !strings.Contains(failed.Err().Error(), "no lesson is read like this") {
			term.T.Errorf("the app ended with %v", m)
		}
	})
}
