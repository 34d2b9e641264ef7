package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/aetutor/aetutor/exercises"
)

// ownEditor runs the editor that $VISUAL or else $EDITOR names on an exercise's file; nil where neither names one. choice
// says which of them named what.
func ownEditor(ctx context.Context, w exercises.Workspace, e exercises.Exercise) (_ *exec.Cmd, choice string) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		editor := strings.TrimSpace(os.Getenv(variable))
		if editor == "" {
			continue
		}
		words := editorWords(runtime.GOOS, editor, w.File(e))
		cmd := exec.CommandContext(ctx, words[0], words[1:]...)
		cmd.Dir = w.Dir
		return cmd, fmt.Sprintf("%s is %s", variable, editor)
	}
	return nil, ""
}

// editorWords are the program and the arguments that open a file in an editor. As git does it, a shell reads what names
// the editor, so that it may hold arguments, quotes and variables; Windows has no such shell.
func editorWords(goos, editor, file string) []string {
	if goos != "windows" {
		return []string{"sh", "-c", editor + ` "$@"`, editor, file}
	}
	if info, err := os.Stat(editor); err == nil && info.Mode().IsRegular() {
		return []string{editor, file} // A path with blanks that nobody quoted.
	}
	return append(quotedWords(editor), file)
}

// quotedWords divides a line at its blanks, but not between double quotes, which are left out. Backslashes are part of
// paths.
func quotedWords(line string) []string {
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case (r == ' ' || r == '\t') && !quoted:
			if begun {
				words = append(words, word.String())
				word.Reset()
				begun = false
			}
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun || len(words) == 0 {
		words = append(words, word.String())
	}
	return words
}
