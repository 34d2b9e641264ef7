package editor

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

// press presses keys; what is no name of a key is typed.
func press(e *Editor, strokes ...string) {
	for _, stroke := range strokes {
		if key := keymap.Press(stroke); key.Code != 0 {
			e.Press(key)
			continue
		}
		for _, r := range stroke {
			e.Press(keymap.Press(string(r)))
		}
	}
}

func TestEditing(t *testing.T) {
	for name, test := range map[string]struct {
		text    string
		strokes []string
		want    string
	}{
		"typing":              {"", []string{"a", "b", "space", "c"}, "ab c"},
		"a block":             {"", []string{"func f() {", "enter", "x()", "enter", "}"}, "func f() {\n\tx()\n}"},
		"indent is kept":      {"\t\ta", []string{"end", "enter", "b"}, "\t\ta\n\t\tb"},
		"a call over lines":   {"f(", []string{"end", "enter", "x,"}, "f(\n\tx,"},
		"a brace in text":     {"a", []string{"end", "}"}, "a}"},
		"tab and back":        {"a", []string{"tab", "tab", "shift+tab"}, "\ta"},
		"backspace joins":     {"a\nb", []string{"down", "home", "backspace"}, "ab"},
		"delete joins":        {"a\nb", []string{"end", "delete"}, "ab"},
		"backspace at start":  {"a", []string{"backspace"}, "a"},
		"delete at the end":   {"a", []string{"end", "delete"}, "a"},
		"wide characters":     {"x′²", []string{"end", "backspace", "left", "!"}, "x!′"},
		"delete a line":       {"a\nb\nc", []string{"down", "ctrl+k"}, "a\nc"},
		"delete the last":     {"a\nb", []string{"down", "ctrl+k", "ctrl+k"}, "a\n"},
		"select and type":     {"abc", []string{"shift+right", "shift+right", "x"}, "xc"},
		"select all":          {"abc\ndef", []string{"ctrl+a", "x"}, "x"},
		"a move ends it":      {"abc", []string{"ctrl+a", "left", "x"}, "abxc"},
		"erase a selection":   {"abc", []string{"shift+end", "backspace"}, ""},
		"words":               {"one two()", []string{"ctrl+right", "ctrl+right", "!", "ctrl+left", "?"}, "one ?two!()"},
		"over a short line":   {"abcd\n\nabcd", []string{"end", "down", "down", "!"}, "abcd\n\nabcd!"},
		"up beyond the start": {"ab", []string{"end", "up", "!"}, "!ab"},
		"down beyond the end": {"ab", []string{"down", "!"}, "ab!"},
		"undo a word":         {"", []string{"one", "space", "two", "ctrl+z"}, "one"},
		"undo all":            {"x", []string{"a", "enter", "b", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z"}, "x"},
		"redo":                {"", []string{"a", "enter", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y", "ctrl+y"}, "a\n"},
		"typing ends redo":    {"", []string{"a", "ctrl+z", "b", "ctrl+y"}, "b"},
		"undo of a selection": {"abc", []string{"ctrl+a", "x", "ctrl+z"}, "abc"},
		"indent lines":        {"a\n\nb\nc", []string{"shift+down", "shift+down", "shift+right", "tab"}, "\ta\n\n\tb\nc"},
		"lines before a line": {"a\nb\nc", []string{"shift+down", "shift+down", "tab", "tab"}, "\t\ta\n\t\tb\nc"},
		"dedent lines":        {"\t\ta\nb\n\tc", []string{"ctrl+a", "shift+tab"}, "\ta\nb\nc"},
		"undo of lines":       {"a\nb", []string{"ctrl+a", "tab", "ctrl+z"}, "a\nb"},
		"dedent at the end":   {"\tab", []string{"end", "shift+tab", "c"}, "abc"},
		"dedent at the start": {"a\n\tb", []string{"down", "shift+tab", "c"}, "a\ncb"},
		"keys are no text":    {"a", []string{"ctrl+v", "ctrl+x", "insert"}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			e := New(test.text)
			press(e, test.strokes...)
			if e.Text() != test.want {
				t.Errorf("the text is %q, want %q", e.Text(), test.want)
			}
		})
	}
}

func TestThereIsAnEnd(t *testing.T) {
	e := New(strings.Repeat("x", MaxSize))
	for _, stroke := range []string{"a", "enter", "tab"} {
		press(e, stroke)
		if len(e.Text()) != MaxSize || !strings.Contains(e.Notice(), "full") {
			t.Errorf("after %s it has %d bytes and says %q", stroke, len(e.Text()), e.Notice())
		}
	}
	press(e, "ctrl+a", "a")
	if e.Text() != "a" {
		t.Errorf("a full text is not replaced: %d bytes", len(e.Text()))
	}
}

func TestWhatIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"ok\r\n\tfine": "", "a\x1b[31mb": "1 control", "a\u202eb": "1 control", "a\xffb": "no UTF-8",
		"\ufeffa mark at the start": "", "a\ufeffb": "1 control",
		strings.Repeat("x", MaxSize+1): "65 KiB",
	} {
		if why := Refused(text); (want == "") != (why == "") || !strings.Contains(why, want) {
			t.Errorf("%.20q: it says %q, want %q", text, why, want)
		}
	}
}

// TestUndoAfterAnything presses keys at random and takes all back.
func TestUndoAfterAnything(t *testing.T) {
	const text = "package p\n\nfunc f(x int) {\n\treturn // ′²\n}\n"
	r := rand.New(rand.NewPCG(1, 2))
	var strokes []string
	for _, k := range Keys() {
		if k.Action != undo && k.Action != redo && k.Action != Check && k.Action != Leave && k.Action != Save {
			strokes = append(strokes, k.Strokes[0], "shift+"+k.Strokes[0])
		}
	}
	strokes = append(strokes, "a", "}", "{", "β")
	th := theme.New(theme.Dark, colorprofile.TrueColor, true)
	for round := range 200 {
		e := New(text)
		for range 60 {
			press(e, strokes[r.IntN(len(strokes))])
			for i, line := range e.Lines(24, 4, th) {
				if ansi.StringWidth(line) > 24 {
					t.Fatalf("round %d: line %d is %d cells wide", round, i, ansi.StringWidth(line))
				}
			}
			if b := e.buffer; b.cursor < 0 || b.cursor > len(b.text) {
				t.Fatalf("round %d: the cursor is at %d of %d", round, b.cursor, len(b.text))
			}
		}
		changed := e.Text()
		for len(e.buffer.undo) > 0 {
			press(e, "ctrl+z")
		}
		if e.Text() != text {
			t.Fatalf("round %d: undone to %q", round, e.Text())
		}
		for len(e.buffer.redo) > 0 {
			press(e, "ctrl+y")
		}
		if e.Text() != changed {
			t.Fatalf("round %d: done again to %q, want %q", round, e.Text(), changed)
		}
	}
}

func TestUndoIsBounded(t *testing.T) {
	e := New("")
	for range 100 {
		press(e, "ctrl+a")
		e.Paste(strings.Repeat("x", MaxSize))
	}
	size := 0
	for _, c := range e.buffer.undo {
		size += len(c.removed) + len(c.inserted)
	}
	if size > maxUndo || len(e.buffer.undo) < 5 {
		t.Errorf("%d changes hold %d bytes", len(e.buffer.undo), size)
	}
}

// TestUndoKeepsNoWholeTexts takes a full file away character by character.
func TestUndoKeepsNoWholeTexts(t *testing.T) {
	e := New(strings.Repeat("x", MaxSize))
	press(e, "ctrl+end", "left") // At an end of the text a change copies nothing.
	heap := func() uint64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before := heap()
	for range 2000 {
		press(e, "backspace")
	}
	if after := heap(); after > before+8<<20 {
		t.Errorf("2,000 characters that can be put back hold %d MB", (after-before)>>20)
	}
	if press(e, "ctrl+z"); len(e.Text()) != MaxSize-1999 {
		t.Errorf("after undo the text has %d bytes", len(e.Text()))
	}
	e = New("")
	for range 10_000 {
		press(e, "enter", "backspace")
	}
	if n := len(e.buffer.undo); n > maxUndo/changeSize || n < 1000 {
		t.Errorf("%d changes can be undone", n)
	}
}

func TestTheCursorStaysInView(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "line %d %s end\n", i, strings.Repeat("x", 100))
	}
	e := New(text.String())
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	shows := func(what string, strokes ...string) {
		t.Helper()
		press(e, strokes...)
		if view := ansi.Strip(strings.Join(e.Lines(40, 10, th), "\n")); !strings.Contains(view, what) {
			t.Errorf("after %q the view is\n%s", strokes, view)
		}
	}
	shows("line 0")
	shows(" end", "end")
	shows("line 9 ", "home", "pgdown")
	shows("101", "ctrl+end")
	shows("line 0", "ctrl+home")
	e.MarkError(51)
	shows("✗ 51  line 50", "ctrl+g")
	e.Click(8, 0)
	press(e, "!")
	if !strings.Contains(e.Text(), "li!ne 41 ") && !strings.Contains(e.Text(), "li!ne 45 ") {
		t.Errorf("the click went to %d", e.buffer.cursor)
	}
}

func TestClasses(t *testing.T) {
	source := "package p // c\n\n// TODO: do\nvar s, n = \"if\", 12 + `raw\nfunc`\n/* x"
	of := classes(source)
	for text, want := range map[string]class{
		"package": keyword, "p //": plain, "// c": comment, "// TODO": todo, "\"if\"": literal, "12": literal,
		"func": literal, "/* x": comment,
	} {
		if got := of[strings.Index(source, text)]; got != want {
			t.Errorf("%q is of class %d, want %d", text, got, want)
		}
	}
}

// TestAnotherTextCanBeBroughtBack replaces the whole text, as when the file was changed elsewhere.
func TestAnotherTextCanBeBroughtBack(t *testing.T) {
	e := New("one\ntwo")
	press(e, "down", "right")
	e.Replace("1\r\n2β")
	if press(e, "!"); e.Text() != "1\n2!β" && e.Text() != "1\n2β!" {
		t.Errorf("the text is %q", e.Text())
	}
	if press(e, "ctrl+z", "ctrl+z", "!"); e.Text() != "one\nt!wo" {
		t.Errorf("undone it is %q", e.Text())
	}
	if e.Override("theirs"); e.Text() != "one\nt!wo" {
		t.Errorf("kept is %q", e.Text())
	}
	if press(e, "ctrl+z"); e.Text() != "theirs" {
		t.Errorf("the other is %q", e.Text())
	}
	if !Same("\ufeffa\r\nb", "a\nb") || Same("a", "b") {
		t.Error("texts are told apart by what an editor does not show")
	}
}

func TestLongLines(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	draw := func(text string, width int) string {
		lines := Draw(text, 0, width, th)
		for i, line := range lines {
			if ansi.StringWidth(line) > width {
				t.Errorf("%q: line %d is %d cells wide", text, i, ansi.StringWidth(line))
			}
			lines[i] = strings.TrimRight(ansi.Strip(line), " ")
		}
		return strings.Join(lines, "\n")
	}
	for text, want := range map[string]string{
		"\ta := f(one, two, three)": "  1      a := f(one,\n     two, three)",
		"// 像像像像像像像像像像":             "  1  // 像像像像像像\n         像像像像",
		strings.Repeat("x", 30):     "  1  xxxxxxxxxxxxxxx\n         xxxxxxxxxxx\n         xxxx",
		"fits in the row":           "  1  fits in the row",
	} {
		if got := draw(text, 20); got != want {
			t.Errorf("%q is drawn as\n%s\nwant\n%s", text, got, want)
		}
	}
	e := New("short\n" + strings.Repeat("long ", 20) + "\nx")
	if view := ansi.Strip(strings.Join(e.Lines(20, 3, th), "\n")); !strings.Contains(view, "long long long…") {
		t.Errorf("nothing tells that the line goes on:\n%s", view)
	}
}

// TestTheMarkMovesWithItsLine marks "c" of a, b, c, d and edits around it.
func TestTheMarkMovesWithItsLine(t *testing.T) {
	for name, test := range map[string]struct {
		strokes []string
		want    string
	}{
		"a line above":        {[]string{"enter"}, "c"},
		"right above":         {[]string{"down", "end", "enter", "x"}, "c"},
		"a line less":         {[]string{"ctrl+k"}, "c"},
		"in it":               {[]string{"down", "down", "x"}, "xc"},
		"below it":            {[]string{"ctrl+end", "enter"}, "c"},
		"undone":              {[]string{"ctrl+k", "enter", "ctrl+z", "ctrl+z"}, "c"},
		"with what is before": {[]string{"shift+down", "shift+down", "shift+down", "delete"}, "d"},
		"nothing is left":     {[]string{"ctrl+a", "delete"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := New("a\nb\nc\nd")
			e.MarkError(3)
			press(e, test.strokes...)
			start, end := e.buffer.bounds(e.buffer.marked)
			if got := e.Text()[start:end]; got != test.want {
				t.Errorf("marked is %q, want %q", got, test.want)
			}
		})
	}
}

// TestOnlyTheCursorsLineMovesSideways has the cursor at the end of a line that is longer than the view.
func TestOnlyTheCursorsLineMovesSideways(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	e := New("first\n" + strings.Repeat("0123456789", 4) + "\nthird")
	view := func(strokes ...string) string {
		press(e, strokes...)
		return ansi.Strip(strings.Join(e.Lines(20, 3, th), "\n"))
	}
	if got, want := view("down", "end"), "  1  first\n  2  …7890123456789 \n  3  third"; got != want {
		t.Errorf("the view is\n%s\nwant\n%s", got, want)
	}
	// The view moves on before the cursor reaches the mark.
	if got, want := view(slices.Repeat([]string{"left"}, 14)...), "  1  first\n  2  …67890123456789\n  3  third"; got != want {
		t.Errorf("the view is\n%s\nwant\n%s", got, want)
	}
	e.Click(8, 1)
	press(e, "!")
	e.Click(8, 2)
	press(e, "!")
	if got := e.Text(); !strings.Contains(got, "67!89") || !strings.Contains(got, "thi!rd") {
		t.Errorf("the clicks went elsewhere: %q", got)
	}
}
