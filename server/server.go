package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"charm.land/wish/v2"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/lab"
)

// Workshop is what a server serves. All sessions share it.
type Workshop struct {
	Lessons   []lessons.Lesson
	Glossary  []lessons.Term
	Summaries []progress.Lesson // what there is to do in each lesson
	// OpenLab makes the screen of a lab that works within the share of its session.
	OpenLab func(share *engine.Share, block lessons.Lab) (lab.Screen, error)
	Store   progress.Store
	Version string

	Exercises []exercises.Exercise
	Workers   []Worker // as many files are checked at once
	Unchecked string   // why no file is checked, in words for a learner; "" where there are workers
}

// Server serves a workshop.
type Server struct {
	config   Config
	workshop Workshop
	log      *slog.Logger
	metrics  *metrics
	failures *failures
	roster   *roster
	allowed  *keyFile
	teachers *keyFile
	gate     *gate
	hub      *hub
	ledger   *ledger
	places   *places
	files    files
	queue    *queue
	ssh      *ssh.Server
	host     gossh.PublicKey
}

// New prepares a server in the state directory, where it makes the host key if there is none.
func New(c Config, w Workshop, log *slog.Logger) (*Server, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	s := &Server{config: c, workshop: w, log: log, metrics: newMetrics(), gate: newGate(c.Limits), hub: newHub(),
		places: newPlaces(c.Limits.Labs)}
	s.failures = newFailures(log)
	s.files = files{c.path("exercises"), s.failures}
	// Whatever writes progress goes through the ledger.
	s.ledger = newLedger(w.Store, s.metrics, s.failures)
	s.workshop.Store = s.ledger
	unchecked := w.Unchecked
	if len(w.Workers) == 0 && unchecked == "" {
		unchecked = "Exercises are not checked on this server."
	}
	s.queue = newQueue(c.Limits.Checks, unchecked, s.metrics, log)
	if err := os.MkdirAll(s.files.dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the directory of learners' files: %w", err)
	}
	signer, err := hostKey(c.path("host_ed25519"))
	if err != nil {
		return nil, err
	}
	s.host = signer.PublicKey()
	if s.roster, err = openRoster(c.path("learners.json"), s.failures); err != nil {
		return nil, err
	}
	report := func(err error) { log.Error("a file of keys cannot be read", "error", err) }
	if s.allowed, err = newKeyFile(c.Allow, report); err != nil {
		return nil, err
	}
	if s.teachers, err = newKeyFile(c.Teachers, report); err != nil {
		return nil, err
	}
	s.ssh, err = wish.NewServer(
		wish.WithVersion("aetutor"),
		wish.WithPublicKeyAuth(s.authorize),
		func(server *ssh.Server) error {
			server.HostSigners = []ssh.Signer{signer}
			return nil
		},
	)
	if err != nil {
		return nil, err
	}
	s.ssh.ConnCallback = s.admit
	s.ssh.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
		return &gossh.ServerConfig{MaxAuthTries: c.Limits.AuthTries}
	}
	s.ssh.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel}
	s.ssh.ConnectionFailedCallback = func(conn net.Conn, err error) {
		log.Debug("no session came of a connection", "address", conn.RemoteAddr().String(), "error", err)
	}
	return s, nil
}

// Fingerprint is that of the host key, as clients show it.
func (s *Server) Fingerprint() string { return gossh.FingerprintSHA256(s.host) }

// Listen opens the address of the configuration.
func (s *Server) Listen(ctx context.Context) (net.Listener, error) {
	listening := net.ListenConfig{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 30 * time.Second, Interval: 10 * time.Second, Count: 3,
	}}
	listener, err := listening.Listen(ctx, "tcp", s.config.Listen)
	if err != nil {
		return nil, fmt.Errorf("listening: %w; is another server at %s, or may only root open that port?", err, s.config.Listen)
	}
	return listener, nil
}

// Serve serves until ctx ends: then it takes no new sessions, warns those that are open, and closes them after the grace
// time, or as soon as all have left.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	if s.config.Metrics != "" {
		if err := s.metrics.serve(ctx, s.config.Metrics, s.log); err != nil {
			return errors.Join(fmt.Errorf("serving the metrics: %w", err), listener.Close())
		}
	}
	working, rest := context.WithCancel(ctx)
	s.queue.start(working, s.workshop.Workers)
	defer func() {
		rest()
		s.queue.stop()
	}()
	if s.config.Allow != "" {
		go s.expel(working)
	}
	failed := make(chan error, 1)
	go func() { failed <- s.ssh.Serve(listener) }()
	s.log.Info("serving", "address", listener.Addr().String(), "host key", s.Fingerprint())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stop(context.WithoutCancel(ctx))
	// The ssh server knows the listener only once its goroutine runs, so the listener is closed here as well.
	if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("closing the listener: %w", err)
	}
	if err := <-failed; !errors.Is(err, ssh.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// farewell is how long sessions that were told to end have for their last words, and then for their last facts.
const farewell = 2 * time.Second

// stop ends all sessions. Progress is written as it happens, so nothing waits to be kept.
func (s *Server) stop(ctx context.Context) {
	s.hub.close()
	s.queue.close("The server is about to stop. Your file is kept; come back in a minute.")
	grace := s.config.Limits.Grace
	n := s.hub.say(fmt.Sprintf("The server stops in %v. All that you did is kept; come back later.", grace))
	s.log.Info("stopping", "sessions", n, "grace", grace)
	ctx, cancel := context.WithTimeout(ctx, grace+farewell)
	defer cancel()
	ending := time.AfterFunc(grace, func() {
		for _, session := range s.hub.all() {
			session.quit("The server stops. All that you did is kept.")
		}
	})
	defer ending.Stop()
	if err := s.ssh.Shutdown(ctx); err != nil {
		s.log.Warn("sessions were cut", "error", err)
	}
	if err := s.ssh.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		s.log.Warn("closing", "error", err)
	}
	// A session keeps its last facts after its connection has ended. They need the store, which is closed next.
	select {
	case <-s.hub.end():
	case <-time.After(farewell):
		s.log.Warn("sessions do not end")
	}
}

// admit looks at a connection before its handshake. One that is refused is told so in a line before the protocol's own,
// which RFC 4253, section 4.2, allows.
func (s *Server) admit(ctx ssh.Context, c net.Conn) net.Conn {
	if refused := s.gate.enter(c.RemoteAddr(), time.Now()); refused != "" {
		s.metrics.refused.WithLabelValues("address").Inc()
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = c.Write([]byte(refused + "\r\n")) // The client may be gone.
		return nil
	}
	s.metrics.connections.Inc()
	bounded := newConn(c, s.config.Limits, s.metrics, func() { s.gate.leave(c.RemoteAddr()) })
	ctx.SetValue(connKey{}, bounded)
	return bounded
}

// connKey is where a connection's context keeps the connection.
type connKey struct{}

// connOf is the connection that a context belongs to, nil where there is none.
func connOf(ctx context.Context) *conn {
	c, _ := ctx.Value(connKey{}).(*conn)
	return c
}

// authorize lets a key in. A key proves nothing before the handshake is over, so nothing is kept here.
func (s *Server) authorize(_ ssh.Context, key ssh.PublicKey) bool {
	if s.mayEnter(gossh.FingerprintSHA256(key)) {
		return true
	}
	s.metrics.refused.WithLabelValues("key").Inc()
	return false
}

// handle serves one session, whose client is there until ctx ends. windows tells the sizes that its window takes on.
func (s *Server) handle(ctx context.Context, sess ssh.Session, windows <-chan ssh.Window) {
	done, ok := s.hub.begin()
	if !ok {
		return
	}
	defer done()
	if c := connOf(ctx); c != nil {
		sess = patient{sess, func() { _ = c.Close() }} // There is nobody to tell.
	}
	fingerprint := gossh.FingerprintSHA256(sess.PublicKey())
	log := s.log.With("key", fingerprint, "address", sess.RemoteAddr().String())
	start := time.Now()
	command := sess.RawCommand() != ""
	log.Info("session begins", "command", command, "client", Clean(sess.Context().ClientVersion(), 64))
	defer func() {
		if fault := recover(); fault != nil {
			log.Error("a session failed", "fault", fault)
			_ = sess.Exit(1)
		}
		log.Info("session ends", "seconds", time.Since(start).Seconds())
	}()
	if !s.mayEnter(fingerprint) { // Its connection may be older than the file of keys is.
		_, _ = fmt.Fprintln(sess.Stderr(), removed) // The client may be gone.
		_ = sess.Exit(1)
		return
	}
	pty, _, hasScreen := sess.Pty()
	words := sess.Command()
	switch {
	case hasScreen && !command:
		s.interactive(ctx, sess, pty, windows, fingerprint, s.reader(""), log)
	case hasScreen && len(words) == 2 && words[0] == openCommand:
		s.interactive(ctx, sess, pty, windows, fingerprint, s.reader(words[1]), log)
	case hasScreen && len(words) == 1 && words[0] == classCommand && s.teachers.has(fingerprint):
		s.interactive(ctx, sess, pty, windows, fingerprint, s.watching, log)
	case command:
		s.command(ctx, sess, fingerprint)
	default:
		_ = s.help(sess) // The client may be gone.
	}
}
