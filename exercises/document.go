package exercises

import (
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
)

// frontMatter is the YAML between the two --- lines at the top of exercise.md.
type frontMatter struct {
	Title   string `yaml:"title"`
	Lesson  string `yaml:"lesson"`
	Order   int    `yaml:"order"`
	Minutes int    `yaml:"minutes"`
}

// document reads exercise.md: front matter, the idea, and a section for each hint.
func (l *loader) document(file string, e *Exercise) {
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.problem(file, "%v", err)
		return
	}
	head, body, found := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "\n---\n")
	if !found || !strings.HasPrefix(string(text), "---\n") {
		l.problem(file, "it has no front matter; begin with ---, title, lesson, order, minutes, ---")
		return
	}
	var front frontMatter
	if err := yaml.UnmarshalWithOptions([]byte(head), &front, yaml.Strict()); err != nil {
		l.problem(file, "%s", strings.Join(strings.Fields(err.Error()), " "))
		return
	}
	e.Title, e.Order, e.Minutes = front.Title, front.Order, front.Minutes
	switch {
	case front.Title == "":
		l.problem(file, "it has no title")
	case front.Lesson != e.Lesson:
		l.problem(file, "its lesson is %q, its directory says %q", front.Lesson, e.Lesson)
	case front.Order < 1 || front.Order > 99:
		l.problem(file, "its order is %d; take 1 to 99", front.Order)
	case front.Minutes < 1 || front.Minutes > 60:
		l.problem(file, "it takes %d minutes; take 1 to 60", front.Minutes)
	}
	hints := make([]string, steps)
	for i, s := range sections(body) {
		switch {
		case s.text == "":
			l.problem(file, "the section %q is empty", s.title)
		case i == 0:
			e.Idea = s.text
		case numberedHint.MatchString(s.title) && s.title[5] >= '1' && s.title[5] <= '0'+steps:
			hints[s.title[5]-'1'] = s.text
		case wrongHint.MatchString(s.title):
			e.Wrong[wrongHint.FindStringSubmatch(s.title)[1]] = s.text
		default:
			l.problem(file, `there is a section %q; there are "Hint 1" to "Hint 3" and "Wrong: NAME"`, s.title)
		}
	}
	for i, hint := range hints {
		if hint == "" {
			l.problem(file, "there is no section %q", "Hint "+string(rune('1'+i)))
		}
	}
	e.Hints = hints
	l.wrongAnswers(file, e)
}

// wrongAnswers checks that the judge and the hints know the same typical wrong answers.
func (l *loader) wrongAnswers(file string, e *Exercise) {
	judged := map[string]bool{}
	for _, w := range e.judge.Wrong {
		judged[w.Name] = true
		if e.Wrong[w.Name] == "" {
			l.problem(file, "the judge knows the wrong answer %q; add the section \"# Wrong: %s\"", w.Name, w.Name)
		}
	}
	for name := range e.Wrong {
		if !judged[name] {
			l.problem(file, "the judge does not know the wrong answer %q; add it to judge/%s.go", name, e.Lesson)
		}
	}
	if len(e.Wrong) < 2 {
		l.problem(file, "it knows %d typical wrong answers; at least 2 are needed", len(e.Wrong))
	}
}

type section struct{ title, text string }

// sections divides Markdown at its top headings. The first section is what comes before any.
func sections(markdown string) []section {
	all := []section{{title: "the idea"}}
	fenced := false
	for line := range strings.Lines(markdown) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if title, ok := strings.CutPrefix(line, "# "); ok && !fenced {
			all = append(all, section{title: strings.TrimSpace(title)})
			continue
		}
		all[len(all)-1].text += line
	}
	for i := range all {
		all[i].text = strings.TrimSpace(all[i].text)
	}
	return all
}
