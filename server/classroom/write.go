package classroom

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// WriteJSON writes a class as one indented object.
func (c Class) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(c)
}

// WriteCSV writes a line for each learner (RFC 4180). A name that a spreadsheet would take for a formula gets a quote
// before it. The minutes of each lesson come last, in a column that is named after its slug.
func (c Class) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := []string{"name", "here", "doing", "page", "pages", "quizzes", "tasks", "exercises", "percent", "minutes"}
	for _, l := range c.Outline {
		header = append(header, l.Slug+" minutes")
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, m := range c.Members {
		name := m.Name
		if strings.ContainsAny(name[:min(1, len(name))], "=+-@") {
			name = "'" + name
		}
		line := []string{name, strconv.FormatBool(m.Here), m.Doing, m.Page, strconv.Itoa(m.Pages), strconv.Itoa(m.Quizzes),
			strconv.Itoa(m.Tasks), strconv.Itoa(m.Exercises), strconv.Itoa(m.Percent), wholeMinutes(m.spent())}
		for _, l := range c.Outline {
			line = append(line, wholeMinutes(m.spentOn(l.Slug).duration()))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func wholeMinutes(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) }

// Text draws a class as lines of at most width cells. The time of a member is that in the present lesson, and
// that in all.
func (c Class) Text(width int) []string {
	const bar, name, page, some = 14, 24, 32, 10
	r := ruler{ansi.WcWidth} // As terminals count who do not tell otherwise.
	lines := []string{fmt.Sprintf("%d here, %d in all", c.Here, len(c.Members)), ""}
	if len(c.Members) > 0 {
		lines = append(lines, spaces(name+bar+7)+r.fitRight("lesson", 9)+r.fitRight("in all", 9)+"  page")
	}
	for _, m := range c.Members {
		filled := bar * m.Percent / 100
		lines = append(lines, fmt.Sprintf("%s %s%s %3d%% %s%s  %s %s", r.fit(m.Name, name), strings.Repeat("█", filled),
			strings.Repeat("░", bar-filled), m.Percent, r.fitRight(minutes(m.present()), 9), r.fitRight(minutes(m.spent()), 9),
			r.fit(m.Page, page), m.Doing))
	}
	if len(c.Stuck) > 0 {
		lines = append(lines, "", "exercises tried and not passed")
		for _, s := range c.Stuck[:min(len(c.Stuck), some)] {
			lines = append(lines, r.fit(s.Exercise, 32)+r.fitRight(people(s.People), 11))
		}
	}
	for i, line := range lines {
		lines[i] = r.cut(line, width)
	}
	return lines
}
