package plain

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"paragraph":    {"One *two* **three**\nfour.", "One two three four."},
		"paragraphs":   {"One.\n\nTwo.", "One.\n\nTwo."},
		"wrapped":      {"A sentence that is longer than thirty characters.", "A sentence that is longer than\nthirty characters."},
		"code span":    {"It is `max(0, h)` here, and long.", "It is `max(0, h)` here, and\nlong."},
		"kept code":    {"A line that is long ends `y = a · b`.", "A line that is long ends\n`y = a · b`."},
		"code quotes":  {"`* a \\n*`!", "`* a \\n*`!"},
		"formula":      {"`h = x · W + b, and this is longer than the line`", "  h = x · W + b, and this is longer than the line"},
		"formulas":     {"`a = 1`\n`b = 2`", "  a = 1\n  b = 2"},
		"heading":      {"## Before *you* go on", "Heading: Before you go on"},
		"fence":        {"```go\nfunc f() {\n\n\treturn\n}\n```", "Code in go:\n  func f() {\n\n  \treturn\n  }\nEnd of code."},
		"indented":     {"    L(x) = mean (x − x′)²", "  L(x) = mean (x − x′)²"},
		"bullets":      {"- one that is so long that it goes on\n- two", "1. one that is so long that it\n   goes on\n2. two"},
		"numbers":      {"3. three\n4. four", "3. three\n4. four"},
		"loose":        {"- one\n\n- two", "1. one\n\n2. two"},
		"nested":       {"- one\n  - inner\n- two", "1. one\n   1. inner\n2. two"},
		"empty item":   {"-\n- two", "1.\n2. two"},
		"quote":        {"> Said *so*.", "Quote:\nSaid so.\nEnd of quote."},
		"table":        {"| a | b |\n|---|--:|\n| `x` | 1 |\n| y | |", "Table with 2 rows and the\ncolumns a, b.\nRow 1. a: `x`; b: 1.\nRow 2. a: y; b: .\nEnd of table."},
		"row names":    {"| | b |\n|---|--:|\n| x | 1 |", "Table with 1 row and the\ncolumns b.\nRow 1. x; b: 1.\nEnd of table."},
		"link":         {"[text](http://x/y)", "text (http://x/y)"},
		"autolink":     {"<http://x/y>", "http://x/y"},
		"picture":      {"![a digit](x.png)", "picture: a digit"},
		"rule":         {"One.\n\n---\n\nTwo.", "One.\n\nTwo."},
		"escapes":      {"2 \\* 3 &lt; 7 &#8722; x", "2 * 3 < 7 − x"},
		"hard break":   {"One  \ntwo", "One\ntwo"},
		"html":         {"<b>bold</b>", "<b>bold</b>"},
		"nothing":      {"", ""},
		"long word":    {"averyveryverylongwordthatdoesnotfit in", "averyveryverylongwordthatdoesnotfit\nin"},
		"strange mark": {"a\u00a0b", "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(markdown(c.markdown, 30), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestControlCharactersAreTakenOut(t *testing.T) {
	if got := harmless("a\x1b[31mb\tc\u009bd\r\n"); got != "a[31mb    cd\n" {
		t.Errorf("left is %q", got)
	}
}

func TestReportsKeepTheirColumns(t *testing.T) {
	var b strings.Builder
	o := output{w: &b, width: 30}
	o.reports("n    4  loop   1.174\nthis is a line that does not   fit into the width")
	if want := "n    4  loop   1.174\nthis is a line that does not\nfit into the width\n"; b.String() != want {
		t.Errorf("written is %q, want %q", b.String(), want)
	}
}

// FuzzMarkdown: whatever a lesson holds, text comes out that a terminal cannot take for a command.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"# a\n\n- `b`\n\n| c |\n|---|\n| d |", "```\n\x1b[2J", "> 1. ![x](<y>)", "`` ` ``", "- -\n  - `\n"} {
		f.Add(seed, 30)
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		if width < leastWidth || width > 1000 {
			return
		}
		var b strings.Builder
		o := output{w: &b, width: width}
		o.lines(markdown(source, width))
		if strings.ContainsAny(b.String(), "\x1b\r\a\b\u009b") {
			t.Errorf("%q became %q", source, b.String())
		}
	})
}
