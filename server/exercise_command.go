package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/plain"
)

// sshProgram is what a learner writes before a command.
const sshProgram = "ssh HOST"

const backupFlag, jsonFlag = "--backup", "--json"

// exerciseCommands are those about exercises.
func exerciseCommands() []command {
	return []command{
		{name: "list", args: "[--json]", about: "lists the exercises and how far you are", run: runList},
		{name: "get", args: "NAME [--backup] > NAME.go", about: "writes your file of an exercise", run: runGet},
		{name: "check", args: "NAME [--json] < NAME.go", about: "keeps your file and checks it", run: runCheck},
		{name: "put", args: "NAME < NAME.go", about: "keeps your file without a check", run: runPut},
		{name: "hint", args: "NAME", about: "shows a hint, and the next when asked again", run: runHint},
		{name: "solution", args: "NAME", about: "shows the solution, after a pass or when asked twice", run: runSolution},
		{name: "reset", args: "NAME", about: "puts your file back as it was, and keeps a backup", run: runReset},
	}
}

// exercise is the exercise that a call names, whether it has one of some flags, and the mistake in the call if there is one.
func (c call) exercise(flags ...string) (e exercises.Exercise, flagged bool, err error) {
	var names []string
	for _, word := range c.args {
		if slices.Contains(flags, word) {
			flagged = true
		} else {
			names = append(names, word)
		}
	}
	if len(names) != 1 {
		return e, flagged, usage{"name one exercise; list lists them"}
	}
	all := c.server.workshop.Exercises
	e, ok := exercises.Find(all, strings.TrimSuffix(names[0], ".go"))
	if !ok {
		return e, flagged, usage{fmt.Sprintf("there is no exercise %q; there are %s", Clean(names[0], 40), exercises.Names(all))}
	}
	return e, flagged, nil
}

func runList(c call) error {
	if len(c.args) > 1 || len(c.args) == 1 && c.args[0] != jsonFlag {
		return usage{"write list or list --json"}
	}
	kept, err := c.server.workshop.Store.Load(c.learner.ID)
	if err != nil {
		return err
	}
	return plain.List(c.session, c.server.workshop.Exercises, kept, fileName, len(c.args) == 1)
}

func runGet(c call) error {
	e, backup, err := c.exercise(backupFlag)
	if err != nil {
		return err
	}
	source, kept, err := c.server.files.read(c.learner.ID, e)
	switch {
	case backup:
		source, err = c.server.files.backup(c.learner.ID, e)
	case !kept:
		// The file tells how to check it at home.
		source = bytes.Replace(source, []byte("aetutor check "+e.Name), []byte(checkCommand(e)), 1)
	}
	if err != nil {
		return err
	}
	_, err = c.session.Write(source)
	return err
}

// checkCommand checks a file of the learner's machine.
func checkCommand(e exercises.Exercise) string {
	return fmt.Sprintf("%s check %s < %s", sshProgram, e.Name, fileName(e))
}

func runPut(c call) error {
	e, _, err := c.exercise()
	if err != nil {
		return err
	}
	source, err := readSource(c.ctx, c.session, e)
	if err != nil {
		return err
	}
	if len(source) == 0 {
		return usage{fmt.Sprintf("no file came; write %s put %s < %s.go", sshProgram, e.Name, e.Name)}
	}
	if err := c.server.files.save(c.learner.ID, e, source); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.session, "Kept. %s check %s checks it.\n", sshProgram, e.Name)
	return err
}

// runCheck checks the file that a client sends, or the one that is kept when it sends none.
func runCheck(c call) error {
	e, asJSON, err := c.exercise(jsonFlag)
	if err != nil {
		return err
	}
	source, err := readSource(c.ctx, c.session, e)
	if err != nil {
		return err
	}
	if len(source) > 0 {
		err = c.server.files.save(c.learner.ID, e, source)
	} else {
		source, _, err = c.server.files.read(c.learner.ID, e)
	}
	if err != nil {
		return err
	}
	v, err := c.server.queue.check(c.ctx, c.learner.ID, e, source, func(place string) {
		_, _ = fmt.Fprintln(c.session.Stderr(), place) // The client may be gone.
	})
	if err != nil {
		return err
	}
	kept := plain.KeepVerdict(c.server.workshop.Store, c.learner.ID, v)
	if err := errors.Join(plain.Verdict(c.session, v, sshProgram, asJSON), kept); err != nil {
		return err
	}
	if v.Status != exercises.Pass {
		return errTold
	}
	return nil
}

func runHint(c call) error {
	e, _, err := c.exercise()
	if err != nil {
		return err
	}
	return plain.Hint(c.session, c.server.workshop.Store, c.learner.ID, e, sshProgram)
}

func runSolution(c call) error {
	e, _, err := c.exercise()
	if err != nil {
		return err
	}
	return plain.Solution(c.session, c.server.workshop.Store, c.learner.ID, e)
}

func runReset(c call) error {
	e, _, err := c.exercise()
	if err != nil {
		return err
	}
	kept, err := c.server.files.reset(c.learner.ID, e)
	if err != nil {
		return err
	}
	answer := "The file is as it was."
	if kept {
		answer += " Yours is kept until the next reset: " + backupCommand(e)
	}
	_, err = fmt.Fprintln(c.session, answer)
	return err
}

// How long a client may take to send a file, and when one that sends nothing is told what is waited for.
const (
	sourceTime   = time.Minute
	sourceNotice = 2 * time.Second
)

// readSource reads the file that a client sends. With a terminal, where no file can come, it is empty.
func readSource(ctx context.Context, sess ssh.Session, e exercises.Exercise) ([]byte, error) {
	if _, _, terminal := sess.Pty(); terminal {
		return nil, nil
	}
	type read struct {
		source []byte
		err    error
	}
	came := make(chan read, 1)
	go func() { // It ends with the session at the latest.
		source, err := io.ReadAll(io.LimitReader(sess, maxSource+1))
		came <- read{source, err}
	}()
	notice, late := time.NewTimer(sourceNotice), time.NewTimer(sourceTime)
	defer notice.Stop()
	defer late.Stop()
	for {
		select {
		case r := <-came:
			if r.err != nil {
				return nil, r.err
			}
			return r.source, checkSource(r.source)
		case <-notice.C:
			// The client may be gone.
			_, _ = fmt.Fprintf(sess.Stderr(), "Waiting for the file; send it with < %s, or end the input with ctrl+d.\n", fileName(e))
		case <-late.C:
			return nil, usage{fmt.Sprintf("no file came within %v", sourceTime)}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// errTold is an error that the client was told already.
var errTold = errors.New("the exercise does not pass")
