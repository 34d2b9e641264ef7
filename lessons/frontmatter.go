package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// frontMatter is the YAML between the two --- lines at the top of a lesson file.
type frontMatter struct {
	Number  integer `yaml:"number"`
	Slug    scalar  `yaml:"slug"`
	Title   scalar  `yaml:"title"`
	Minutes integer `yaml:"minutes"`
}

// maxMinutes is what a learner may sit through in one lesson.
const maxMinutes = 240

// open reads the front matter of a lesson file and keeps the rest for pages. It is not ok when no front matter can be
// found, for then nothing after it has a meaning.
func (d *document) open(text []byte) (frontMatter, bool) {
	if !utf8.Valid(text) {
		d.problem(1, "the file is not UTF-8", "save it as UTF-8")
		return frontMatter{}, false
	}
	lines := strings.SplitAfter(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	d.total = len(lines)
	isRule := func(line string) bool { return strings.TrimRight(line, " \n") == "---" }
	if !isRule(lines[0]) {
		d.problem(1, "the file does not begin with ---", "begin with --- and the keys number, slug, title and minutes")
		return frontMatter{}, false
	}
	end := 1
	for end < len(lines) && !isRule(lines[end]) {
		end++
	}
	if end == len(lines) {
		d.problem(1, "the front matter has no end", "close it with a line ---")
		return frontMatter{}, false
	}
	// Empty lines in place of the front matter keep the line numbers of the rest.
	d.source = append(bytes.Repeat([]byte{'\n'}, end+1), strings.Join(lines[end+1:], "")...)

	var front frontMatter
	if err := decodeYAML([]byte(strings.Join(lines[1:end], "")), &front); err != nil {
		d.yamlProblem(err, 2, "the front matter has number, slug, title and minutes, one a line")
		return frontMatter{}, false
	}
	// The lines of values count from the first line after ---.
	for _, line := range []*int{&front.Number.line, &front.Slug.line, &front.Title.line, &front.Minutes.line} {
		if *line > 0 {
			*line++
		}
	}
	d.checkFrontMatter(front)
	return front, true
}

func (d *document) checkFrontMatter(front frontMatter) {
	if front.Number.line == 0 {
		d.problem(1, "the front matter has no number", "add the lesson's place in the workshop, `number: 2`")
	}
	d.require(max(front.Slug.line, 1), front.Slug.value, "the front matter has no slug", "add the directory's name without its number, `slug: …`")
	d.require(max(front.Title.line, 1), front.Title.value, "the front matter has no title", "add what the outline shows, `title: …`")
	switch minutes := front.Minutes; {
	case minutes.line == 0:
		d.problem(1, "the front matter has no minutes", "add how long a learner needs, `minutes: 30`")
	case minutes.value < 1 || minutes.value > maxMinutes:
		d.problem(minutes.line, fmt.Sprintf("the lesson takes %d minutes", minutes.value), fmt.Sprintf("write 1 to %d", maxMinutes))
	}
}

// yamlProblem adds a problem of decodeYAML in a text whose first line is the given line of the file.
func (d *document) yamlProblem(err error, first int, do string) {
	at := located{1, err.Error()}
	errors.As(err, &at)
	d.problem(first+at.line-1, at.what, do)
}
