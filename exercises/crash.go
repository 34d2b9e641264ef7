package exercises

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// maxMessage bounds the lines of a message that is shown.
const maxMessage = 8

// panicText is the message of a panic and the learner's line, without the rest of the trace.
func panicText(message, stack, name, file string) string {
	message = shorten(message)
	if line := learnersLine(stack, name); line != "" {
		return fmt.Sprintf("%s:%s: %s", file, line, message)
	}
	return message
}

// learnersLine is the number of the innermost line of the learner's file in a trace, or "".
func learnersLine(stack, name string) string {
	frame := regexp.MustCompile(`(?m)^\texercise/` + name + `/` + name + `\.go:(\d+)`)
	if match := frame.FindStringSubmatch(stack); match != nil {
		return match[1]
	}
	return ""
}

// crash is the message of what the Go runtime printed when it ended a program, if it did.
func crash(stderr, name, file string) (message string, ok bool) {
	start := regexp.MustCompile(`(?m)^(panic: |fatal error: |runtime: goroutine stack exceeds)`).FindStringIndex(stderr)
	if start == nil {
		return "", false
	}
	text := stderr[start[0]:]
	message, _, _ = strings.Cut(text, "\n\n")
	message, _, _ = strings.Cut(message, "\ngoroutine ")
	message, _, _ = strings.Cut(message, "\n[signal ")
	return panicText(strings.TrimPrefix(message, "panic: "), text, name, file), true
}

func shorten(message string) string {
	lines := strings.Split(strings.TrimSpace(message), "\n")
	if len(lines) > maxMessage {
		lines = append(lines[:maxMessage], "…")
	}
	return printable(strings.Join(lines, "\n"))
}

// maxShown bounds the bytes of a text that is shown.
const maxShown = 4 << 10

// printable is a text that a learner's file or program made, without what a terminal would obey and not without end.
func printable(text string) string {
	cut := len(text) > maxShown
	if cut {
		text = text[:maxShown]
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "�") {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	if cut {
		b.WriteString("…")
	}
	return b.String()
}
