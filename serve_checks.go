package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/server"
)

// addChecks gives a workshop its exercises and what checks them, or the reason why none is checked, which is no failure:
// the lessons are of use by themselves.
func addChecks(ctx context.Context, w *server.Workshop, c server.Config, log *slog.Logger) error {
	all, err := exercises.Embedded()
	if err != nil {
		return err
	}
	w.Exercises = all
	tools, err := exercises.FindToolchain(ctx)
	if errors.Is(err, exercises.ErrNoToolchain) {
		log.Warn("exercises are not checked", "reason", err)
		w.Unchecked = "Exercises cannot be checked on this server, for it has no Go: " + err.Error() + ". Tell your teacher."
		return nil
	}
	if err != nil {
		return err
	}
	confined, err := jail.New(ctx)
	if err != nil {
		return err
	}
	if w.Unchecked = unconfined(jail.Missing(confined.Protections()), c.UnsafeChecks, log); w.Unchecked != "" {
		return nil
	}
	w.Workers, err = checkWorkers(c, tools, confined, log)
	return err
}

// unconfined says to a learner why nothing is checked where protections are missing, unless that is wanted all the same.
// The log hears of each that is missing.
func unconfined(missing []jail.Protection, unsafe bool, log *slog.Logger) string {
	var why []string
	for _, p := range missing {
		why = append(why, fmt.Sprintf("%s (%s)", p.Name, p.Note))
		log.Warn("a protection from learners' programs is missing", "protection", p.Name, "keeps", p.Does,
			"reason", p.Note, "fix", p.Fix)
	}
	switch {
	case len(missing) == 0:
		return ""
	case unsafe:
		log.Warn("exercises are checked without all protections, because of --unsafe-checks")
		return ""
	}
	log.Warn("exercises are not checked; --unsafe-checks checks them all the same")
	return "Exercises are not checked on this server, because it could not confine their programs. It lacks: " +
		strings.Join(why, ", ") + ". Tell your teacher."
}

// checkWorkers are the workers of a server, each in a directory of its own. They belong to the server's state directory,
// which no other server has.
func checkWorkers(c server.Config, tools exercises.Toolchain, confined *jail.Jail, log *slog.Logger) (
	[]server.Worker, error,
) {
	cache, ok := cacheDir()
	if !ok {
		return nil, errors.New("there is no directory to build exercises in; set AETUTOR_CACHE to one that can be written")
	}
	state, err := filepath.Abs(c.State)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(cache, "exercises")
	shared, err := exercises.NewChecker(dir, tools, confined, func(text string) { log.Info(text) })
	if err != nil {
		return nil, err
	}
	var workers []server.Worker
	sum := sha256.Sum256([]byte(state))
	for n := range c.CheckWorkers {
		w, err := shared.Worker(filepath.Join(dir, fmt.Sprintf("serve-%x", sum[:6]), fmt.Sprint(n)))
		if err != nil {
			return nil, err
		}
		workers = append(workers, w)
	}
	return workers, nil
}
