package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/ssh"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/theme"
)

// reading is what a learner does who has no lab open.
const reading = "reading"

// framesPerSecond is how often the screen of a session may change. Fewer than at home, since each session has a timer of
// its own that wakes so often, and the way to the learner takes longer than a frame anyway.
const framesPerSecond = 40

// fault is what a learner hears whose session ends by one.
const fault = "The workshop ended by a fault of its own. What you did is kept; come back to go on."

// The largest screen that is drawn; a client may claim any size, and a frame takes memory by its cells.
const (
	maxColumns = 400
	maxRows    = 150
)

// session is one learner at one screen.
type session struct {
	key    string // fingerprint
	conn   *conn
	limits Limits

	mu      sync.Mutex
	program *tea.Program // nil while it is made
	idle    *time.Timer
	warned  bool   // that the idle time is nearly over
	missed  bool   // whether its key was not listed at the last look
	learner string // id; "" before the first visit was done, and of a teacher who watches the class
	now     presence
	goodbye string // why the server ended the session
	ended   bool
}

func (s *session) state() (learner string, now presence) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.learner, s.now
}

// join says whose session it is.
func (s *session) join(learner string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.learner, s.now = learner, presence{doing: reading}
}

// note says what the learner does now.
func (s *session) note(now presence) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// start says which program shows the session. Others know of the session before, so it may have been told to end.
func (s *session) start(program *tea.Program) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.program = program
	if s.goodbye != "" {
		go program.Quit() // It is heard once the program runs.
	}
}

// send gives the session a message; false when it is over or has no screen yet.
func (s *session) send(msg tea.Msg) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || s.program == nil {
		return false
	}
	go s.program.Send(msg) // A session that is busy must not keep the others waiting.
	return true
}

// quit ends the session and tells the learner why.
func (s *session) quit(why string) {
	s.mu.Lock()
	if s.goodbye == "" {
		s.goodbye = why
	}
	program := s.program
	s.mu.Unlock()
	if program != nil {
		go program.Quit() // A session that is busy must not keep who ends it waiting.
	}
}

// touched starts the idle time anew.
func (s *session) touched() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.warned = false
	s.idle.Reset(s.limits.Idle - s.limits.Warning)
}

// watchIdle warns a learner who is away, and then ends the session.
func (s *session) watchIdle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = time.AfterFunc(s.limits.Idle-s.limits.Warning, func() {
		s.mu.Lock()
		first := !s.warned
		s.warned = true
		if first {
			s.idle.Reset(s.limits.Warning)
		}
		s.mu.Unlock()
		if first {
			s.send(noticeMsg{fmt.Sprintf("You were away for %v. Press a key, or the session ends in %v.",
				s.limits.Idle-s.limits.Warning, s.limits.Warning)})
			return
		}
		s.quit(fmt.Sprintf("You were away for %v, so the session was closed. All that you did is kept.", s.limits.Idle))
	})
}

// interactive runs what open makes on the client's screen, until ctx ends at the latest.
func (s *Server) interactive(ctx context.Context, sess ssh.Session, pty ssh.Pty, windows <-chan ssh.Window, key string,
	open opener, log *slog.Logger,
) {
	own := &session{key: key, conn: connOf(ctx), limits: s.config.Limits}
	if refused := s.hub.enter(own, s.config.Limits); refused != "" {
		s.metrics.refused.WithLabelValues("sessions").Inc()
		_, _ = fmt.Fprintf(sess, "%s\n", refused) // A client that is gone does not read it.
		_ = sess.Exit(1)
		return
	}
	s.metrics.sessions.Inc()
	defer s.metrics.sessions.Dec()
	defer s.hub.leave(own)

	term := Clean(pty.Term, 64)
	environment := append(allowed(sess.Environ()), "TERM="+term)
	columns, rows := screenSize(pty.Window)
	program := tea.NewProgram(newShell(s, own, sess.User(), environment, open),
		tea.WithInput(silent{ctx}), tea.WithOutput(sess), tea.WithEnvironment(environment), tea.WithWindowSize(columns, rows),
		tea.WithColorProfile(colorprofile.Env(environment)), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(),
		tea.WithContext(ctx), tea.WithFilter(withoutSuspend))
	own.start(program)
	own.watchIdle()
	defer own.idle.Stop()
	go func() { // It ends with the session, which may be later than its program.
		for w := range windows {
			columns, rows := screenSize(w)
			program.Send(tea.WindowSizeMsg{Width: columns, Height: rows})
		}
	}()
	go func() { // So does this.
		err := decode(ctx, sess, term, program)
		if errors.Is(err, errLong) {
			own.quit(errLong.Error())
		} else if s.failures.of("reading what a client typed", err) != nil {
			own.quit(fault)
		}
	}()
	final, err := program.Run()
	own.mu.Lock()
	own.ended = true
	goodbye := own.goodbye
	own.mu.Unlock()
	if closer, ok := final.(interface{ Close() }); ok {
		closer.Close()
	}
	code := 0
	var broken *tui.Fault
	if shell, ok := final.(shell); ok && errors.As(shell.err(), &broken) {
		code = 1
		path, failed := broken.Save(s.config.State)
		log.Error("a session ended by a fault", "details", path, "error", errors.Join(broken, failed))
		goodbye = fault
	} else if err != nil && ctx.Err() == nil {
		log.Warn("a session ended", "error", err)
	}
	if goodbye != "" {
		_, _ = io.WriteString(sess, goodbye+"\n")
	}
	_ = sess.Exit(code) // The client may be gone.
}

// withoutSuspend ignores ctrl+z, which has no meaning on a server.
func withoutSuspend(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, suspend := msg.(tea.SuspendMsg); suspend {
		return nil
	}
	return msg
}

// screenSize is the size that a client tells, within what can be drawn. A client that tells none gets 80×24.
func screenSize(w ssh.Window) (columns, rows int) {
	if w.Width <= 0 || w.Height <= 0 {
		return tui.MinWidth, tui.MinHeight
	}
	return min(w.Width, maxColumns), min(w.Height, maxRows)
}

// allowed are the variables of a client's environment that mean something here, each once and without control characters.
func allowed(environment []string) []string {
	var out []string
	for _, name := range []string{"COLORTERM", "COLORFGBG", "LANG", "NO_COLOR", theme.ReducedMotionVariable} {
		for _, entry := range environment {
			if value, ok := strings.CutPrefix(entry, name+"="); ok {
				out = append(out, name+"="+Clean(value, 64))
				break
			}
		}
	}
	return out
}
