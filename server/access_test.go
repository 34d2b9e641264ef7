package server

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
)

func writeKeys(tb testing.TB, path string, keys ...ssh.Signer) {
	tb.Helper()
	text := "# keys\n\n"
	for _, key := range keys {
		text += `no-pty,comment="x" ` + string(ssh.MarshalAuthorizedKey(key.PublicKey()))
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestAllowListIsReadAgain(t *testing.T) {
	listed, other := newKey(t), newKey(t)
	path := keysFile(t, listed)
	s := serve(t, func(c *Config) { c.Allow = path })
	if out, code := s.run(t, listed, "join Ann"); code != 0 {
		t.Fatal(out)
	}
	refused := func() bool {
		client, err := ssh.Dial("tcp", s.address, s.clientConfig(ssh.PublicKeys(other)))
		if err == nil {
			_ = client.Close()
		}
		return err != nil
	}
	if !refused() {
		t.Error("a key that is not listed came in")
	}
	writeKeys(t, path, listed, other)
	if refused() {
		t.Error("a key that was added stays outside")
	}
	if err := os.WriteFile(path, []byte("no key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if refused() {
		t.Error("a file that cannot be read lost its keys")
	}
	if log := s.log.String(); !strings.Contains(log, path+":1: not a public key") {
		t.Errorf("the log does not tell of the file: %s", log)
	}
}

func TestInvitation(t *testing.T) {
	s := serve(t, func(c *Config) { c.Invitation = "spring" })
	key := newKey(t)
	for command, want := range map[string]string{
		"progress": "ssh HOST join CODE NAME", "join Ann": "your teacher has the code", "join autumn Ann": "not the code of the class",
	} {
		if out, code := s.run(t, key, command); code != 2 || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d, %q", command, code, out)
		}
	}
	c := s.open(t, key, 80, 24, false)
	c.press("\rautumn\r")
	c.expect("This is not the code of the class")
	c.press(strings.Repeat("\x7f", 6) + "spring\r")
	c.expect("Page One")
}

func TestSeveralKeysOfOneLearner(t *testing.T) {
	s := serve(t, nil)
	first, second, third := newKey(t), newKey(t), newKey(t)
	s.run(t, first, "join Ann")
	if err := s.workshop.Store.Record(ssh.FingerprintSHA256(first.PublicKey()), progress.PageRead{Page: "first/one"}); err != nil {
		t.Fatal(err)
	}
	out, _ := s.run(t, first, "link")
	code := out[strings.LastIndex(out, " ")+1 : len(out)-1]
	if out, exit := s.run(t, second, "link wrong"); exit != 2 || !strings.Contains(out, "not known") {
		t.Errorf("exit %d, %q", exit, out)
	}
	if out, exit := s.run(t, second, "link "+code); exit != 0 || !strings.Contains(out, "one of Ann's") {
		t.Errorf("exit %d, %q", exit, out)
	}
	if out, exit := s.run(t, third, "link "+code); exit != 2 {
		t.Errorf("a code works twice: %q", out)
	}
	var told classroom.Class
	out, _ = s.run(t, second, "me")
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Members[0].Name != "Ann" || told.Members[0].Pages != 1 {
		t.Errorf("the second key sees %+v", told.Members[0])
	}
	// Everything is there after the next start.
	again, err := openRoster(s.config.path("learners.json"), unlogged())
	if err != nil {
		t.Fatal(err)
	}
	if l, ok := again.find(ssh.FingerprintSHA256(second.PublicKey())); !ok || l.Name != "Ann" || len(l.Keys) != 2 {
		t.Errorf("kept: %+v", l)
	}
}

func TestOnlyTeachersSeeTheClass(t *testing.T) {
	teacher, learner := newKey(t), newKey(t)
	s := serve(t, func(c *Config) { c.Teachers = keysFile(t, teacher) })
	s.run(t, teacher, "join Tea")
	s.run(t, learner, "join '=HYPERLINK(1)'")
	id := ssh.FingerprintSHA256(learner.PublicKey())
	if err := s.workshop.Store.Record(id, progress.PageRead{Page: "first/one"},
		progress.ExerciseStatus{Name: "second-exercise", Status: progress.Fail}); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"class", "class --json", "say hello"} {
		if out, code := s.run(t, learner, command); code != 2 || !strings.Contains(out, "there is no command") {
			t.Errorf("%s: exit %d, %q", command, code, out)
		}
	}
	s.open(t, learner, 80, 24, false).expect("Page One")
	var told classroom.Class
	out, _ := s.run(t, teacher, "class --json")
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Here != 1 || len(told.Members) != 1 || // The teacher is not one of the class.
		told.Members[0].Name != "=HYPERLINK(1)" || told.Members[0].Doing != "reading" {
		t.Errorf("class: %+v", told)
	}
	if len(told.Stuck) != 1 || told.Stuck[0] != (classroom.Stuck{Exercise: "second-exercise", Lesson: "second", People: 1}) {
		t.Errorf("stuck: %+v", told.Stuck)
	}
	out, _ = s.run(t, teacher, "class --csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "'=HYPERLINK(1)" {
		t.Errorf("%v: %q", err, rows)
	}
}

func TestLimitsAreTold(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Sessions, c.Limits.PerKey = 2, 1 })
	keys := []ssh.Signer{newKey(t), newKey(t), newKey(t)}
	for _, key := range keys {
		s.run(t, key, "join x")
	}
	s.open(t, keys[0], 80, 24, false).expect("Page One")
	own := s.open(t, keys[0], 80, 24, false)
	own.waitEnd()
	s.open(t, keys[1], 80, 24, false).expect("Page One")
	full := s.open(t, keys[2], 80, 24, false)
	full.waitEnd()
	for c, want := range map[*screen]string{own: "Your key has its sessions open already", full: "All places are taken"} {
		if !strings.Contains(c.written(), want) {
			t.Errorf("told %q, want %q", c.written(), want)
		}
	}
}

func TestTooManyConnectionsFromAnAddress(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.PerAddress = 2 })
	s.tcp(t)
	s.tcp(t)
	var line string
	for range 2 { // The other two may not have been counted yet.
		line, _ = bufio.NewReader(s.tcp(t)).ReadString('\n')
		if !strings.HasPrefix(line, "SSH-") {
			break
		}
	}
	if !strings.Contains(line, "Too many connections from your address") {
		t.Errorf("told %q", line)
	}
}

func TestAFloodFromAnAddressIsSlowedDown(t *testing.T) {
	const atOnce = 60 // A whole class, and not more than in a minute.
	g := newGate(Limits{PerAddress: 1000, NewPerMin: 60})
	now := time.Now()
	address := netAddr("192.0.2.1:1000")
	let := 0
	for range 1000 {
		if g.enter(address, now) == "" {
			let++
		}
	}
	if let != atOnce {
		t.Errorf("%d of 1000 came in at once, want %d", let, atOnce)
	}
	if g.enter(netAddr("192.0.2.2:1000"), now) != "" {
		t.Error("another address waits too")
	}
	if g.enter(address, now.Add(time.Second)) != "" {
		t.Error("a second later the next one stays outside")
	}
	for range let + 1 {
		g.leave(address)
	}
	g.enter(netAddr("192.0.2.3:1000"), now.Add(time.Hour))
	if len(g.doors) != 2 { // The second address is still connected.
		t.Errorf("%d addresses are remembered, want 2", len(g.doors))
	}
}

func TestASilentConnectionIsClosed(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Handshake = 300 * time.Millisecond })
	if _, err := io.ReadAll(s.tcp(t)); err != nil {
		t.Errorf("the connection stays open: %v", err)
	}
}

func TestMuchBeforeTheSessionIsCut(t *testing.T) {
	s := serve(t, nil)
	session, err := s.dial(t, newKey(t)).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	value := strings.Repeat("x", 30<<10)
	for range 100 {
		if err = session.Setenv("LANG", value); err != nil {
			return
		}
	}
	t.Error("3 MB of environment were taken")
}

func TestWhatIsNotServed(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	if _, err := ssh.Dial("tcp", s.address, s.clientConfig(ssh.Password("x"))); err == nil {
		t.Error("a password is taken")
	}
	client := s.dial(t, key)
	if _, err := client.Dial("tcp", s.address); err == nil {
		t.Error("a connection is forwarded")
	}
	if _, err := client.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port is opened for a client")
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.RequestSubsystem("sftp"); err == nil {
		t.Error("sftp is served")
	}
	for _, command := range []string{"sh", "/bin/sh", "'", "help; id", "../help"} {
		if out, code := s.run(t, key, command); code != 2 {
			t.Errorf("%s: exit %d, %q", command, code, out)
		}
	}
	var open []*ssh.Session
	for range maxChannels + 1 {
		var more *ssh.Session
		if more, err = client.NewSession(); err != nil {
			break
		}
		open = append(open, more)
	}
	if err == nil {
		t.Errorf("%d sessions in one connection", len(open))
	}
}

func TestHostKeyIsKeptForItsOwner(t *testing.T) {
	state := t.TempDir()
	first, err := hostKey(filepath.Join(state, "key"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := hostKey(filepath.Join(state, "key"))
	if err != nil {
		t.Fatal(err)
	}
	if string(first.PublicKey().Marshal()) != string(second.PublicKey().Marshal()) {
		t.Error("a second start makes another key")
	}
	if runtime.GOOS == "windows" {
		return // It has no mode bits.
	}
	if err := os.Chmod(filepath.Join(state, "key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := hostKey(filepath.Join(state, "key")); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
}

func TestConfigurationErrorsComeAllAtOnce(t *testing.T) {
	c := Config{Listen: "nowhere", Metrics: "0.0.0.0:9", Allow: "/does/not/exist", Limits: DefaultLimits()}
	c.Limits.Warning, c.Limits.Sessions = c.Limits.Idle, 0
	err := c.Check()
	for _, want := range []string{"--listen nowhere", "--metrics 0.0.0.0:9", "--state", "--allow", "/does/not/exist",
		"--idle-warning", "--max-sessions", "--check-workers"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is missing in: %v", want, err)
		}
	}
	for range 20 {
		if again := c.Check(); again.Error() != err.Error() {
			t.Fatalf("the mistakes come in another order: %v, and then %v", err, again)
		}
	}
	good := Config{Listen: ":2222", Metrics: "127.0.0.1:9222", State: t.TempDir(), CheckWorkers: 1, Limits: DefaultLimits()}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"Ann", "\x1b[2J", "\x1b]0;title\a", "a\u202eb", "Z\u0310\u0311\u0312\u0313\u0314", "\xff\xfe", "日本語", "\x9b31m"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, text string, cells int) {
		if cells < 0 || cells > 1000 {
			return
		}
		clean := Clean(text, cells)
		if w := ansi.StringWidth(clean); w > cells {
			t.Errorf("%q takes %d cells of %d", clean, w, cells)
		}
		for _, r := range clean {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar && !strings.ContainsRune(text, r) {
				t.Errorf("%q holds %U", clean, r)
			}
		}
		if Clean(clean, cells) != clean {
			t.Errorf("%q is cleaned further to %q", clean, Clean(clean, cells))
		}
	})
}
