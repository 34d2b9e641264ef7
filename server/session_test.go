package server

import (
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

func TestFirstVisitThenReading(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	c := s.open(t, key, 80, 24, false)
	c.expect("Your key is new here", "name  ann")
	c.press("\x1b[31mBo") // A sequence of keys that is not text does not get into the name.
	c.press("\r")
	c.expect("Page One", "▸ First")
	c.press("n")
	c.expect("2/2 Page Two")
	c.press("q")
	c.waitEnd()
	// The next visit asks nothing and opens where the learner was.
	again := s.open(t, key, 80, 24, false)
	again.expect("2/2 Page Two")
	if strings.Contains(again.written(), "new here") {
		t.Error("a known key is asked for a name")
	}
	out, code := s.run(t, key, "progress")
	if code != 0 || !strings.Contains(out, "first              pages 2/2") {
		t.Errorf("exit %d, progress %q", code, out)
	}
}

func TestTwoClientsOfDifferentSizeAndBackground(t *testing.T) {
	s := serve(t, nil)
	one, two := newKey(t), newKey(t)
	for name, key := range map[string]ssh.Signer{"Ann": one, "Bo": two} {
		if out, code := s.run(t, key, "join "+name); code != 0 {
			t.Fatal(out)
		}
	}
	dark, light := s.open(t, one, 80, 24, false), s.open(t, two, 120, 40, true)
	// The accents of theme.New on a black and on a white ground.
	const onDark, onLight = "38;2;92;200;255", "38;2;11;110;153"
	dark.waitFor("the colours for dark", func() bool { return strings.Contains(dark.written(), onDark) })
	light.waitFor("the colours for light", func() bool { return strings.Contains(light.written(), onLight) })
	light.press("1")
	light.expect("Page Three")
	dark.press("n")
	dark.expect("2/2 Page Two")
	if strings.Contains(dark.written(), onLight) || strings.Contains(light.written(), onDark) {
		t.Error("the sessions share a background")
	}
	if strings.Contains(dark.text(), "Page Three") {
		t.Error("one session turned the page of the other")
	}
	if err := light.session.WindowChange(50, 140); err != nil {
		t.Fatal(err)
	}
	light.terminal.Resize(140, 50)
	light.press("0")
	light.expect("Page One")
}

func TestStrangeTerminalSizes(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	for _, size := range [][2]int{{0, 0}, {1, 1}, {10_000, 10_000}, {65_535, 65_535}, {80, 0}} {
		session, err := s.dial(t, key).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, err := session.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		in, err := session.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.RequestPty("xterm", size[1], size[0], ssh.TerminalModes{}); err != nil {
			t.Fatal(err)
		}
		if err := session.Shell(); err != nil {
			t.Fatal(err)
		}
		// Package ssh reads the size that a session begins with while it takes a new one, so the first frame comes first.
		first := make([]byte, 1)
		if _, err := io.ReadFull(out, first); err != nil {
			t.Fatal(err)
		}
		for range 50 {
			if err := session.WindowChange(size[0], size[1]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := io.WriteString(in, "q"); err != nil {
			t.Fatal(err)
		}
		drawn, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		if len(drawn) == 0 || len(drawn) > 1<<20 {
			t.Errorf("%v: %d bytes were drawn", size, len(drawn))
		}
		_ = session.Close()
	}
}

func TestIdleSessionsEnd(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Idle, c.Limits.Warning = 1500*time.Millisecond, 700*time.Millisecond })
	key := newKey(t)
	s.run(t, key, "join Ann")
	c := s.open(t, key, 80, 24, false)
	c.expect("You were away for 800ms. Press a key")
	c.press("n")
	c.expect("2/2 Page Two")
	if strings.Contains(c.text(), "You were away") {
		t.Error("a key does not take the warning away")
	}
	c.waitEnd()
	if !strings.Contains(c.written(), "You were away for 1.5s, so the session was closed. All that you did is kept.") {
		t.Error("the end is not explained")
	}
}

func TestStoppingWarnsAndEnds(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Grace = 700 * time.Millisecond })
	key := newKey(t)
	s.run(t, key, "join Ann")
	c := s.open(t, key, 80, 24, false)
	c.expect("Page One")
	stopped := make(chan error, 1)
	go func() { stopped <- s.stop() }()
	c.expect("The server stops in 700ms.")
	c.waitEnd()
	if !strings.Contains(c.written(), "The server stops. All that you did is kept.") {
		t.Error("the end is not explained")
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestSayReachesEveryScreenWithoutControls(t *testing.T) {
	teacher, learner := newKey(t), newKey(t)
	s := serve(t, func(c *Config) { c.Teachers = keysFile(t, teacher) })
	s.run(t, teacher, "join Tea")
	s.run(t, learner, "join Ann")
	c := s.open(t, learner, 80, 24, false)
	c.expect("Page One")
	out, code := s.run(t, teacher, "say 'break at ten \x1b[2J\u202e'")
	if code != 0 || out != "told 1 session\n" {
		t.Errorf("exit %d, %q", code, out)
	}
	c.expect("Tea: break at ten", "Page One")
	if strings.ContainsAny(c.text(), "\u202e") {
		t.Error("a mark of direction reached the screen")
	}
}
