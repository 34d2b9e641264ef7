package exercise

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises"
)

// check is the check that runs.
type check struct {
	round   int // counts the checks; what comes from earlier ones is dropped
	running bool
	doing   string // what it does, as it tells
	cancel  context.CancelFunc
}

// progressMsg tells what a check does.
type progressMsg struct {
	round int
	text  string
	next  <-chan string
}

// checkedMsg brings what a check found, or why it found nothing.
type checkedMsg struct {
	round   int
	text    string // of the file, as it was when the check began
	verdict exercises.Verdict
	err     error
}

// startCheck checks the file as it is saved, in place of the check that runs.
func (s *Screen) startCheck() tea.Cmd {
	if s.check.running {
		s.check.cancel()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.check = check{round: s.check.round + 1, running: true, doing: "checking", cancel: cancel}
	round, e, text, bench := s.check.round, s.exercise, s.text, s.bench
	told := make(chan string)
	run := func() tea.Msg {
		defer cancel()
		defer close(told)
		v, err := bench.Check(ctx, e, func(text string) {
			select {
			case told <- text:
			case <-ctx.Done():
			}
		})
		return checkedMsg{round, text, v, err}
	}
	return tea.Batch(s.about(run), s.awaitProgress(round, told))
}

func (s *Screen) awaitProgress(round int, told <-chan string) tea.Cmd {
	return s.about(func() tea.Msg {
		if text, open := <-told; open {
			return progressMsg{round, text, told}
		}
		return nil
	})
}

func (s *Screen) handleProgress(msg progressMsg) tea.Cmd {
	if msg.round == s.check.round {
		s.check.doing = msg.text
	}
	return s.awaitProgress(msg.round, msg.next)
}

func (s *Screen) handleChecked(msg checkedMsg) tea.Cmd {
	if msg.round != s.check.round {
		return nil // A newer check has overtaken it.
	}
	s.check.running = false
	if errors.Is(msg.err, context.Canceled) {
		return nil
	}
	s.stale = msg.text != s.text
	s.bring = sectionVerdict
	if msg.err != nil {
		s.trouble, s.verdict = msg.err.Error(), nil
		return nil
	}
	s.trouble, s.verdict = "", &msg.verdict
	s.record.Verdict(msg.verdict)
	if s.editor != nil {
		s.markError()
	}
	return nil
}

// markError shows in the editor the line that the verdict names, and goes there when the file does not compile.
func (s *Screen) markError() {
	line := s.errorLine()
	s.editor.MarkError(line)
	if line > 0 && s.verdict.Status == exercises.Build {
		s.editor.Jump()
	}
}

// errorLine is the line of the file that the verdict names, from 1, or 0.
func (s *Screen) errorLine() int {
	if s.verdict == nil || s.stale {
		return 0
	}
	return namedLine(*s.verdict)
}

// namedLine is the first line of the learner's file that a verdict on one that does not compile or panics names, from 1,
// or 0.
func namedLine(v exercises.Verdict) int {
	if v.Status != exercises.Build && v.Status != exercises.Panic {
		return 0
	}
	named := regexp.MustCompile(regexp.QuoteMeta(v.Name) + `\.go:(\d+)`)
	for _, c := range v.Cases {
		if match := named.FindStringSubmatch(c.Message); match != nil {
			if line, err := strconv.Atoi(match[1]); err == nil {
				return line
			}
		}
	}
	return 0
}

// right counts the cases that are right.
func right(v exercises.Verdict) string {
	n := 0
	for _, c := range v.Cases {
		if c.OK {
			n++
		}
	}
	return fmt.Sprintf("%d of %d cases", n, len(v.Cases))
}
