package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
)

// lab runs a lab: it takes settings as arguments, or else asks for each.
func (s *session) lab(arguments []string) error {
	here := blocks[lessons.Lab](s.pages[s.at].Page)
	if len(arguments) == 0 && len(here) == 1 {
		arguments = []string{here[0].ID}
	}
	if len(arguments) == 0 {
		s.out.say("Name one lab of " + s.labIDs() + ".")
		return nil
	}
	i := slices.IndexFunc(s.Labs, func(l lab.Lab) bool { return l.ID == arguments[0] })
	if i < 0 {
		s.out.say(fmt.Sprintf("There is no lab %q; there are %s.", arguments[0], s.labIDs()))
		return nil
	}
	l := s.Labs[i]
	values := l.Defaults()
	for _, block := range here {
		if block.ID == l.ID {
			for key, value := range block.Set {
				if err := values.Set(key, value); err != nil {
					s.out.say(fmt.Sprintf("The page sets what the lab does not take: %v", err))
				}
			}
		}
	}
	s.out.say(fmt.Sprintf("The lab %s %s.", l.ID, l.About))
	s.out.say("Question: " + l.Question)
	if l.Task != "" {
		s.out.say("Task: " + l.Task + ".")
	}
	settle := s.askValues
	if len(arguments) > 1 {
		settle = func(_ lab.Lab, v lab.Values) (bool, error) { return s.setValues(v, arguments[1:]), nil }
	}
	if run, err := settle(l, values); err != nil || !run {
		return err
	}
	return s.runLab(l, values)
}

// setValues takes settings as they follow the command: epochs=2. A value with blanks in it may go on in further words.
func (s *session) setValues(values lab.Values, words []string) bool {
	var settings []string
	for _, word := range words {
		if strings.Contains(word, "=") && !strings.HasPrefix(word, "=") || len(settings) == 0 {
			settings = append(settings, word)
		} else {
			settings[len(settings)-1] += " " + word
		}
	}
	for _, setting := range settings {
		key, value, found := strings.Cut(setting, "=")
		if !found {
			s.out.say(fmt.Sprintf("%s has no value; write it as key=value.", setting))
			return false
		}
		if err := values.Set(key, value); err != nil {
			s.out.say(sentence(err))
			return false
		}
	}
	return true
}

// askValues asks for each parameter. It returns false where the learner does not want to run the lab any more.
func (s *session) askValues(l lab.Lab, values lab.Values) (bool, error) {
	if len(l.Params) == 0 {
		return true, nil
	}
	s.out.say(fmt.Sprintf("It asks for %s. Enter takes what stands in brackets, "+
		"the word rest takes it for all that are left, cancel leaves the lab.", lab.Counted(len(l.Params), "parameter")))
	for _, p := range l.Params {
		s.out.say(p.Key + ": " + p.Help + ".")
		for {
			line, err := s.ask(fmt.Sprintf("%s [%s]: ", p.Key, values.Text(p.Key)))
			if errors.Is(err, io.EOF) && !s.Terminal {
				return true, nil // A pipe that has no more to say takes the rest as it is.
			}
			line = strings.TrimSpace(line)
			switch {
			case errors.Is(err, errInterrupt) || line == "cancel":
				s.out.say("The lab was not run.")
				return false, nil
			case err != nil:
				return false, ended(err)
			case line == "rest":
				return true, nil
			}
			if line == "" {
				break
			}
			if err := values.Set(p.Key, line); err == nil {
				break
			}
			s.out.say(fmt.Sprintf("%s cannot be %q. It is %s.", p.Key, line, p.Help))
		}
	}
	return true, nil
}

// runLab runs a lab's work and says what it tells. ctrl+c stops it, and once more leaves the session.
func (s *session) runLab(l lab.Lab, values lab.Values) error {
	ctx, stop := context.WithCancel(s.ctx)
	defer stop()
	events := make(chan lab.Event)
	var failed error
	go func() {
		defer close(events)
		// A panic here would end the program.
		defer func() {
			if cause := recover(); cause != nil {
				failed = lab.Fault(cause)
			}
		}()
		failed = l.Run(ctx, s.Env, values, func(e lab.Event) {
			select {
			case events <- e:
			case <-ctx.Done():
			}
		})
	}()
	if s.Terminal {
		s.out.say("The lab works; ctrl+c stops it.")
	}
	feed := newFeed(s.out, s.ReducedMotion)
	defer feed.close()
	stopped := false
	var last lab.Task
	for {
		select {
		case e, open := <-events:
			if !open {
				feed.flush()
				s.verdict(l, values, last, stopped, failed)
				return nil
			}
			if t, ok := e.(interface{ Outcome() lab.Task }); ok {
				// Like on a screen, a task that was reached stays so.
				if task := t.Outcome(); task.Reached || !last.Reached {
					last = task
				}
			}
			feed.add(e)
		case <-feed.due():
			feed.tell()
		case <-s.Interrupts:
			if stopped {
				return errLeave
			}
			stopped = true
			stop()
			s.out.say("Stopping the lab; ctrl+c once more leaves aetutor.")
		case <-s.ctx.Done():
			return errLeave
		}
		if s.out.err != nil {
			return s.out.err
		}
	}
}

// verdict says how a lab ended, and keeps its task where the learner has reached it.
func (s *session) verdict(l lab.Lab, values lab.Values, last lab.Task, stopped bool, failed error) {
	switch {
	case stopped:
		s.out.say("The lab was stopped.")
	case failed != nil:
		s.out.say("The lab could not go on: " + sentence(failed))
	default:
		s.out.say("The lab has ended.")
	}
	switch {
	case !last.Reached:
	case !l.Answered(values):
		s.out.say("It answered its task by itself, which does not count as yours; set " +
			strings.Join(l.Answer, " or ") + ".")
	case s.reached(l.ID, last.Now):
		s.out.say("You have reached its task.")
	default:
		s.out.say("You had reached its task before.")
	}
}

// sentence ends the text of an error as a sentence.
func sentence(err error) string { return strings.TrimSuffix(err.Error(), ".") + "." }
