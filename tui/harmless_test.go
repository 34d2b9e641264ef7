package tui

import (
	"testing"

	"github.com/aetutor/aetutor/lessons"
)

func TestALineHoldsNothingThatATerminalObeys(t *testing.T) {
	for line, want := range map[string]string{
		"plain ─ 潜在 e\u0301 👩‍👩‍👧":                        "plain ─ 潜在 e\u0301 👩‍👩‍👧",
		"\x1b[38;5;31;1mbold\x1b[m":                       "\x1b[38;5;31;1mbold\x1b[m",
		"\x1b]8;;https://go.dev\x1b\\Go\x1b]8;;\x1b\\":    "\x1b]8;;https://go.dev\x1b\\Go\x1b]8;;\x1b\\",
		"a\x1b[2Jb\x1b[31mc\x1b]0;title\x07d":             "ab\x1b[31mcd",
		"a\x1bcb\x1b[?1049lc":                             "abc",
		"a\x1b[31":                                        "a",
		"a\rb\tc\x00d\x7fe\u0085f\x9b31mg\xffh":           "abcdefgh",
		"a\u202eb\u2066c\u2028d e\u202e\u0301":            "abcd e\u0301",
		"\x1bP+q544e\x1b\\a\x1b_Gi=1\x1b\\b\x1b^x\x1b\\c": "abc",
	} {
		if got := harmless(line); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}

func TestTheTitleOfTheWindowIsText(t *testing.T) {
	m := New(Options{Unicode: true, Lessons: []lessons.Lesson{{Title: "a\x1b]0;b\x07c\u202e", Pages: []lessons.Page{{ID: "a/a"}}}}})
	if title := m.View().WindowTitle; title != "aetutor: a]0;bc" {
		t.Errorf("the title is %q", title)
	}
}
