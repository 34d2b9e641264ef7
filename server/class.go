package server

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aetutor/aetutor/progress"
)

// Member is what a teacher sees of a learner, and what learners see of themselves.
type Member struct {
	Name      string        `json:"name"`
	Here      bool          `json:"here"`
	Doing     string        `json:"doing"` // "reading", "lab train", or "" when not here
	Page      string        `json:"page"`  // the last place
	Pages     int           `json:"pages"` // read to the end
	Quizzes   int           `json:"quizzes"`
	Tasks     int           `json:"tasks"`
	Exercises int           `json:"exercises"` // that passed
	Percent   int           `json:"percent"`   // of all of these
	Lessons   []LessonSpent `json:"lessons"`
	Seen      time.Time     `json:"seen,omitzero"` // the latest deed
	learner   string
}

// LessonSpent is the time that a learner spent on a lesson.
type LessonSpent struct {
	Lesson  string  `json:"lesson"`
	Seconds float64 `json:"seconds"`
}

// Stuck is an exercise that people tried and did not pass yet.
type Stuck struct {
	Exercise string `json:"exercise"`
	Lesson   string `json:"lesson"`
	People   int    `json:"people"`
}

// Class is all that a teacher sees.
type Class struct {
	Here    int      `json:"here"`
	Members []Member `json:"members"`
	Stuck   []Stuck  `json:"stuck"` // most people first
}

// class gathers what is known of all learners, those who are here first.
func (s *Server) class() (Class, error) {
	var c Class
	stuck := map[string]int{}
	for _, l := range s.roster.all() {
		m, kept, err := s.member(l)
		if err != nil {
			return Class{}, err
		}
		if m.Here {
			c.Here++
		}
		c.Members = append(c.Members, m)
		for _, e := range kept.Exercises {
			if !e.Passed && e.Status != progress.Todo { // An untouched file is no try.
				stuck[e.Name]++
			}
		}
	}
	slices.SortFunc(c.Members, func(a, b Member) int {
		if a.Here != b.Here {
			return map[bool]int{true: -1, false: 1}[a.Here]
		}
		return cmp.Compare(a.Name, b.Name)
	})
	for _, l := range s.workshop.Summaries {
		for _, name := range l.Exercises {
			if n := stuck[name]; n > 0 {
				c.Stuck = append(c.Stuck, Stuck{name, l.Slug, n})
			}
		}
	}
	slices.SortStableFunc(c.Stuck, func(a, b Stuck) int { return cmp.Compare(b.People, a.People) })
	return c, nil
}

// member is what is known of one learner.
func (s *Server) member(l Learner) (Member, progress.Progress, error) {
	kept, err := s.workshop.Store.Load(l.ID)
	if err != nil {
		return Member{}, kept, err
	}
	m := Member{Name: l.Name, Page: kept.Place.Page, Seen: kept.Place.At, learner: l.ID}
	m.Doing, m.Here = s.hub.doing(l.ID)
	all := 0
	for _, lesson := range s.workshop.Summaries {
		sum := kept.Summarize(lesson)
		m.Pages += sum.Pages
		m.Quizzes += sum.Right
		m.Tasks += sum.Tasks
		m.Exercises += sum.Exercises
		all += len(lesson.Pages) + len(lesson.Quizzes) + len(lesson.Labs) + len(lesson.Exercises)
		if sum.Spent > 0 {
			m.Lessons = append(m.Lessons, LessonSpent{lesson.Slug, sum.Spent.Seconds()})
		}
	}
	done := m.Pages + m.Quizzes + m.Tasks + m.Exercises
	if all > 0 {
		m.Percent = 100 * done / all
	}
	return m, kept, nil
}

// WriteJSON writes a class as one indented object.
func (c Class) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(c)
}

// WriteCSV writes a line for each learner (RFC 4180). A name that a spreadsheet would take for a formula gets a quote
// before it.
func (c Class) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"name", "here", "doing", "page", "pages", "quizzes", "tasks", "exercises", "percent",
		"minutes"}); err != nil {
		return err
	}
	for _, m := range c.Members {
		name := m.Name
		if strings.ContainsAny(name[:min(1, len(name))], "=+-@") {
			name = "'" + name
		}
		if err := out.Write([]string{name, strconv.FormatBool(m.Here), m.Doing, m.Page, strconv.Itoa(m.Pages),
			strconv.Itoa(m.Quizzes), strconv.Itoa(m.Tasks), strconv.Itoa(m.Exercises), strconv.Itoa(m.Percent),
			strconv.Itoa(int(m.spent().Minutes()))}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (m Member) spent() time.Duration {
	var sum float64
	for _, l := range m.Lessons {
		sum += l.Seconds
	}
	return time.Duration(sum * float64(time.Second))
}

// Text draws a class as lines of at most width cells.
func (c Class) Text(width int) []string {
	lines := []string{fmt.Sprintf("%d here, %d in all", c.Here, len(c.Members)), ""}
	const bar = 14
	for _, m := range c.Members {
		filled := bar * m.Percent / 100
		lines = append(lines, fmt.Sprintf("%-*s %s%s %3d%%  %-32s %s", maxName, m.Name, strings.Repeat("█", filled),
			strings.Repeat("░", bar-filled), m.Percent, Clean(m.Page, 32), m.Doing))
	}
	if len(c.Stuck) > 0 {
		lines = append(lines, "", "exercises tried and not passed")
		for _, s := range c.Stuck[:min(len(c.Stuck), 10)] {
			lines = append(lines, fmt.Sprintf("%-32s %3d %s", s.Exercise, s.People, plural(s.People, "person", "people")))
		}
	}
	for i, line := range lines {
		lines[i] = Clip(line, width)
	}
	return lines
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
