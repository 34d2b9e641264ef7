package monkey

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// keys are what a keyboard sends: the keys that screens obey, most of them several times so that they come often.
func keys() []string {
	named := []string{
		"\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", // the arrows
		"\r", "\x1b", " ", "\t", "\x1b[Z", "\x7f", "\x1b[3~", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F",
	}
	rare := []string{
		"\x1b[1;2A", "\x1b[1;2B", "\x1b[1;2C", "\x1b[1;5D", "\x1b[1;6C", "\x1b[1;3A", "\x1b[2~", "\x1bOP", "\x1b[15~", // modified, functions
		"\x01", "\x02", "\x04", "\x05", "\x06", "\x08", "\x0b", "\x0c", "\x0e", "\x10", "\x12", "\x13", "\x14", "\x15", "\x17",
		"\x18", "\x19", "\x1a", "\x1c", "\x1d", "\x1f", "\x00", "\x1bx", "\x1b\x7f", // control and alt
		"\x1b[97;5u", "\x1b[97;1:3u", "\x1b[57441;1u", "\x1b[27;5;9~", // the keyboards of kitty and xterm
	}
	all := append(rare, named...)
	all = append(all, named...)
	for _, letters := range []string{"0123456789", "abcdef", "abcdef", "?/gehjklnprstwxyzio+-=<>[]{}.,_m", "/", "g", "e", "?"} {
		all = append(all, strings.Split(letters, "")...)
	}
	return all
}

// oddities are texts that are drawn otherwise than they count, or not at all, or that a terminal would obey.
func oddities() []string {
	return []string{
		"潜在空間", "ｗｉｄｅ", "한국어", "👩‍👩‍👧", "🇩🇪", "👍🏽", "❤️", "e\u0301", "\u0301", strings.Repeat("\u0316", 40), "שלום", "مرحبا",
		"\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\ufffd", "\U000e0041", "\u0378", "\ue000",
		"\xff", "\xc3", "\xed\xa0\x80", "\x9b31m", "\u009b5m", "\u0085", "\u0090", "\x07", "\x0e", "\x7f",
		"\x1b[5mblink", "\x1b]0;monkey\x07", "\x1b]52;c;bW9ua2V5\x07", "\x1b[?47h", "\x1bc", "\x1b[2J", "\x1bP+q544e\x1b\\",
	}
}

// answers are what terminals tell, asked or not, and things that look like it.
func answers() []string {
	return []string{
		"\x1b[I", "\x1b[O",
		"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:0000/0000/0000\x07", "\x1b]11;#fff\x07", "\x1b]11;\x07", "\x1b]11;rgb:zz\x07",
		"\x1b]10;rgb:1/2/3\x07", "\x1b]12;red\x07", "\x1b]52;c;bW9ua2V5\x07", "\x1b]4;1;rgb:ff/00/00\x07",
		"\x1b[?62;22c", "\x1b[>1;10;0c", "\x1bP>|kitty(0.42.1)\x1b\\", "\x1bP>|\x1b\\", "\x1bP1+r524742=\x1b\\",
		"\x1b[?2026;2$y", "\x1b[?2027;2$y", "\x1b[?2027;0$y", "\x1b[?2048;1$y", "\x1b[?31u", "\x1b[5;7R", "\x1b[?997;2n",
		"\x1b_Gi=1;OK\x1b\\", "\x1b_Gi=1;ENOENT:\x1b\\",
		"\x1b[", "\x1b[<", "\x1b[<0;", "\x1bO", "\x1b]", "\x1bP", "\x1b_", "\x1b[999999999999;1A", "\x1b[<0;99999999999;1M", "\x1b[M\x00\x00\x00",
		"\x1b[200~", "\x1b[201~", "\x1b\x1b\x1b", "\x1b[1;;;;A", "\x1b[>99;99m", "\x1b[38;5m",
	}
}

// sizes are sizes of terminals: more of those that the screens are made for, so that most steps are seen.
func sizes() []Size {
	usual := []Size{{80, 24}, {80, 24}, {80, 24}, {120, 40}, {120, 40}, {100, 30}, {200, 60}, {81, 25}, {137, 24}, {80, 71}}
	return append(usual, Size{0, 0}, Size{1, 1}, Size{3, 200}, Size{200, 3}, Size{500, 200}, Size{79, 24}, Size{80, 23}, Size{0, 24}, Size{80, 0}, Size{2, 2})
}

// random makes steps. What may end the program is a step alone: the library's reader of keys would wait forever for
// somebody who takes what follows.
type random struct {
	*rand.Rand
	size   Size // of the terminal after the steps so far
	events int  // how many events the App has
}

func pick[T any](r random, from []T) T { return from[r.IntN(len(from))] }

func (r *random) step() Step {
	if r.size.Width < 80 || r.size.Height < 24 {
		if r.IntN(3) == 0 { // Nothing happens on a screen that is too small.
			return r.resize(Size{80, 24})
		}
	}
	switch n := r.IntN(100); {
	case n < 62:
		return Step{Input: pick(*r, keys())}
	case n < 67:
		return Step{Input: string(rune(' ' + r.IntN(95)))}
	case n < 73:
		return Step{Input: pick(*r, oddities())}
	case n < 83:
		return Step{Input: r.mouse()}
	case n < 87:
		return Step{Paste: r.paste()}
	case n < 91:
		return r.resize(pick(*r, sizes()))
	case n < 95:
		return Step{Input: pick(*r, answers())}
	case n < 98 || r.events == 0:
		return Step{Wait: pick(*r, []time.Duration{time.Millisecond, 40 * time.Millisecond, time.Second, 10 * time.Second, time.Hour})}
	}
	return Step{Event: 1 + r.IntN(r.events)}
}

func (r *random) resize(to Size) Step {
	r.size = to
	return Step{Resize: &to}
}

// mouse is an event of the mouse anywhere on the screen or, seldom, beside it.
func (r *random) mouse() string {
	x, y := 1+r.IntN(max(r.size.Width, 1)), 1+r.IntN(max(r.size.Height, 1))
	if r.IntN(20) == 0 {
		x, y = pick(*r, []int{0, -1, x + r.size.Width, 65536}), pick(*r, []int{0, y, 9999})
	}
	button := pick(*r, []int{0, 0, 0, 0, 0, 1, 2, 32, 34, 35, 64, 65, 65, 66, 67, 4, 8, 16, 20, 128, 160, 255})
	return fmt.Sprintf("\x1b[<%d;%d;%d%c", button, x, y, pick(*r, []rune("MMMm")))
}

func (r *random) paste() *Paste {
	text := pick(*r, append(oddities(), "a", "king - man + woman = queen", "func f() {\r\n\treturn\r\n}\r\n", "\r", "\n", "\t", "loss ", "é", "}\n"))
	return &Paste{text, pick(*r, []int{1, 1, 1, 2, 10, 200, 20000})}
}
