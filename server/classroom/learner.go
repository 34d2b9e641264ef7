package classroom

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/widget"
)

// The lines of a learner's view over and under its lessons.
const (
	overLessons  = 6
	underLessons = 4
)

// lessonsHeight is how many lessons of a learner are in view.
func (m Model) lessonsHeight() int { return max(m.bodyHeight()-overLessons-underLessons, 1) }

// learnerLines draws where the chosen learner is, and lesson by lesson what they did.
func (m Model) learnerLines(now time.Time) []string {
	o := m.shown[m.at]
	muted := m.theme.Style(m.theme.Muted)
	label := func(text string) string { return muted.Render(spaces(margin) + m.ruler.fit(text, 8)) }
	lesson, number, page := m.class.place(o)
	where := "nothing read yet"
	if o.Page != "" {
		where = strings.TrimSpace(lesson + "  " + number + " " + page)
	}
	seen := "now"
	if !o.Here {
		seen = ago(o.Seen, now)
	}
	const bar = 20
	lines := []string{
		label("page") + where,
		label("time") + fmt.Sprintf("%s in this lesson, %s in all", minutes(o.present()), minutes(o.spent())),
		label("seen") + seen,
		label("done") + widget.Progress(float64(o.Percent)/100, bar, m.theme) + fmt.Sprintf(" %3d%%", o.Percent),
		"",
	}
	wide := m.lessonWidth()
	heading := m.ruler.lessonRow(wide, "", "lesson", "pages", "questions", "labs", "exercises", "time")
	lines = append(lines, muted.Render(heading))
	top, height := min(m.lessonTop, max(len(m.class.Outline)-m.lessonsHeight(), 0)), m.lessonsHeight()
	end := min(top+height, len(m.class.Outline))
	all, of := LessonSpent{}, Lesson{}
	for i, l := range m.class.Outline {
		own := o.spentOn(l.Slug)
		if i >= top && i < end {
			lines = append(lines, m.lessonLine(wide, l, own, l.Slug == o.lesson()))
		}
		all = LessonSpent{"", all.Seconds + own.Seconds, all.Pages + own.Pages, all.Quizzes + own.Quizzes,
			all.Tasks + own.Tasks, all.Exercises + own.Exercises}
		of.Pages, of.Exercises = append(of.Pages, l.Pages...), append(of.Exercises, l.Exercises...)
		of.Quizzes, of.Labs = of.Quizzes+l.Quizzes, of.Labs+l.Labs
	}
	of.Title = "in all"
	more := ""
	if top > 0 || end < len(m.class.Outline) {
		more = fmt.Sprintf("  lessons %d to %d of %d", top+1, end, len(m.class.Outline))
	}
	lines = append(lines, m.totalLine(wide, of, all), muted.Render(more))
	if len(o.Tried) == 0 {
		return lines
	}
	var tried []string
	for _, name := range o.Tried {
		tried = append(tried, m.class.exercise(name))
	}
	slices.Sort(tried)
	text := "tried and not passed: " + strings.Join(tried, ", ")
	wrapped := strings.Split(ansi.Wrap(text, m.width-2*margin, ""), "\n")
	for _, line := range wrapped[:min(len(wrapped), underLessons-2)] {
		lines = append(lines, spaces(margin)+line)
	}
	return lines
}

// lessonWidth is how wide the titles of lessons are in a learner's view.
func (m Model) lessonWidth() int {
	wide := len("lesson")
	for _, l := range m.class.Outline {
		wide = max(wide, m.ruler.width(l.label()))
	}
	return min(wide, m.width-52)
}

// lessonRow lays the cells of a lesson under those of the others.
func (r ruler) lessonRow(wide int, mark, lesson, pages, questions, labs, exercises, spent string) string {
	return r.fit(mark, margin) + r.fit(lesson, wide) + r.fitRight(pages, 9) + r.fitRight(questions, 11) +
		r.fitRight(labs, 7) + r.fitRight(exercises, 11) + r.fitRight(spent, 10)
}

// deedCells are how much of a lesson is done, as counts. What the lesson does not have stays empty.
func (r ruler) deedCells(wide int, mark, label string, l Lesson, own LessonSpent) string {
	of := func(n, all int) string {
		if all == 0 {
			return ""
		}
		return fraction(n, all)
	}
	return r.lessonRow(wide, mark, label, of(own.Pages, len(l.Pages)), of(own.Quizzes, l.Quizzes), of(own.Tasks, l.Labs),
		of(own.Exercises, len(l.Exercises)), minutes(own.duration()))
}

// lessonLine draws a lesson: the one where the learner is has a mark, and those that were never opened are grey.
func (m Model) lessonLine(wide int, l Lesson, own LessonSpent, here bool) string {
	style, mark := lipgloss.NewStyle(), ""
	switch {
	case here:
		style, mark = m.theme.Style(m.theme.Accent), "▸"
	case own == LessonSpent{Lesson: l.Slug}:
		style = m.theme.Style(m.theme.Muted)
	}
	return style.Render(m.ruler.deedCells(wide, mark, l.label(), l, own))
}

func (m Model) totalLine(wide int, of Lesson, all LessonSpent) string {
	return lipgloss.NewStyle().Bold(true).Render(m.ruler.deedCells(wide, "", of.Title, of, all))
}
