package editor

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxSize is the largest file that is edited, in bytes. No exercise needs more.
const MaxSize = 64 << 10

// clean is text as it may stand in a file: lines end in a line feed, and of control characters there are only tabs.
// left counts the characters that were left out.
func clean(text string) (cleaned string, left int) {
	text = strings.TrimPrefix(text, "\ufeff") // Some editors begin a file with this mark.
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	cleaned = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		// Cf are marks that show nothing and turn the direction of what follows; they would hide what a file says.
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			left++
			return -1
		}
		return r
	}, text)
	return cleaned, left
}

// Refused says why a file cannot be edited here, "" where it can.
func Refused(text string) string {
	if len(text) > MaxSize {
		return fmt.Sprintf("the file has %d KiB, and what is edited here may have %d", (len(text)+1023)>>10, MaxSize>>10)
	}
	if !utf8.ValidString(text) {
		return "the file is no UTF-8 text, as Go wants it"
	}
	if _, left := clean(text); left > 0 {
		return fmt.Sprintf("the file holds %d control characters, which would be lost here", left)
	}
	return ""
}

// paste puts a text in the place of what is selected, whole or not at all.
func (e *Editor) paste(text string) {
	text, left := clean(text)
	from, to := e.buffer.selection()
	if size := len(e.buffer.text) - (to - from) + len(text); size > MaxSize {
		e.notice = fmt.Sprintf("Nothing was pasted: the file would have %d KiB, and may have %d.",
			(size+1023)>>10, MaxSize>>10)
		return
	}
	e.buffer.insert(text, false)
	if left > 0 {
		e.notice = fmt.Sprintf("%d control characters of what was pasted were left out.", left)
	}
}
