package server

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Config says how a server is run.
type Config struct {
	Listen  string // address of the SSH service, ":2222"
	State   string // directory of the host key, the learners and their progress
	Metrics string // loopback address of the Prometheus metrics, "127.0.0.1:9222", or "" for none

	Allow      string // a file in authorized_keys format: only these keys come in; "" lets any key in
	Invitation string // a code that a key has to tell on its first visit; "" asks for none
	Teachers   string // a file in authorized_keys format: keys that see the class

	CheckWorkers int  // exercises that are checked at once
	UnsafeChecks bool // check them also where their programs cannot be confined

	Limits Limits
}

// Limits bound what clients may use. A limit of 0 is a mistake, not "no limit".
type Limits struct {
	Sessions   int           // at once, in all
	Labs       int           // labs open at once, in all
	Checks     int           // checks of exercises that wait, in all
	PerKey     int           // sessions at once with one key; a learner may have several
	PerAddress int           // connections at once from one address
	NewPerMin  int           // new connections a minute from one address; a hundred may come at once
	AuthTries  int           // keys that a connection may offer
	Handshake  time.Duration // from the connection to the start of a session
	Idle       time.Duration // without a key
	Warning    time.Duration // before Idle, the learner is told
	Memory     int64         // that a network may take while it trains in a session, by the engine's estimate
	BytesIn    int64         // of a connection, in all
	BytesOut   int64         // of a connection, in all
	Grace      time.Duration // from the signal to stop until sessions are closed
}

// DefaultLimits suit a class of some dozens behind one address, and a machine of 8 GB: the program and its data take some
// 100 MB, all labs together at most Labs · Memory.
func DefaultLimits() Limits {
	return Limits{
		Sessions: 250, Labs: 32, Checks: 100, PerKey: 4, PerAddress: 250, NewPerMin: 600, AuthTries: 6,
		Handshake: 20 * time.Second, Idle: 30 * time.Minute, Warning: 2 * time.Minute,
		Memory: 160 << 20, BytesIn: 64 << 20, BytesOut: 4 << 30, Grace: 10 * time.Second,
	}
}

// maxCode is how many characters a code of the class may have.
const maxCode = 48

// Check finds all mistakes of a configuration. It opens what is named, but makes nothing.
func (c Config) Check() error {
	var wrong []error
	add := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || port == "" {
		add("--listen %s: not an address; write host:port or :port, as :2222", c.Listen)
	}
	if c.Metrics != "" && !isLoopback(c.Metrics) {
		add("--metrics %s: metrics are served on this machine only; write 127.0.0.1:port", c.Metrics)
	}
	if c.State == "" {
		add("--state: name a directory for the host key, the learners and their progress; without a home directory " +
			"none is chosen by itself")
	} else if info, err := os.Stat(c.State); err == nil && !info.IsDir() {
		add("--state %s: not a directory", c.State)
	} else if err == nil && exposed(runtime.GOOS, info.Mode(), 0o022) {
		add("--state %s: others may write into it; run chmod go-w %s", c.State, c.State)
	}
	if strings.ContainsFunc(c.Invitation, unicode.IsSpace) || utf8.RuneCountInString(c.Invitation) > maxCode ||
		Clean(c.Invitation, maxCode) != c.Invitation {
		add("--invitation: a code is one word of at most %d characters, which learners can type", maxCode)
	}
	for _, file := range []struct{ flag, path string }{{"--allow", c.Allow}, {"--teacher", c.Teachers}} {
		if file.path == "" {
			continue
		}
		if _, err := readKeys(file.path); err != nil {
			add("%s %w", file.flag, err)
		}
	}
	l := c.Limits
	for _, limit := range []struct {
		flag string
		n    int64
	}{
		{"--check-workers", int64(c.CheckWorkers)}, {"--max-sessions", int64(l.Sessions)}, {"--max-labs", int64(l.Labs)},
		{"--max-checks", int64(l.Checks)}, {"--max-per-key", int64(l.PerKey)}, {"--max-per-address", int64(l.PerAddress)},
		{"--max-new-per-minute", int64(l.NewPerMin)}, {"--auth-tries", int64(l.AuthTries)},
		{"--handshake-time", int64(l.Handshake)}, {"--idle-time", int64(l.Idle)}, {"--idle-warning", int64(l.Warning)},
		{"--max-session-memory", l.Memory}, {"--max-bytes-in", l.BytesIn}, {"--max-bytes-out", l.BytesOut},
		{"--grace", int64(l.Grace)},
	} {
		if limit.n <= 0 {
			add("%s: has to be above 0", limit.flag)
		}
	}
	if l.Warning >= l.Idle {
		add("--idle-warning %v: has to be shorter than --idle-time %v", l.Warning, l.Idle)
	}
	return errors.Join(wrong...)
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (c Config) path(name string) string { return filepath.Join(c.State, name) }
