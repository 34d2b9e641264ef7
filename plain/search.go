package plain

import (
	"fmt"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
)

// mostFound is how many places a search tells: the best, as many as a listener keeps in mind.
const mostFound = 10

// search tells the pages that have the words.
func (s *session) search(words []string) error {
	query := strings.Join(words, " ")
	if query == "" {
		s.out.say("Name what to search for, as search learning rate.")
		return nil
	}
	if s.index == nil {
		s.index = lessons.NewIndex(s.Lessons, s.Glossary)
	}
	found := s.index.Search(query)
	switch {
	case len(found) == 0:
		s.out.say(fmt.Sprintf("No page has all words of %q.", query))
		return nil
	case len(found) > mostFound:
		s.out.say(fmt.Sprintf("%d places, of which these are the best. go ID opens one.", len(found)))
	default:
		s.out.say(lab.Counted(len(found), "place") + ". go ID opens one.")
	}
	for i, f := range found[:min(len(found), mostFound)] {
		p := s.Lessons[f.Place.Lesson].Pages[f.Place.Page]
		what := p.Title
		if f.Kind == lessons.InTerm {
			what = "the term " + f.Term
		}
		marker := fmt.Sprintf("%d. ", i+1)
		told := strings.TrimSpace(fmt.Sprintf("%s: %s. %s", p.ID, what, f.Excerpt))
		s.out.lines(hanging(marker, wrap(told, s.out.width-len(marker))))
	}
	return nil
}

// explain tells what a term of the glossary means, or which terms the open page uses.
func (s *session) explain(words []string) error {
	name := strings.Join(words, " ")
	if name == "" {
		return s.terms()
	}
	found := lessons.Explain(s.Glossary, name)
	if len(found) == 0 {
		s.out.say(fmt.Sprintf("The glossary has no term %q; search finds words on the pages.", name))
	}
	for _, t := range found {
		told := t.Name
		if len(t.Also) > 0 {
			told += ", also " + strings.Join(t.Also, ", ")
		}
		s.out.say(told + ": " + t.Text)
		if t.Formula != "" {
			s.out.raw("  " + t.Formula + "\n")
		}
		s.out.say("The page " + t.Page + " introduces it.")
	}
	return nil
}

// terms tells the terms of the glossary that the open page uses.
func (s *session) terms() error {
	if s.index == nil {
		s.index = lessons.NewIndex(s.Lessons, s.Glossary)
	}
	var names []string
	for i, l := range s.Lessons {
		if l.Slug != s.pages[s.at].lesson.Slug {
			continue
		}
		for _, term := range s.index.Terms(lessons.Place{Lesson: i, Page: s.pages[s.at].number - 1}) {
			names = append(names, s.Glossary[term].Name)
		}
	}
	if len(names) == 0 {
		s.out.say("The page uses no term of the glossary.")
		return nil
	}
	s.out.say("The page uses the terms " + strings.Join(names, ", ") + ". explain TERM tells what one means.")
	return nil
}
