package classroom

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// ruler tells how many cells a text takes. Names may hold letters of two cells and marks of none, so neither bytes nor
// runes say it; and terminals count the parts of some letters one by one, others as a whole.
type ruler struct{ method ansi.Method }

func (r ruler) width(text string) int { return r.method.StringWidth(text) }

// cut is the first cells of a text.
func (r ruler) cut(text string, cells int) string { return r.method.Truncate(text, cells, "…") }

// fit makes a text exactly so many cells wide.
func (r ruler) fit(text string, cells int) string {
	text = r.cut(text, cells)
	return text + spaces(cells-r.width(text))
}

// fitRight is fit for what stands at the right end of its column, as numbers do.
func (r ruler) fitRight(text string, cells int) string {
	text = r.cut(text, cells)
	return spaces(cells-r.width(text)) + text
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

func fraction(n, of int) string { return fmt.Sprintf("%d/%d", n, of) }

func (l Lesson) label() string { return fmt.Sprintf("%d %s", l.Number, l.Title) }

// timeWidth is how many cells minutes takes at most, below some years.
const timeWidth = 6

// minutes tells a time: "0 min", "59 min", "1 h 05", "9 h 59", "10 h", "100 h".
func minutes(d time.Duration) string {
	whole := int(d.Minutes())
	switch {
	case whole < 60:
		return strconv.Itoa(whole) + " min"
	case whole < 10*60:
		return fmt.Sprintf("%d h %02d", whole/60, whole%60)
	}
	return strconv.Itoa(whole/60) + " h"
}

// ago tells how long ago somebody was seen, in at most 13 cells.
func ago(seen, now time.Time) string {
	const day = 24 * time.Hour
	d := now.Sub(seen)
	switch {
	case seen.IsZero():
		return "read nothing"
	case d < time.Minute:
		return "just left"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d/day))
}

// Count tells how many of something there are: "1 person", "2 people".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func people(n int) string { return Count(n, "person", "people") }
