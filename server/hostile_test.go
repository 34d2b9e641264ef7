package server

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	charm "github.com/charmbracelet/ssh"
	"golang.org/x/crypto/ssh"
)

// TestResizingWhereNobodyListens changes the size of the terminal where no screen waits for it: before the session has
// begun, and while a command runs. Neither keeps what comes after from being answered, nor the connection from ending.
func TestResizingWhereNobodyListens(t *testing.T) {
	const changes = 100 // more than a connection keeps unanswered
	resize := func(session *ssh.Session) {
		for i := range changes {
			if err := session.WindowChange(24+i%2, 80); err != nil && !errors.Is(err, io.EOF) { // The command is over.
				t.Fatal(err)
			}
		}
	}
	s := serve(t, nil)
	client := s.dial(t, newKey(t))
	for _, begun := range []bool{false, true} {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
			t.Fatal(err)
		}
		if begun {
			if err := session.Start("help"); err != nil {
				t.Fatal(err)
			}
			resize(session)
		} else {
			resize(session)
			if err := session.Start("help"); err != nil {
				t.Fatal(err)
			}
		}
		answered := make(chan error, 1)
		go func() { answered <- session.Wait() }()
		select {
		case err := <-answered:
			if err != nil {
				t.Errorf("begun %v: %v", begun, err)
			}
		case <-time.After(patience):
			t.Fatalf("begun %v: the command is not answered", begun)
		}
	}
	answered := make(chan error, 1)
	go func() {
		_, _, err := client.SendRequest("keepalive@openssh.com", true, nil)
		answered <- err
	}()
	select {
	case err := <-answered:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("the connection answers nothing any more")
	}
}

// TestALaterSessionIsBoundedToo sends more environment than a session may have, beside one that has begun.
func TestALaterSessionIsBoundedToo(t *testing.T) {
	s := serve(t, nil)
	client := s.dial(t, newKey(t))
	first, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := first.CombinedOutput("help"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	second, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	value := strings.Repeat("x", 30<<10)
	for range 100 {
		if err = second.Setenv("LANG", value); err != nil {
			return
		}
	}
	t.Error("3 MB of environment were taken")
}

// TestALaterSessionHasToBegin opens a session beside one that has ended and leaves it there.
func TestALaterSessionHasToBegin(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Handshake = 2 * time.Second })
	client := s.dial(t, newKey(t))
	first, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := first.CombinedOutput("help"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := client.NewSession(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = client.Wait() // How it ends depends on what the client was about to do.
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("the connection stays open")
	}
}

func TestLearnersOfADamagedFileAreRefused(t *testing.T) {
	s := serve(t, nil)
	path := s.config.path("learners.json")
	for _, text := range []string{"", "{", "[null]", `[{"id":"","name":"Ann","keys":[]}]`, `[{"id":"a","name":"Ann","keys":["b",""]}]`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openRoster(path, unlogged()); err == nil || !strings.Contains(err.Error(), "move the file away") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// unread is a session whose client grants no room for what is written, until its connection is closed.
type unread struct {
	charm.Session
	closed <-chan struct{}
}

func (u unread) Write([]byte) (int, error) {
	<-u.closed
	return 0, io.EOF
}

func (u unread) Stderr() io.ReadWriter {
	return struct {
		io.Reader
		io.Writer
	}{nil, u}
}

func TestWhatIsLeftUnreadEndsTheConnection(t *testing.T) {
	for name, write := range map[string]func(charm.Session) error{
		"output": func(s charm.Session) error { return second(io.WriteString(s, "x")) },
		"errors": func(s charm.Session) error { return second(io.WriteString(s.Stderr(), "x")) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				start := time.Now()
				err := write(patient{unread{closed: ctx.Done()}, cancel})
				if waited := time.Since(start); !errors.Is(err, io.EOF) || waited != writeTime {
					t.Errorf("after %v: %v", waited, err)
				}
			})
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestAKeyThatIsRemovedIsShownOut(t *testing.T) {
	listed, other := newKey(t), newKey(t)
	path := keysFile(t, listed, other)
	s := serve(t, func(c *Config) { c.Allow = path })
	s.run(t, listed, "join Ann")
	s.run(t, other, "join Ben")
	stays, goes := s.open(t, listed, 80, 24, false), s.open(t, other, 80, 24, false)
	stays.expect("Page One")
	goes.expect("Page One")
	client := s.dial(t, other)
	writeKeys(t, path, listed)
	s.expelOnce()
	s.expelOnce()
	goes.waitEnd()
	if !strings.Contains(goes.written(), removed) {
		t.Errorf("told %q", goes.written())
	}
	stays.press("n")
	stays.expect("Page Two")
	// Its connection, which is older than the file, opens no more sessions.
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := session.CombinedOutput("help"); err == nil || string(out) != removed+"\n" {
		t.Errorf("%v: %s", err, out)
	}
}

// TestASessionThatHasNoProgramYet is told something and ended while its screen is still being made, as it is when a
// teacher writes to all or the server stops in that moment.
func TestASessionThatHasNoProgramYet(t *testing.T) {
	own := &session{}
	if own.send(noticeMsg{"hello"}) {
		t.Error("a session without a screen has shown something")
	}
	own.quit("The server stops.")
	ended := make(chan error, 1)
	program := tea.NewProgram(idleModel{}, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
	own.start(program)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		program.Kill()
		t.Error("the session does not end")
	}
}

// idleModel does nothing.
type idleModel struct{}

func (idleModel) Init() tea.Cmd                         { return nil }
func (m idleModel) Update(tea.Msg) (tea.Model, tea.Cmd) { return m, nil }
func (idleModel) View() tea.View                        { return tea.NewView("") }

func TestTheScreenFollowsTheWindow(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	c := s.open(t, key, 40, 10, false)
	c.expect("80")
	if strings.Contains(c.text(), "The text of Page One.") {
		t.Fatalf("a page is shown where it does not fit:\n%s", c.text())
	}
	c.terminal.Resize(80, 24)
	if err := c.session.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	c.expect("The text of Page One.")
}

// TestNoKeySetsTheWindow types what a terminal that tells its size would send.
func TestNoKeySetsTheWindow(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	c := s.open(t, key, 80, 24, false)
	c.expect("The text of Page One.")
	c.press("\x1b[8;10;40t\x1b[48;10;40;100;400tn")
	c.expect("2/2 Page Two")
}

// TestASessionEndsWithItsChannel closes the channel of a screen and keeps the connection, as a client does that shares
// its connection among windows and has one of them closed.
func TestASessionEndsWithItsChannel(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.PerKey = 1 })
	key := newKey(t)
	s.run(t, key, "join Ann")
	client := s.dial(t, key)
	left := s.openOn(t, client, "", 80, 24, false)
	left.expect("Page One")
	if err := left.session.Close(); err != nil {
		t.Fatal(err)
	}
	left.waitEnd()
	// It may take the server a moment to hear of it.
	for late := time.Now().Add(patience); time.Now().Before(late); {
		next := s.openOn(t, client, "", 80, 24, false)
		next.waitFor("page or end", func() bool {
			return strings.Contains(next.text(), "Page One") || strings.Contains(next.written(), "Your key has its sessions open")
		})
		if strings.Contains(next.text(), "Page One") {
			return
		}
		next.waitEnd()
	}
	t.Error("the place of the session stays taken")
}

// TestAConnectionWithoutSessionsIsClosed leaves a connection open after its only session, as OpenSSH does for those that
// are shared.
func TestAConnectionWithoutSessionsIsClosed(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Idle, c.Limits.Warning = 600*time.Millisecond, 100*time.Millisecond })
	client := s.dial(t, newKey(t))
	ended := make(chan time.Time, 1)
	go func() {
		_ = client.Wait() // How it ends depends on what the client was about to do.
		ended <- time.Now()
	}()
	var last time.Time
	for range 5 { // Each starts the time anew.
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if out, err := session.CombinedOutput("help"); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		last = time.Now()
	}
	select {
	case at := <-ended:
		if lasted := at.Sub(last); lasted < 500*time.Millisecond {
			t.Errorf("the connection is closed %v after its last session", lasted)
		}
	case <-time.After(patience):
		t.Error("the connection stays open")
	}
}

// TestBytesThatNoTerminalSends types what decoders of keys do not expect. Whatever becomes of the session, the server goes
// on.
func TestBytesThatNoTerminalSends(t *testing.T) {
	s := serve(t, nil)
	key, other := newKey(t), newKey(t)
	s.run(t, key, "join Ann")
	s.run(t, other, "join Bo")
	reader := s.open(t, other, 80, 24, false)
	reader.expect("Page One")
	for name, bytes := range map[string]string{
		"many parameters": "\x1b[" + strings.Repeat("1;", 40) + "A", "many parts": "\x1b[" + strings.Repeat("1:", 40) + "m",
		"many keys of Windows": strings.Repeat("\x1b[0;0;55357;1;0;1_", 100), "huge numbers": "\x1b[99999999999999999999;-1R",
		"no text": "\xff\xfe\x80\xc3", "mouse far away": "\x1b[<0;99999999999;99999999999M\x1b[M\xff\xff\xff",
		"colour": "\x1b]11;rgb:zzzz/\x07\x1b]11;\x07\x1b]52;c;!!!\x07", "device": "\x1bP>|\x1b\\\x1bP1+r=;=\x1b\\\x1b_G;\x1b\\",
		"paste in a paste": "\x1b[200~\x1b[200~\x1b[" + strings.Repeat("1;", 40) + "A\x1b[201~", "many words": "\x1b]" + strings.Repeat("1;", 40) + "\x07",
		"shift of rxvt": "\x1b[" + strings.Repeat("$", 1000),
	} {
		c := s.open(t, key, 80, 24, false)
		c.expect("The text of Page")
		c.press(bytes)
		_, _ = io.WriteString(c.keys, "\x1b[201~q") // The session may have ended.
		c.waitEnd()
		if strings.Contains(c.written(), fault) && !strings.Contains(s.log.String(), "reading what a client typed failed") {
			t.Errorf("%s: the log does not tell of it: %s", name, s.log)
		}
	}
	reader.press("n")
	reader.expect("2/2 Page Two")
}

// TestAPieceWithoutEnd types what has to have an end and has none.
func TestAPieceWithoutEnd(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	for name, begin := range map[string]string{"a paste": "\x1b[200~", "a title": "\x1b]0;", "a string": "\x1bP", "parameters": "\x1b["} {
		c := s.open(t, key, 80, 24, false)
		c.expect("Page One")
		c.press("/") // A text may be typed here.
		c.expect("search")
		// A pause in a piece makes single keys of it, so it is sent until the session ends.
		for err := error(nil); err == nil; {
			_, err = io.WriteString(c.keys, begin+strings.Repeat("1", 2*maxPasted))
		}
		c.waitEnd()
		if !strings.Contains(c.written(), errLong.Error()) {
			t.Errorf("%s: the end is not explained", name)
		}
	}
}
