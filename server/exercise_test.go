package server

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
)

// TestMain lets the test binary be what the jail starts.
func TestMain(m *testing.M) {
	jail.Main()
	os.Exit(m.Run())
}

// manyConnections lets a test come as often as it likes.
func manyConnections(c *Config) { c.Limits.NewPerMin = 600_000 }

func TestExerciseCommands(t *testing.T) {
	s := serve(t, manyConnections)
	ann, bo := newKey(t), newKey(t)
	s.run(t, ann, "join Ann")
	s.run(t, bo, "join Bo")
	untouched := strings.Replace(string(s.workshop.Exercises[0].Source), "aetutor check scores", "ssh HOST check scores < scores.go", 1)
	if untouched == string(s.workshop.Exercises[0].Source) {
		t.Error("the file does not say how to check it")
	}
	for _, step := range []struct {
		key            ssh.Signer
		command, input string
		code           int
		want           string // the output, or with … at its end the begin of it
	}{
		{ann, "list", "", 0, "todo  representations   scores  …"},
		{ann, "get scores", "", 0, untouched},
		{ann, "check scores", "wrong\n", 1, "scores: fail (0.0 s)\n  wrong  the case\n    \n\n  ssh HOST hint scores gives a hint.\n"},
		{ann, "get scores", "", 0, "wrong\n"},
		{bo, "get scores", "", 0, untouched}, // Nothing of one learner is seen by another.
		{ann, "list --json", "", 0, `[{"name":"scores","lesson":"representations","status":"fail","file":"scores.go"},…`},
		{ann, "put scores", "right\n", 0, "Kept. ssh HOST check scores checks it.\n"},
		{ann, "check scores", "", 0, "scores: pass (0.0 s)\n  right  the case\n"}, // Without a file the one that is kept.
		{ann, "check scores.go --json", "", 0, `{"name":"scores","lesson":"representations","status":"pass",…`},
		{ann, "reset scores", "", 0, "The file is as it was. Yours is kept until the next reset: ssh HOST get scores --backup\n"},
		{ann, "get scores", "", 0, untouched},
		{ann, "get scores --backup", "", 0, "right\n"},
		{bo, "get scores --backup", "", 2, "there is no backup of scores; a reset keeps one\n"},
		{bo, "reset scores", "", 0, "The file is as it was.\n"},
		{ann, "hint scores", "", 0, "Hint 1 of 3\n…"},
		{ann, "hint scores", "", 0, "Hint 2 of 3\n…"},
		{bo, "hint scores", "", 0, "Hint 1 of 3\n…"},
		{ann, "solution scores", "", 0, string(s.workshop.Exercises[0].Solution)},
		{bo, "solution scores", "", 0, "scores does not pass yet. Ask again …"},
		{bo, "solution scores", "", 0, string(s.workshop.Exercises[0].Solution)},
		{bo, "list", "", 0, "seen  representations   scores  …"},
		{bo, "check scores", "broken", 1, errOwnFault.text + "\n"},
		{ann, "check", "", 2, "name one exercise; list lists them\n"},
		{ann, "check scores loss", "", 2, "name one exercise; list lists them\n"},
		{ann, "check nothing", "", 2, `there is no exercise "nothing"; there are scores, …`},
		{ann, "put scores", "", 2, "no file came; …"},
		{ann, "list --all", "", 2, "write list or list --json\n"},
		{newKey(t), "check scores", "right", 2, "your key is new here; …"},
	} {
		out, code := s.send(t, step.key, step.command, step.input)
		want, begins := strings.CutSuffix(step.want, "…")
		if code != step.code || begins && !strings.HasPrefix(out, want) || !begins && out != want {
			t.Errorf("%s: exit %d, %q; want %d, %q", step.command, code, out, step.code, step.want)
		}
	}
}

// Who forgets the file is told what the command waits for, and may have the file that is kept checked.
func TestACheckWithoutAFileTellsWhatItWaitsFor(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	s.send(t, key, "put scores", "right")
	session, err := s.dial(t, key).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	input, err := session.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	told, err := session.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start("check scores"); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(told).ReadString('\n')
	if err != nil || line != "Waiting for the file; send it with < scores.go, or end the input with ctrl+d.\n" {
		t.Errorf("told %q, %v", line, err)
	}
	if err := input.Close(); err != nil {
		t.Fatal(err)
	}
	if err := session.Wait(); err != nil {
		t.Errorf("the file that is kept: %v", err)
	}
}

// The screen puts what was typed beside a file that changed elsewhere.
func TestATextIsKeptAsTheBackup(t *testing.T) {
	s := serve(t, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	s.send(t, key, "put scores", "theirs")
	bench, e := workbench{s.Server, ssh.FingerprintSHA256(key.PublicKey())}, s.workshop.Exercises[0]
	path, err := bench.Keep(e, "mine")
	if err != nil || path != "scores.go.backup; ssh HOST get scores --backup writes it" {
		t.Errorf("it is kept as %q, %v", path, err)
	}
	for command, want := range map[string]string{"get scores --backup": "mine", "get scores": "theirs"} {
		if out, _ := s.send(t, key, command, ""); out != want {
			t.Errorf("%s writes %q, want %q", command, out, want)
		}
	}
}

// What learners tried and did not pass is what a teacher sees of the exercises.
func TestTheClassSeesWhereLearnersAreStuck(t *testing.T) {
	teacher := newKey(t)
	w := workshop(t)
	w.Summaries[0].Exercises = []string{"scores", "loss"}
	s := serveWorkshop(t, w, func(c *Config) { c.Teachers = keysFile(t, teacher) })
	for i, source := range []string{"wrong", "right", "wrong", "wrong"} { // The first is the teacher, who is not counted.
		key := newKey(t)
		if i == 0 {
			key = teacher
		}
		s.run(t, key, "join x")
		s.send(t, key, "check scores", source)
	}
	untried := ssh.FingerprintSHA256(newKey(t).PublicKey())
	if err := s.workshop.Store.Record(untried, progress.ExerciseStatus{Name: "loss", Status: progress.Todo}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.roster.join(untried, "untried"); err != nil {
		t.Fatal(err)
	}
	var told classroom.Class
	out, _ := s.run(t, teacher, "class --json")
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	if len(told.Stuck) != 1 || told.Stuck[0] != (classroom.Stuck{Exercise: "scores", Lesson: "first", People: 2}) {
		t.Errorf("stuck: %+v", told.Stuck)
	}
	solved := 0
	for _, m := range told.Members {
		solved += m.Exercises
	}
	if solved != 1 {
		t.Errorf("%d exercises passed, want 1", solved)
	}
}

func TestHostileFilesAndNames(t *testing.T) {
	s := serve(t, manyConnections)
	key := newKey(t)
	s.run(t, key, "join Ann")
	for name, test := range map[string]struct{ command, input, want string }{
		"parent":       {"put ../scores", "right", "there is no exercise"},
		"deep":         {"get ../../../../etc/passwd", "", "there is no exercise"},
		"absolute":     {"put /tmp/scores", "right", "there is no exercise"},
		"NUL":          {"put scores\x00", "right", "there is no exercise"},
		"dot":          {"reset .", "", "there is no exercise"},
		"empty":        {"put ''", "right", "name one exercise"},
		"the backup":   {"get scores.go.backup", "", "there is no exercise"},
		"controls":     {"get \x1b[2J", "", `there is no exercise ""`},
		"64 KiB and 1": {"put scores", strings.Repeat("/", maxSource+1), "has more than 65536 bytes"},
		"a stream":     {"check scores", strings.Repeat("/", 8<<20), "has more than 65536 bytes"},
		"zeros":        {"check scores", "package \x00", "byte 8 is zero"},
		"binary":       {"check scores", "right \xff\xfe", "byte 6 is no text"},
	} {
		out, code := s.send(t, key, test.command, test.input)
		if code != 2 || !strings.Contains(out, test.want) {
			t.Errorf("%s: exit %d, %q", name, code, out)
		}
	}
	if kept := keptFiles(t, s.config.State); len(kept) > 0 {
		t.Errorf("kept %q", kept)
	}
	if out, code := s.send(t, key, "put scores", strings.Repeat("/", maxSource)); code != 0 {
		t.Errorf("64 KiB: exit %d, %q", code, out)
	}
	if kept := keptFiles(t, s.config.State); len(kept) != 1 {
		t.Errorf("kept %q", kept)
	}
}

// keptFiles are the files of learners; any other that no server makes fails the test.
func keptFiles(tb testing.TB, state string) []string {
	tb.Helper()
	own := []string{"host_ed25519", "host_ed25519.pub", "learners.json"}
	learners := regexp.MustCompile(`^exercises/[0-9a-f]{32}/[a-z0-9]+\.go(\.backup)?$`)
	var kept []string
	if err := filepath.WalkDir(filepath.Dir(state), func(path string, entry fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(state, path)
		switch name := filepath.ToSlash(rel); {
		case err != nil || relErr != nil || entry.IsDir():
		case learners.MatchString(name):
			kept = append(kept, name)
		case !slices.Contains(own, name):
			tb.Errorf("there is a file %s", path)
		}
		return err
	}); err != nil {
		tb.Fatal(err)
	}
	return kept
}

// On the screen a learner works on the same file that the commands know, and the class sees where they are.
func TestAnExerciseOnTheScreen(t *testing.T) {
	w := workshop(t)
	blocks := &w.Lessons[0].Pages[0].Blocks
	*blocks = append(*blocks, lessons.Exercise{ID: "scores"})
	w.Summaries[0].Exercises = []string{"scores"}
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	s.send(t, key, "put scores", "wrong")
	c := s.open(t, key, 80, 24, false)
	c.expect("Page One", "scores")
	c.press("e")
	c.expect("wrong")
	c.press("c")
	c.expect("✗ fail")
	var told classroom.Class
	out, _ := s.run(t, key, "me")
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Members[0].Doing != "exercise scores" {
		t.Errorf("they are doing %q", told.Members[0].Doing)
	}
	c.press("e")
	c.expect("ctrl+s")
	c.press("right \x13") // ctrl+s
	c.press("\x12")       // ctrl+r
	c.expect("✓ pass")
	if out, _ := s.run(t, key, "get scores"); out != "right wrong" && out != "right wrong\n" {
		t.Errorf("kept %q", out)
	}
	if out, _ := s.run(t, key, "progress"); !strings.Contains(out, "exercises 1/1") {
		t.Errorf("progress: %q", out)
	}
}
