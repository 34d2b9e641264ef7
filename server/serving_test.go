package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"image/color"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/lab"
)

// patience is how long a test waits for what must come; a test that passes never waits so long.
const patience = 20 * time.Second

func workshop(tb testing.TB) Workshop {
	tb.Helper()
	store, err := progress.OpenMemory()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	page := func(id, title string) lessons.Page {
		return lessons.Page{ID: id, Title: title, Blocks: []lessons.Block{lessons.Prose{Markdown: "The text of " + title + "."}}}
	}
	all := []lessons.Lesson{
		{Number: 0, Slug: "first", Title: "First", Pages: []lessons.Page{page("first/one", "Page One"), page("first/two", "Page Two")}},
		{Number: 1, Slug: "second", Title: "Second", Pages: []lessons.Page{page("second/three", "Page Three")}},
	}
	var summaries []progress.Lesson
	for _, l := range all {
		s := progress.Lesson{Slug: l.Slug, Title: l.Title, Exercises: []string{l.Slug + "-exercise"}}
		for _, p := range l.Pages {
			s.Pages = append(s.Pages, p.ID)
		}
		summaries = append(summaries, s)
	}
	written, err := exercises.Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	var few []exercises.Exercise
	for _, name := range []string{"scores", "loss"} {
		e, ok := exercises.Find(written, name)
		if !ok {
			tb.Fatalf("there is no exercise %s", name)
		}
		few = append(few, e)
	}
	return Workshop{
		Exercises: few, Workers: []Worker{quickWorker{}},
		Lessons: all, Summaries: summaries, Store: store, Version: "test",
		OpenLab: func(*engine.Share, lessons.Lab) (lab.Screen, error) { return nil, errors.New("there are no labs here") },
	}
}

// quickWorker judges without a build.
type quickWorker struct{}

func (quickWorker) Warm(context.Context) error { return nil }

func (quickWorker) Check(_ context.Context, e exercises.Exercise, _ string, source []byte, _ uint64) (exercises.Verdict, error) {
	return judged(e, source)
}

// served is a server that runs until the test ends.
type served struct {
	*Server
	address string
	log     *lockedBuffer
	stop    func() error
}

type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

// serve starts a server at a free port of 127.0.0.1.
func serve(t *testing.T, change func(*Config)) *served {
	t.Helper()
	return serveWorkshop(t, workshop(t), change)
}

func serveWorkshop(tb testing.TB, w Workshop, change func(*Config)) *served {
	tb.Helper()
	c := Config{Listen: "127.0.0.1:0", State: tb.TempDir(), CheckWorkers: 2, Limits: DefaultLimits()}
	c.Limits.Grace = 100 * time.Millisecond
	if change != nil {
		change(&c)
	}
	log := &lockedBuffer{}
	s, err := New(c, w, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(tb.Context())
	listener, err := s.Listen(ctx)
	if err != nil {
		tb.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	stop := sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	tb.Cleanup(func() {
		if err := stop(); err != nil {
			tb.Errorf("serving: %v", err)
		}
	})
	return &served{s, listener.Addr().String(), log, stop}
}

func newKey(tb testing.TB) ssh.Signer {
	tb.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		tb.Fatal(err)
	}
	return signer
}

// keysFile writes keys in authorized_keys format.
func keysFile(tb testing.TB, keys ...ssh.Signer) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "keys")
	writeKeys(tb, path, keys...)
	return path
}

func (s *served) clientConfig(auth ...ssh.AuthMethod) *ssh.ClientConfig {
	return &ssh.ClientConfig{User: "ann", Auth: auth, HostKeyCallback: ssh.FixedHostKey(s.host), Timeout: patience}
}

func (s *served) dial(tb testing.TB, key ssh.Signer) *ssh.Client {
	tb.Helper()
	client, err := ssh.Dial("tcp", s.address, s.clientConfig(ssh.PublicKeys(key)))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = client.Close() })
	return client
}

// run runs a command and returns all that was printed and the exit code.
func (s *served) run(tb testing.TB, key ssh.Signer, command string) (out string, code int) {
	tb.Helper()
	return s.send(tb, key, command, "")
}

// send is run with an input.
func (s *served) send(tb testing.TB, key ssh.Signer, command, input string) (out string, code int) {
	tb.Helper()
	session, err := s.dial(tb, key).NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	session.Stdin = strings.NewReader(input)
	text, err := session.CombinedOutput(command)
	var exit *ssh.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitStatus()
	} else if err != nil && !errors.Is(err, io.EOF) { // The server had not waited for the input.
		tb.Fatalf("%s: %v", command, err)
	}
	return string(text), code
}

// screen is a client with a terminal.
type screen struct {
	t        *testing.T
	session  *ssh.Session
	terminal *vt.SafeEmulator
	keys     io.Writer
	drawn    chan struct{}
	ended    chan struct{}
	mu       sync.Mutex
	raw      bytes.Buffer
}

// open opens the workshop in a terminal of a size, whose background is white or black.
func (s *served) open(t *testing.T, key ssh.Signer, width, height int, light bool) *screen {
	t.Helper()
	return s.openCommand(t, key, "", width, height, light)
}

// openCommand runs a command in a terminal; "" is none.
func (s *served) openCommand(t *testing.T, key ssh.Signer, command string, width, height int, light bool) *screen {
	t.Helper()
	return s.openOn(t, s.dial(t, key), command, width, height, light)
}

// openOn is openCommand in a connection that there is.
func (s *served) openOn(t *testing.T, client *ssh.Client, command string, width, height int, light bool) *screen {
	t.Helper()
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	c := &screen{t: t, session: session, terminal: vt.NewSafeEmulator(max(width, 1), max(height, 1)), drawn: make(chan struct{}, 1),
		ended: make(chan struct{})}
	if light {
		c.terminal.SetDefaultBackgroundColor(color.White)
	}
	if c.keys, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = session.Setenv("COLORTERM", "truecolor")
	if err := session.RequestPty("xterm-256color", height, width, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	start := session.Shell
	if command != "" {
		start = func() error { return session.Start(command) }
	}
	if err := start(); err != nil {
		t.Fatal(err)
	}
	go func() { // what the terminal answers, until it is closed; once the session has ended nobody hears it
		_, _ = io.Copy(c.keys, c.terminal)
		_, _ = io.Copy(io.Discard, c.terminal)
	}()
	go func() {
		defer close(c.ended)
		buffer := make([]byte, 32<<10)
		for {
			n, err := out.Read(buffer)
			c.mu.Lock()
			c.raw.Write(buffer[:n])
			c.mu.Unlock()
			_, _ = c.terminal.Write(buffer[:n])
			select {
			case c.drawn <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = session.Close()
		// Its own Close would race with what reads its answers.
		if answers, ok := c.terminal.InputPipe().(io.Closer); ok {
			_ = answers.Close()
		}
	})
	return c
}

func (c *screen) written() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// waitFor waits until what a function looks at is as it wants.
func (c *screen) waitFor(what string, ok func() bool) {
	c.t.Helper()
	late := time.After(patience)
	for !ok() {
		select {
		case <-c.drawn:
		case <-c.ended:
			if !ok() {
				c.t.Fatalf("the session ended without %s:\n%s", what, c.text())
			}
			return
		case <-late:
			c.t.Fatalf("no %s on the screen:\n%s", what, c.text())
		}
	}
}

func (c *screen) text() string {
	lines := strings.Split(ansi.Strip(c.terminal.Render()), "\n")
	for y, line := range lines {
		lines[y] = strings.TrimRight(line, " \r")
	}
	return strings.Join(lines, "\n")
}

func (c *screen) expect(texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		c.waitFor(fmt.Sprintf("%q", text), func() bool { return strings.Contains(c.text(), text) })
	}
}

func (c *screen) press(keys string) {
	c.t.Helper()
	if _, err := io.WriteString(c.keys, keys); err != nil {
		c.t.Fatal(err)
	}
}

func (c *screen) waitEnd() {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatalf("the session does not end:\n%s", c.text())
	}
}

// tcp is a bare connection to the server.
func (s *served) tcp(t *testing.T) net.Conn {
	t.Helper()
	dialer := net.Dialer{Timeout: patience}
	c, err := dialer.DialContext(t.Context(), "tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c
}

// netAddr is a TCP address of a text.
func netAddr(text string) net.Addr {
	host, _, _ := net.SplitHostPort(text)
	return &net.TCPAddr{IP: net.ParseIP(host)}
}
