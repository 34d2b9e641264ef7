package exercises

import (
	"bytes"
	"fmt"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/exercises/jail"
)

// builtBadly makes the verdict on a build that failed.
func builtBadly(v Verdict, e Exercise, res jail.Result, file string) (Verdict, bool) {
	switch {
	case res.OutOfMemory:
		return v.failed(Memory, "compiling the file took more memory than there is for it", ""), true
	case res.TimedOut || res.CPUExceeded:
		return v.failed(Timeout, fmt.Sprintf("compiling the file took more than %v", buildTime), ""), true
	case res.ExitCode == 0:
		return v, false
	}
	message := compilerMessage(string(res.Stderr)+string(res.Stdout), e.Name, file)
	return v.failed(Build, message, buildNote(message, e.Name)), true
}

// diskFault is an error where a build failed for want of room on the disk, or because the disk fails: that is no fault of
// the learner's file. The compiler maps files into memory, so it may also end by the signal for a page that has no room.
func diskFault(res jail.Result, name string) error {
	if res.ExitCode == 0 {
		return nil
	}
	own := regexp.MustCompile(`^(?:\./)?` + name + `/\S+\.go:\d+:\d+: `) // It may hold a text of the learner.
	fault := regexp.MustCompile(`(?i)no space left on device|not enough space on the disk|disk quota exceeded|` +
		`read-only file system|input/output error|unexpected fault address`)
	for line := range strings.Lines(string(res.Stderr)) {
		if line = strings.TrimSpace(line); fault.MatchString(line) && !own.MatchString(line) {
			return fmt.Errorf("building it failed: %s; is there room on the disk?", line)
		}
	}
	return nil
}

// ownLines is a file whose comments do not say that its lines come from another one: the compiler and a trace of a
// panic would name that. Every character keeps its place.
func ownLines(source []byte) []byte {
	source = bytes.Clone(source)
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", 1, len(source)), source, nil, scanner.ScanComments)
	for {
		at, kind, text := s.Scan()
		if kind == token.EOF {
			return source
		}
		if kind == token.COMMENT && (strings.HasPrefix(text, "//line ") || strings.HasPrefix(text, "/*line ")) {
			source[int(at)-1+len("//")] = '_'
		}
	}
}

// compilerMessage is what the compiler said, with the learner's file in place of its copy, and without directories of
// this machine, which is a server's where learners are strangers.
func compilerMessage(output, name, file string) string {
	excluded := regexp.MustCompile(`(?m)^package exercise/\S+\n\timports exercise/\S+: ` +
		`build constraints exclude all Go files in .*$`)
	output = excluded.ReplaceAllLiteralString(output, file+": build constraints exclude this file on this machine")
	output = regexp.MustCompile(`(is not in std) \(.*\)`).ReplaceAllString(output, "$1")
	copied := regexp.MustCompile(`(?:\./)?\b` + name + `/` + name + `\.go\b`)
	called := regexp.MustCompile(`^(?:\./)?` + name + `/call/main\.go:\d+:\d+: `)
	var lines []string
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		if rest := called.ReplaceAllString(line, ""); rest != line {
			line = file + ": the check cannot call your code: " + rest
		}
		lines = append(lines, copied.ReplaceAllLiteralString(line, file))
	}
	return shorten(strings.Join(slices.Compact(lines), "\n"))
}

// note explains a message of the compiler.
type note struct {
	message *regexp.Regexp
	text    string
}

// buildNote is what the first message that is known means, in plain words, or "".
func buildNote(message, name string) string {
	known := notes()
	for line := range strings.Lines(message) {
		for _, n := range known {
			if n.message.MatchString(line) {
				return strings.ReplaceAll(n.text, "NAME", name)
			}
		}
	}
	return ""
}

// notes are the usual mistakes of who is new to Go. The first that fits counts.
func notes() []note {
	n := func(pattern, text string) note { return note{regexp.MustCompile(pattern), text} }
	return []note{
		n(`is a program, not an importable package`, "Keep the line `package NAME` as it was."),
		n(`the check cannot call your code: undefined: `, "The check calls the function of the exercise by its name. Keep the name, with its capital letter."),
		n(`the check cannot call your code: `, "The check calls the function of the exercise. Keep its parameters and results as they were; `aetutor reset NAME` brings the file back."),
		n(`expected 'package'`, "A Go file begins with its package clause. Write `package NAME` above all imports."),
		n(`declared and not used`, "Go refuses a variable that is set and never read. Use it or delete it; `_ = x` uses it for now."),
		n(`imported and not used`, "Go refuses an import that nothing uses. Delete its line."),
		n(`undefined: `, "The compiler does not know this name. Look at the spelling, capital letters too, and whether its package is imported."),
		n(`missing return`, "The function promises a result, and one way through it has no `return`."),
		n(`not enough arguments in call|too many arguments in call`, "The call gives another number of arguments than the function takes. Compare the two lines `have` and `want`."),
		n(`not enough return values|too many return values`, "The `return` gives another number of values than the function promises in its signature."),
		n(`assignment mismatch`, "There are more names on the left of the `=` than values on the right, or fewer. A function that also returns an error gives two."),
		n(`mismatched types`, "Go does not mix types: an int with a float64, a float32 with a float64. Convert one, as in `float64(n)`."),
		n(`cannot use .* as .*Node`, "A graph function takes *Node. A plain number goes in by a function ending in Scalar, as `MulScalar(x, 2)`."),
		n(`operator .* not defined on .*Node`, "A *Node is a step of a plan, no number. Write `Add(a, b)`, `Sub`, `Mul` or `Div` in place of the sign, and for a matrix "+
			"product `Dot(a, b).Product()`."),
		n(`cannot use .* as .* value in`, "The value has another type than is asked for here. A number is converted as in `float64(n)`."),
		n(`no new variables on left side of :=`, "`:=` makes a new variable, and this one is there already. Write `=`."),
		n(`is not a type|undefined \(type .* has no field or method`, "The value has no such field or method. Look at its spelling, and at the type of what stands before the dot."),
		n(`non-boolean condition in if`, "What stands after `if` must be true or false. To compare write `==`, not `=`."),
		n(`redeclared in this block|other declaration of`, "The name is declared twice. Delete one, or name it otherwise."),
		n(`cannot (index|slice|call) |cannot range over`, "The value is no list or no function, so it cannot be used like this."),
		n(`no required module provides package|cannot find module providing|is not in std|cannot find package`, "Exercises use Go's own packages and those of GoMLX that are in `vendor`. Delete the import of the other one."),
		n(`import "C"|cgo|go:embed|go:linkname|build constraints exclude`, "Exercises are plain Go: without cgo, embedded files, linked names and build constraints."),
		n(`import cycle|use of internal package`, "Delete this import; the exercise does not need it."),
		n(`non-declaration statement outside function body`, "Outside of functions Go takes declarations only. Is there a `}` too much above it?"),
		n(`unexpected EOF|expected '?}'?`, "A `{`, `(` or `[` is not closed before the end of the file."),
		n(`syntax error: unexpected newline`, "The line ends in the middle of something. Go wants the `{` on the same line, and a comma after the last of a list that goes over several lines."),
		n(`syntax error`, "The compiler does not understand this line. Look at it, and at the one before, for a missing comma, bracket or brace."),
	}
}
