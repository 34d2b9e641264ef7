package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server"
	"github.com/aetutor/aetutor/tui/lab"
)

const serveHelp = `Serves the workshop over SSH: a learner runs ssh -p 2222 HOST and is in it, with nothing installed. Their public key
is who they are. ssh HOST help lists what can be run without a screen.

The state directory keeps the server's own key, the learners and their progress; a second start finds everything as it
was. Learners' exercises are built and run on this machine, in a jail; where a part of it is missing none is checked, and
the log says what to do (aetutor doctor too). It ends by SIGTERM or ctrl+c: learners are warned first.`

func newServeCommand(backend *string) *cobra.Command {
	c := server.Config{
		Listen: ":2222", State: defaultState(), CheckWorkers: runtime.NumCPU(),
		Limits: server.DefaultLimits(),
	}
	var check, asJSON bool
	var lessonsDir string
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Serve the workshop to a class over SSH",
		Long:    serveHelp,
		Example: "aetutor serve --listen :2222 --teacher teachers.pub --invitation spring-class",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(emptyFlags(cmd), c.Check()); err != nil {
				return usageError{err}
			}
			all, err := loadLessons(lessonsDir)
			if err != nil {
				return err
			}
			terms, err := loadGlossary(lessonsDir, all)
			if err != nil {
				return err
			}
			log := newLog(cmd.ErrOrStderr(), asJSON)
			w := server.Workshop{Lessons: all, Glossary: terms}
			if err := addChecks(cmd.Context(), &w, c, log); err != nil {
				return err
			}
			if check {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "the configuration is in order")
				return err
			}
			return serve(cmd, c, w, *backend, log)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.Listen, "listen", c.Listen, "address to listen at")
	flags.StringVar(&c.State, "state", c.State, "directory of the host key, the learners and their progress")
	flags.StringVar(&c.Metrics, "metrics", "", "loopback address of Prometheus metrics, as 127.0.0.1:9222")
	flags.StringVar(&c.Allow, "allow", "", "file in authorized_keys format; only its keys come in")
	flags.StringVar(&c.Invitation, "invitation", "", "code that a key has to tell on its first visit")
	flags.StringVar(&c.Teachers, "teacher", "", "file in authorized_keys format; its keys see the class")
	flags.IntVar(&c.CheckWorkers, "check-workers", c.CheckWorkers, "exercises that are checked at once")
	flags.BoolVar(&c.UnsafeChecks, "unsafe-checks", false,
		"check exercises also where this machine cannot confine learners' programs")
	flags.StringVar(&lessonsDir, "lessons", "", "read the lessons from a directory")
	flags.BoolVar(&check, "check-config", false, "say what is wrong with the flags and files, and end")
	flags.BoolVar(&asJSON, "log-json", false, "write the log as JSON lines")
	l := &c.Limits
	flags.IntVar(&l.Sessions, "max-sessions", l.Sessions, "sessions at once")
	flags.IntVar(&l.Labs, "max-labs", l.Labs, "labs open at once; who comes later waits in line")
	flags.IntVar(&l.Checks, "max-checks", l.Checks, "checks of exercises that wait in line")
	flags.IntVar(&l.PerKey, "max-per-key", l.PerKey, "sessions at once with one key")
	flags.IntVar(&l.PerAddress, "max-per-address", l.PerAddress, "connections at once from one address")
	flags.IntVar(&l.NewPerMin, "max-new-per-minute", l.NewPerMin, "new connections a minute from one address")
	flags.IntVar(&l.AuthTries, "auth-tries", l.AuthTries, "keys that a connection may offer")
	flags.DurationVar(&l.Handshake, "handshake-time", l.Handshake, "from the connection to the start of a session")
	flags.DurationVar(&l.Idle, "idle-time", l.Idle, "without a key, until a session ends")
	flags.DurationVar(&l.Warning, "idle-warning", l.Warning, "how long before that the learner is told")
	flags.Int64Var(&l.Memory, "max-session-memory", l.Memory, "bytes that a network may take in a session while it trains")
	flags.Int64Var(&l.BytesIn, "max-bytes-in", l.BytesIn, "bytes that a connection may send")
	flags.Int64Var(&l.BytesOut, "max-bytes-out", l.BytesOut, "bytes that are sent to a connection")
	flags.DurationVar(&l.Grace, "grace", l.Grace, "from the signal to stop until sessions are closed")
	return cmd
}

// defaultState is where a server keeps its state unless a flag says it: beside the progress of this machine. It is "" where
// there is no place for that, as without a home directory.
func defaultState() string {
	path, err := progress.DefaultPath()
	if err != nil {
		return "" // Config.Check asks for the flag.
	}
	return filepath.Join(filepath.Dir(path), "serve")
}

// emptyFlags refuses flags that keep people out when their value is empty, as that of a shell's variable that is not set.
// The server would be open to everybody otherwise.
func emptyFlags(cmd *cobra.Command) error {
	var wrong []error
	for _, name := range []string{"allow", "invitation", "teacher"} {
		if f := cmd.Flags().Lookup(name); f.Changed && f.Value.String() == "" {
			wrong = append(wrong, fmt.Errorf("--%s: is empty; give it a value, or leave the flag out", name))
		}
	}
	return errors.Join(wrong...)
}

func newLog(w io.Writer, asJSON bool) *slog.Logger {
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// serve opens what all sessions share besides the lessons and serves until the program is told to end.
func serve(cmd *cobra.Command, c server.Config, w server.Workshop, backend string, log *slog.Logger) error {
	if err := os.MkdirAll(c.State, 0o700); err != nil {
		return fmt.Errorf("making the state directory: %w", err)
	}
	store, notice, err := progress.Open(filepath.Join(c.State, "progress.db"))
	if notice != "" {
		log.Warn(notice)
	}
	if err != nil {
		return err
	}
	// The process ends with the server, so the backend is left to it: a lab may still be in its last step.
	env, _ := newLabEnv(backend, nil)
	w.Store, w.Version = store, version()
	w.OpenLab = func(share *engine.Share, block lessons.Lab) (lab.Screen, error) {
		return openLab(env.For(share), block)
	}
	for _, l := range w.Lessons {
		w.Summaries = append(w.Summaries, lessonOutline(l))
	}
	s, err := server.New(c, w, log)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	ctx := cmd.Context()
	listener, err := s.Listen(ctx)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	reserveForScreen()
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "aetutor serves at %v; its key is %s\n", listener.Addr(), s.Fingerprint()); err != nil {
		return errors.Join(err, listener.Close(), store.Close())
	}
	return errors.Join(s.Serve(ctx, listener), store.Close())
}
