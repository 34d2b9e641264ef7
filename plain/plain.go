// Package plain is the workshop line by line: for a screen reader, a terminal without a screen, and a pipe. It writes
// plain text only, in lines that stay as they were written, and reads a command at a time.
package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// Options is what a session is made of.
type Options struct {
	Lessons   []lessons.Lesson
	Glossary  []lessons.Term // may be empty
	Labs      []lab.Lab
	Env       lab.Env              // what labs work with
	Exercises []exercises.Exercise // those that pages name
	Start     string               // the page to open: its ID, or a lesson's slug or number; empty for where the learner was last

	In  io.Reader
	Out io.Writer // gets whole lines at a time, but for prompts
	// Terminal says that a person sits at In. From a file or a pipe commands are repeated in the output, which would not
	// show them otherwise.
	Terminal bool
	Width    int // of a line in characters; 0 takes 72
	// Interrupts brings what ctrl+c sends. In a lab the first stops it; any other ends the session.
	Interrupts <-chan os.Signal
	// ReducedMotion makes a lab that works tell less often how far it is.
	ReducedMotion bool

	// Store keeps the progress of the learner, of which Progress is what it held at the start; nil keeps nothing.
	Store    progress.Store
	Learner  string
	Progress progress.Progress
	Notice   string // said at the start
}

// The width of lines: what a person takes in at a glance, and the least in which words still fit.
const (
	usualWidth = 72
	leastWidth = 20
)

// How a session or a question in it is left: as the command quit does, and by ctrl+c.
var (
	errLeave     = errors.New("the learner leaves")
	errInterrupt = errors.New("the learner pressed ctrl+c")
)

// session is a workshop that runs.
type session struct {
	Options
	ctx   context.Context
	in    *input
	out   *output
	pages []pageRef
	at    int            // index into pages
	index *lessons.Index // of the text of the lessons; nil before the first search
	done  record
	now   func() time.Time
}

// pageRef is a page with its place.
type pageRef struct {
	lesson lessons.Lesson
	number int // of the page in its lesson, from 1
	lessons.Page
}

// Run runs a session until the learner leaves, the input ends or ctx does; none of them is an error. What cannot be
// written is.
func Run(ctx context.Context, o Options) error {
	if o.Width <= 0 {
		o.Width = usualWidth
	}
	s := &session{
		Options: o, ctx: ctx, in: newInput(o.In), out: &output{w: o.Out, width: max(o.Width, leastWidth)},
		done: newRecord(o.Progress), now: time.Now,
	}
	defer s.in.close()
	for _, l := range o.Lessons {
		for i, p := range l.Pages {
			s.pages = append(s.pages, pageRef{l, i + 1, p})
		}
	}
	if len(s.pages) == 0 {
		s.out.say("There are no lessons in this build.")
		return s.out.err
	}
	err := s.work()
	if errors.Is(err, errLeave) {
		s.keep(s.spent()...)
		err = nil
	}
	return cmp.Or(err, s.out.err)
}

// work shows the first page and obeys commands.
func (s *session) work() error {
	if s.Notice != "" {
		s.out.say(s.Notice)
	}
	if s.Terminal {
		s.out.say("This is aetutor, line by line. The command help says what you can type.")
	}
	start := s.Start
	if start == "" {
		start = s.Progress.Place.Page
	}
	s.at = max(s.find(start), 0)
	s.done.last = s.now()
	s.page(s.pages[s.at])
	commanded := false
	for s.out.err == nil {
		if s.Terminal || commanded {
			s.out.say(s.prompt())
		}
		line, err := s.ask("> ")
		if errors.Is(err, io.EOF) && !commanded && !s.Terminal {
			s.rest()
			return nil
		}
		if err != nil {
			return ended(err)
		}
		commanded = true
		s.read()
		if err := s.obey(line); err != nil {
			return err
		}
	}
	return nil
}

// ended is what the end of the input and ctrl+c mean: they are no error.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, errInterrupt) {
		return errLeave
	}
	return err
}

// rest writes the pages of the lesson behind the present one. Nobody has said that they read them, so that is not kept.
func (s *session) rest() {
	for i, p := range s.pages {
		if i > s.at && p.lesson.Slug == s.pages[s.at].lesson.Slug {
			s.page(p)
		}
	}
}

// find is the index of the page that a name opens, or -1. Within the open lesson the last part of a page's id is
// enough.
func (s *session) find(name string) int {
	names := []string{name}
	if name != "" {
		names = append(names, s.pages[s.at].lesson.Slug+"/"+name)
	}
	for _, name := range names {
		if l, p, ok := lessons.Find(s.Lessons, name); ok {
			id := s.Lessons[l].Pages[p].ID
			for i := range s.pages {
				if s.pages[i].ID == id {
					return i
				}
			}
		}
	}
	return -1
}

// ask writes a prompt and reads a line. The error is errInterrupt for ctrl+c, errLeave for the end of ctx, and io.EOF
// for that of the input.
func (s *session) ask(prompt string) (string, error) {
	if s.Terminal {
		s.out.raw(prompt)
	}
	select {
	case line, open := <-s.in.lines:
		if !open {
			if err := s.in.err; err != nil {
				return "", fmt.Errorf("reading your commands: %w", err)
			}
			return "", io.EOF
		}
		if !s.Terminal {
			s.out.raw(prompt + line + "\n")
		}
		return line, nil
	case <-s.Interrupts:
		s.out.raw("\n") // The prompt's line is not ended yet.
		return "", errInterrupt
	case <-s.ctx.Done():
		s.out.raw("\n")
		return "", errLeave
	}
}
