package server

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	charm "github.com/charmbracelet/ssh"
	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/tui"
)

// FuzzCommand runs any text as a command, with any input, as a learner who is a teacher too. It ends with one of the exit
// codes there are, and leaves no file but those of learners.
func FuzzCommand(f *testing.F) {
	for _, command := range []string{
		"help", "list --json", "get scores", "check scores", "put loss", "hint scores", "solution loss", "reset scores", "name x", "say x",
		"get ../../x", "put /tmp/x", "check 'scores\x00'", "get \"", "put scores/../loss", "check $(id) `id`", "get scores;id", "\xff\xfe", "me",
		"class --csv", "progress", "link", "open x", "get scores.go.backup", "put scores\nput loss",
	} {
		f.Add(command, "package scores\n")
		f.Add(command, "\x00")
	}
	f.Add("check scores", strings.Repeat("x", maxSource+1))
	key := newKey(f)
	w := workshop(f)
	s := serveWorkshop(f, w, func(c *Config) {
		// Nothing else is in the directory around that of the server.
		c.State = filepath.Join(c.State, "state")
		c.Teachers = keysFile(f, key)
		c.Limits.BytesIn, c.Limits.BytesOut = 1<<40, 1<<40
	})
	client := s.dial(f, key)
	if _, code := s.run(f, key, "join Ann"); code != 0 {
		f.Fatal("cannot join")
	}
	f.Fuzz(func(t *testing.T, command, input string) {
		if command == "" || len(command) > 64<<10 || len(input) > 1<<20 {
			return
		}
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		session.Stdin = strings.NewReader(input)
		out, err := session.CombinedOutput(command)
		var exit *ssh.ExitError
		if errors.Is(err, io.EOF) { // It ended well without having waited for the input.
			err = nil
		}
		if err != nil && (!errors.As(err, &exit) || exit.ExitStatus() > 2) {
			t.Errorf("%q: %v, %s", command, err, out)
		}
		if log := s.log.String(); strings.Contains(log, "a session failed") {
			t.Errorf("%q: %s", command, log)
		}
		keptFiles(t, s.config.State)
	})
}

// FuzzKeys types any bytes into the workshop, and into the screen of the class. The session goes on, or ends as a learner
// ends it.
func FuzzKeys(f *testing.F) {
	for _, keys := range []string{"nnq", "\x1b[A\x1b[B\r", "\x1b[31;", "\x1b]11;rgb:ff/ff/ff\a", "\x1b[200~pasted\x1b[201~", "\x00\xff\xfe", "\x1b[999999999;1H",
		"\x1b[<0;10000;10000M", "\x03", "\x1a", "\x1bP+q544e\x1b\\", "1/x\r", "?"} {
		f.Add("open first", []byte(keys))
		f.Add("class", []byte("m/se\r"+keys))
	}
	key := newKey(f)
	s := serveWorkshop(f, workshop(f), func(c *Config) {
		c.Teachers = keysFile(f, key)
		c.Limits.BytesIn, c.Limits.BytesOut, c.Limits.PerKey = 1<<40, 1<<40, 100
	})
	client := s.dial(f, key)
	s.run(f, key, "join Ann")
	f.Fuzz(func(t *testing.T, command string, keys []byte) {
		if command != "class" {
			command = "open first"
		}
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = session.Close() }()
		// After them come what ends a paste and a sequence, and what leaves everything.
		session.Stdin = io.MultiReader(bytes.NewReader(keys), strings.NewReader("\x1b[201~\x1b\\\x03"))
		if err := session.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		if err := session.Start(command); err != nil {
			t.Fatal(err)
		}
		go func() {
			_ = session.Wait() // A learner who leaves is no failure, and neither is input that nobody waited for.
			close(ended)
		}()
		select {
		case <-ended:
		case <-time.After(patience):
			t.Errorf("%q: the session does not end", keys)
		}
		if log := s.log.String(); strings.Contains(log, "fault") {
			t.Errorf("%q: %s", keys, log)
		}
	})
}

func FuzzScreenSize(f *testing.F) {
	f.Add(0, 0)
	f.Add(10_000, 10_000)
	f.Add(-1, 1<<62)
	f.Fuzz(func(t *testing.T, columns, rows int) {
		c, r := screenSize(charm.Window{Width: columns, Height: rows})
		if c < 1 || r < 1 || c > max(maxColumns, tui.MinWidth) || r > max(maxRows, tui.MinHeight) {
			t.Errorf("%d×%d is drawn at %d×%d", columns, rows, c, r)
		}
		if fits := columns > 0 && rows > 0 && columns <= maxColumns && rows <= maxRows; fits && (c != columns || r != rows) {
			t.Errorf("%d×%d is drawn at %d×%d", columns, rows, c, r)
		}
	})
}

// FuzzKeyComment puts any options and any comment around a key. They let no other key in.
func FuzzKeyComment(f *testing.F) {
	for _, comment := range []string{"ann@home", "", "\x1b[2J", "# x", "\"", "ssh-ed25519 AAAA", "\xff", "\r"} {
		f.Add("", comment)
		f.Add("no-pty,command=\"x\"", comment)
	}
	key := newKey(f).PublicKey()
	listed := strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
	f.Fuzz(func(t *testing.T, options, comment string) {
		if strings.Contains(options+comment, "\n") {
			return
		}
		keys, err := parseKeys("keys", []byte(strings.TrimSpace(options+" "+listed+" "+comment)+"\n"))
		if err != nil && (keys != nil || !strings.HasPrefix(err.Error(), "keys:1: ")) {
			t.Errorf("%q: %v, %v", comment, keys, err)
		}
		for fingerprint := range keys {
			if fingerprint != ssh.FingerprintSHA256(key) {
				t.Errorf("%q lets %s in", comment, fingerprint)
			}
		}
		if options == "" && !keys[ssh.FingerprintSHA256(key)] {
			t.Errorf("the comment %q keeps its key out: %v", comment, err)
		}
	})
}

// FuzzSource keeps a file whole, or says what is wrong with it.
func FuzzSource(f *testing.F) {
	for _, source := range []string{"package scores\n", "", "\x00", "\xff", "\ufffd", "\xed\xa0\x80", strings.Repeat("x", maxSource), strings.Repeat("x", maxSource+1)} {
		f.Add([]byte(source))
	}
	e := workshop(f).Exercises[0]
	kept := files{f.TempDir(), unlogged()}
	f.Fuzz(func(t *testing.T, source []byte) {
		if err := kept.save("ann", e, source); err != nil {
			if !errors.As(err, new(usage)) {
				t.Error(err)
			}
			return
		}
		read, _, err := kept.read("ann", e)
		if err != nil || !bytes.Equal(read, source) || bytes.ContainsRune(read, 0) || !bytes.Equal(bytes.ToValidUTF8(read, nil), read) {
			t.Errorf("%q is kept as %q, %v", source, read, err)
		}
	})
}
