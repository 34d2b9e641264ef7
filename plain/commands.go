package plain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// command is what a learner can type.
type command struct {
	name, short string
	usage, help string
	do          func(s *session, arguments []string) error
}

// commands are all of them, in the order in which they are told.
func commands() []command {
	return []command{
		{"next", "n", "next", "opens the next page", func(s *session, _ []string) error { return s.turn(s.at + 1) }},
		{"back", "", "back", "opens the page before", func(s *session, _ []string) error { return s.turn(s.at - 1) }},
		{"again", "", "again", "writes the page once more", (*session).again},
		{"list", "l", "list", "lists the lessons, the pages and the exercises of the open one, and the labs", (*session).list},
		{"go", "", "go ID", "opens a lesson by its slug or number, or a page by its ID", (*session).open},
		{"lab", "", "lab ID", "runs a lab; without an ID that of the page; settings may follow, as epochs=2", (*session).lab},
		{"exercise", "", "exercise NAME", "tells what an exercise asks for; without a NAME that of the page", (*session).exercise},
		{"explain", "", "explain TERM", "explains a term; without a TERM it names those of the page", (*session).explain},
		{"search", "", "search WORDS", "finds the pages that have the words", (*session).search},
		{"answer", "", "answer LETTER", "answers the page's question with a letter or a number, a or 1 for the first; " +
			"a bare letter or number does so too; answer 2 b answers the second question", (*session).answer},
		{"help", "h", "help", "says this", (*session).help},
		{"quit", "q", "quit", "ends aetutor, as ctrl+c and the end of the input do", (*session).quit},
	}
}

// prompt says in a line what can be done now.
func (s *session) prompt() string {
	does := []string{"next", "back", "list", "go ID"}
	if labs := blocks[lessons.Lab](s.pages[s.at].Page); len(labs) > 0 {
		for _, l := range labs {
			does = append(does, "lab "+l.ID)
		}
	} else {
		does = append(does, "lab ID")
	}
	if number, open := s.question(); open {
		n := len(blocks[lessons.Quiz](s.pages[s.at].Page)[number].Choices)
		does = append(does, fmt.Sprintf("a to %c or 1 to %d to answer question %d", rune('a'+n-1), n, number+1))
	}
	if len(blocks[lessons.Exercise](s.pages[s.at].Page)) > 0 {
		does = append(does, "exercise NAME")
	}
	return "Type " + strings.Join(append(does, "help"), ", ") + " or quit."
}

// obey does what a line says. An empty one does nothing.
func (s *session) obey(line string) error {
	words := strings.Fields(line)
	if len(words) == 0 {
		return nil
	}
	name := strings.ToLower(words[0])
	for _, c := range commands() {
		if name == c.name || name == c.short && c.short != "" {
			return c.do(s, words[1:])
		}
	}
	if _, ok := choiceOf(name); ok && len(words) == 1 {
		return s.answer(words)
	}
	s.out.say(fmt.Sprintf("There is no command %q; help lists them.", words[0]))
	return nil
}

// turn opens a page and keeps where the learner is.
func (s *session) turn(to int) error {
	switch {
	case to < 0:
		s.out.say("This is the first page.")
		return nil
	case to >= len(s.pages):
		s.out.say("This is the last page.")
		return nil
	}
	facts := s.spent()
	s.at = to
	s.keep(append(facts, progress.Place{Page: s.pages[to].ID})...)
	s.page(s.pages[to])
	return nil
}

func (s *session) again([]string) error {
	s.page(s.pages[s.at])
	return nil
}

func (s *session) open(arguments []string) error {
	if len(arguments) != 1 {
		s.out.say("Name one lesson or page, as go " + s.pages[s.at].lesson.Slug + "; list lists them.")
		return nil
	}
	to := s.find(arguments[0])
	if to < 0 {
		s.out.say(fmt.Sprintf("There is no lesson or page %q; list lists them.", arguments[0]))
		return nil
	}
	return s.turn(to)
}

func (s *session) list([]string) error {
	s.out.say("Lessons:")
	for _, l := range s.Lessons {
		read := 0
		for _, p := range l.Pages {
			if s.done.pages[p.ID] {
				read++
			}
		}
		s.out.say(fmt.Sprintf("%d %s: %s, %d of %d pages read", l.Number, l.Slug, l.Title, read, len(l.Pages)))
	}
	here := s.pages[s.at]
	s.out.say("Pages of " + here.lesson.Slug + ":")
	for i, p := range here.lesson.Pages {
		marks := ""
		if s.done.pages[p.ID] {
			marks = ", read"
		}
		if p.ID == here.ID {
			marks += ", open"
		}
		s.out.say(fmt.Sprintf("%d %s: %s%s", i+1, p.ID, p.Title, marks))
	}
	s.listExercises(here.lesson.Slug)
	s.out.say("Labs:")
	for _, l := range s.Labs {
		marks := ""
		if s.done.tasks[l.ID] {
			marks = ", task reached"
		}
		s.out.say(fmt.Sprintf("%s: %s, in the lesson %s%s", l.ID, l.About, l.Lesson, marks))
	}
	return nil
}

func (s *session) help([]string) error {
	s.out.say("The commands are:")
	for _, c := range commands() {
		usage := c.usage
		if c.short != "" {
			usage += " or " + c.short
		}
		s.out.lines(hanging("  ", wrap(usage+": "+c.help+".", s.out.width-2)))
	}
	return nil
}

func (s *session) quit([]string) error { return errLeave }

// question is the first question of the open page without a right answer yet. It is not open where there is none.
func (s *session) question() (number int, open bool) {
	for i, q := range blocks[lessons.Quiz](s.pages[s.at].Page) {
		choice, answered := s.done.answers[answerKey{s.pages[s.at].ID, i}]
		if !answered || choice >= len(q.Choices) || !q.Choices[choice].Correct {
			return i, true
		}
	}
	return 0, false
}

// choiceOf reads a letter or a number as a choice, from 0.
func choiceOf(word string) (int, bool) {
	if n, err := strconv.Atoi(word); err == nil {
		return n - 1, true
	}
	if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
		return int(word[0] - 'a'), true
	}
	return 0, false
}

// answer takes "b", and "2 b" for the second question of the page.
func (s *session) answer(arguments []string) error {
	all := blocks[lessons.Quiz](s.pages[s.at].Page)
	number, _ := s.question()
	if len(arguments) == 2 {
		n, err := strconv.Atoi(arguments[0])
		if err != nil || n < 1 || n > len(all) {
			s.out.say(fmt.Sprintf("There is no question %q on this page; it has %d.", arguments[0], len(all)))
			return nil
		}
		number, arguments = n-1, arguments[1:]
	}
	if len(all) == 0 {
		s.out.say("There is no question on this page.")
		return nil
	}
	q := all[number]
	choice, ok := -1, false
	if len(arguments) == 1 {
		choice, ok = choiceOf(strings.ToLower(arguments[0]))
	}
	if !ok || choice < 0 || choice >= len(q.Choices) {
		n := len(q.Choices)
		s.out.say(fmt.Sprintf("Question %d has the answers a to %c, or 1 to %d.", number+1, rune('a'+n-1), n))
		return nil
	}
	verdict := "Not right."
	if q.Choices[choice].Correct {
		verdict = "Right."
	}
	told := fmt.Sprintf("Question %d, answer %d: %s %s", number+1, choice+1, verdict, q.Choices[choice].Why)
	s.out.lines(markdown(told, s.out.width))
	s.answered(number, choice, q.Choices[choice].Correct)
	return nil
}

// labIDs are the ids of all labs, for a sentence.
func (s *session) labIDs() string {
	var ids []string
	for _, l := range s.Labs {
		ids = append(ids, l.ID)
	}
	return strings.Join(ids, ", ")
}
