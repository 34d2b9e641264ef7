package find

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

func plainTheme() theme.Theme { return theme.New(theme.Dark, colorprofile.ASCII, true) }

func TestExcerptHoldsItsMatch(t *testing.T) {
	for _, test := range []struct{ text, word, want string }{
		{"short text", "text", "short text"},
		{"one two three four five six seven eight", "one", "one two three four …"},
		{"one two three four five six seven eight", "five", "…four five six seve…"},
		{"one two three four five six seven eight", "eight", "…six seven eight"},
		{"潜在空間潜在空間潜在空間 x 潜在空間潜在空間", "x", "…空間 x 潜在空間潜…"},
		{strings.Repeat("e\u0301", 30) + " x", "x", "…" + strings.Repeat("e\u0301", 17) + " x"},
	} {
		from := strings.Index(test.text, test.word)
		marks := []lessons.Word{{Folded: test.word, From: from, To: from + len(test.word)}}
		drawn := excerpt(test.text, marks, 20, plainTheme().Style(nil), plainTheme())
		if got := ansi.Strip(drawn); got != test.want || ansi.StringWidth(got) > 20 {
			t.Errorf("the excerpt of %q is %q, %d cells, want %q", test.text, got, ansi.StringWidth(got), test.want)
		}
		if !strings.Contains(drawn, "\x1b[4m\x1b[1m"+test.word) {
			t.Errorf("%q is not underlined in %q", test.word, drawn)
		}
	}
}

func TestEraseTakesACharacterWithItsMarks(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "", "ab": "a", "ae\u0301": "a", "a日": "a", "a👩‍👩‍👧": "a", "a\xff": "a",
	} {
		if got := withoutLast(text); got != want {
			t.Errorf("%q without its last character is %q, want %q", text, got, want)
		}
	}
}

// numbered is a list of rows that are 1, 2, 3, 1 … lines high, one more where they are chosen.
func numbered(rows int) List {
	return newList("list", func(string) ([]row, string) {
		all := make([]row, rows)
		for i := range all {
			all[i] = row{Target{Place: lessons.Place{Page: i}}, func(_ int, chosen bool, _ theme.Theme) []string {
				height := 1 + i%3
				if chosen {
					height++
				}
				lines := make([]string, height)
				for j := range lines {
					lines[j] = fmt.Sprintf("row %d line %d of %d", i, j, len(lines))
				}
				return lines
			}}
		}
		return all, "about"
	})
}

func TestTheChosenRowIsInView(t *testing.T) {
	l := numbered(40)
	const height = 11
	for step, stroke := range strings.Fields(strings.Repeat("down ", 45) + "pgup up pgup down pgdown " + strings.Repeat("up ", 50) + "pgdown pgdown") {
		l, _ = l.Press(keymap.Press(stroke))
		l = l.Layout(30, height, plainTheme())
		target, ok := l.Chosen()
		view := strings.Join(l.Lines(), "\n")
		for j := range 2 + target.Place.Page%3 {
			if !ok || !strings.Contains(view, fmt.Sprintf("row %d line %d of %d", target.Place.Page, j, 2+target.Place.Page%3)) {
				t.Fatalf("after step %d, %s, row %d is not wholly in view:\n%s", step, stroke, target.Place.Page, view)
			}
		}
		if len(l.Lines()) != height && step < 45 && target.Place.Page < 36 {
			t.Fatalf("after step %d the view has %d lines of %d:\n%s", step, len(l.Lines()), height, view)
		}
	}
	if target, _ := l.Chosen(); target.Place.Page == 0 {
		t.Error("pgdn does not move")
	}
	for range 60 {
		l = l.Move(1)
	}
	if target, _ := l.Chosen(); target.Place.Page != 39 {
		t.Errorf("the last row is %d", target.Place.Page)
	}
	// A view too low for a row begins with it.
	l = numbered(9).Move(2).Layout(30, 5, plainTheme())
	if got := strings.Join(l.Lines()[3:], "|"); got != "row 2 line 0 of 4|row 2 line 1 of 4" {
		t.Errorf("a low view shows %q", got)
	}
	if got := len(numbered(9).Layout(30, 2, plainTheme()).Lines()); got > 3 {
		t.Errorf("a view of 2 lines has %d", got)
	}
}

func TestClicksChooseWhatTheyPointAt(t *testing.T) {
	l := numbered(9).Layout(30, 20, plainTheme())
	for line, text := range l.Lines() {
		chosen, ok := l.Choose(line)
		if want := strings.HasPrefix(text, "row"); ok != want {
			t.Errorf("a click on %q is %v", text, ok)
		} else if target, _ := chosen.Chosen(); ok && !strings.HasPrefix(text, fmt.Sprintf("row %d ", target.Place.Page)) {
			t.Errorf("a click on %q chooses row %d", text, target.Place.Page)
		}
	}
	for _, line := range []int{-1, 99} {
		if _, ok := l.Choose(line); ok {
			t.Errorf("a click on line %d chooses a row", line)
		}
	}
}

func TestWhatIsTypedIsBoundedAndShows(t *testing.T) {
	list := numbered(3).Type("a\u202eb\u2066\u200bc\x1b\x07\r\nd\ufffd")
	if want := "abc  d"; list.query != want {
		t.Errorf("the query is %q, want %q", list.query, want)
	}
	list = list.Type(strings.Repeat("潜", 5000)).Type("x")
	if got := len([]rune(list.query)); got != mostLetters {
		t.Errorf("%d letters are kept, want %d", got, mostLetters)
	}
}
