package server

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
	"github.com/aetutor/aetutor/tui"
)

// classOfTwo is a server with a teacher, Tea, and a learner, Ann.
func classOfTwo(t *testing.T, change func(*Config)) (s *served, teacher, learner ssh.Signer) {
	t.Helper()
	teacher, learner = newKey(t), newKey(t)
	s = serve(t, func(c *Config) {
		c.Teachers = keysFile(t, teacher)
		if change != nil {
			change(c)
		}
	})
	s.run(t, teacher, "join Tea")
	s.run(t, learner, "join 'An\x1b[31mn\x07\u202e'")
	return s, teacher, learner
}

func TestATeacherWatchesTheClass(t *testing.T) {
	s, teacher, learner := classOfTwo(t, nil)
	class := s.openCommand(t, teacher, "class", 120, 40, false)
	// The teacher, who only watches, is not one of the class.
	class.expect("0 here, 1 in all", "Ann", "read nothing")
	if strings.Contains(class.text(), "Tea") || strings.ContainsAny(class.text(), "\u202e\a") {
		t.Errorf("the class is\n%s", class.text())
	}
	reader := s.open(t, learner, 80, 24, false)
	reader.expect("Page One")
	class.expect("1 here, 1 in all", "0 First", "1/2 Page One", "reading")
	reader.press("n")
	class.expect("2/2 Page Two", "40%")
	class.press("\r")
	class.expect("class › Ann", "0 First  2/2 Page Two", "2/2")
	class.press("mwell \x1b[200~done\x1b[201~\r")
	class.expect("Told Ann, on 1 screen.")
	reader.expect("Tea: well done")
	class.press("\x1b")
	class.expect("1 in all")
	class.press("mbreak\r")
	class.expect("Told 1 screen.")
	reader.expect("Tea: break")
	reader.press("q")
	reader.waitEnd()
	class.expect("0 here, 1 in all", "just left")
	class.press("q")
	class.waitEnd()
}

func TestALearnerCannotWatchTheClass(t *testing.T) {
	s, _, learner := classOfTwo(t, nil)
	session, err := s.dial(t, learner).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	out, err := session.CombinedOutput("class")
	if got := string(out); err == nil || got != "there is no command \"class\"; run help for a list\r\n" {
		t.Errorf("%v, told %q", err, got)
	}
}

func TestAClassThatIsWatchedIsASessionAsOthers(t *testing.T) {
	s, teacher, _ := classOfTwo(t, func(c *Config) {
		c.Limits.Idle, c.Limits.Warning, c.Limits.PerKey = 1500*time.Millisecond, 700*time.Millisecond, 1
	})
	class := s.openCommand(t, teacher, "class", 80, 24, false)
	class.expect("0 here")
	second := s.openCommand(t, teacher, "class", 80, 24, false)
	second.waitEnd()
	if !strings.Contains(second.written(), "Your key has its sessions open already") {
		t.Errorf("told %q", second.written())
	}
	class.expect("You were away for 800ms. Press a key")
	class.waitEnd()
	if !strings.Contains(class.written(), "so the session was closed.") {
		t.Error("the end is not explained")
	}
}

func TestAWatchedClassEndsWithTheServer(t *testing.T) {
	s, teacher, _ := classOfTwo(t, func(c *Config) { c.Limits.Grace = 700 * time.Millisecond })
	class := s.openCommand(t, teacher, "class", 80, 24, false)
	class.expect("0 here")
	stopped := make(chan error, 1)
	go func() { stopped <- s.stop() }()
	class.expect("The server stops in 700ms.")
	class.waitEnd()
	if !strings.Contains(class.written(), "The server stops. All that you did is kept.") {
		t.Error("the end is not explained")
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestWhoIsNoTeacherAnyMoreSeesNoClass(t *testing.T) {
	s, teacher, learner := classOfTwo(t, nil)
	class := s.openCommand(t, teacher, "class", 80, 24, false)
	class.expect("0 here")
	writeKeys(t, s.config.Teachers, learner)
	class.waitEnd()
	if !strings.Contains(class.written(), "Your key is not one of a teacher any more.") {
		t.Error("the end is not explained")
	}
}

func TestTeachersLearnOfTheClassInTheWorkshop(t *testing.T) {
	s, teacher, learner := classOfTwo(t, nil)
	s.open(t, teacher, 80, 24, false).expect("ssh -t HOST class shows you the class")
	c := s.open(t, learner, 80, 24, false)
	c.expect("Page One")
	if strings.Contains(c.text(), "class") {
		t.Error("a learner is told of it too")
	}
}

// broken is a screen that panics.
type broken struct{}

func (broken) Init() tea.Cmd                       { return nil }
func (broken) Update(tea.Msg) (tea.Model, tea.Cmd) { panic("out of order") }
func (broken) View() tea.View                      { return tea.NewView("") }

func TestAPanicInAScreenEndsItAsAFault(t *testing.T) {
	s := unserved(t, workshop(t))
	m, cmd := shell{server: s, session: &session{}, inside: broken{}}.Update(tea.FocusMsg{})
	if cmd == nil || cmd() != tea.Quit() {
		t.Error("the session goes on")
	}
	var fault *tui.Fault
	if !errors.As(m.(shell).err(), &fault) || fault.Value != "out of order" || fault.Version != "test" ||
		!strings.Contains(string(fault.Stack), "broken") {
		t.Errorf("the fault is %v", m.(shell).err())
	}
}

func TestANewTeacherIsAskedForANameFirst(t *testing.T) {
	teacher := newKey(t)
	s := serve(t, func(c *Config) { c.Teachers = keysFile(t, teacher) })
	c := s.openCommand(t, teacher, "class", 80, 24, false)
	c.expect("Your key is new here")
	c.press("\r")
	c.expect("Nobody has come yet.", "q quit")
}

func TestTimeOfAnOpenPageCounts(t *testing.T) {
	s := unserved(t, workshop(t))
	if err := s.workshop.Store.Record("ann", progress.Spent{Lesson: "first", Duration: time.Minute}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		page  string
		since time.Duration
		want  []classroom.LessonSpent
	}{
		{"first/two", 3 * time.Minute, []classroom.LessonSpent{{Lesson: "first", Seconds: 240}}},
		{"first/two", time.Hour, []classroom.LessonSpent{{Lesson: "first", Seconds: 360}}},
		{"second/three", time.Minute, []classroom.LessonSpent{{Lesson: "first", Seconds: 60}, {Lesson: "second", Seconds: 60}}},
		{"gone/page", time.Minute, []classroom.LessonSpent{{Lesson: "first", Seconds: 60}}},
		{"", time.Minute, []classroom.LessonSpent{{Lesson: "first", Seconds: 60}}},
	} {
		here := map[string]presence{"ann": {reading, test.page, time.Now().Add(-test.since)}}
		m, err := s.member(Learner{ID: "ann", Name: "Ann"}, here)
		if err != nil {
			t.Fatal(err)
		}
		for i := range m.Lessons {
			m.Lessons[i].Seconds = float64(int(m.Lessons[i].Seconds))
		}
		if !slices.Equal(m.Lessons, test.want) {
			t.Errorf("%s for %v: %v, want %v", test.page, test.since, m.Lessons, test.want)
		}
	}
}

func TestAClassIsInTheOrderOfItsNames(t *testing.T) {
	s, _, _ := classOfTwo(t, nil)
	var learners []Learner
	for _, name := range []string{"Zoe", "Ann 10", "émile", "Ann 2", "bo"} {
		learners = append(learners, Learner{ID: "SHA256:" + name, Name: name})
	}
	class, err := s.classOf(learners, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range class.Members {
		names = append(names, m.Name)
	}
	if got, want := strings.Join(names, ", "), "Ann 2, Ann 10, bo, émile, Zoe"; got != want {
		t.Errorf("the class is %s, want %s", got, want)
	}
}

func TestTheTableOfAClass(t *testing.T) {
	s, teacher, learner := classOfTwo(t, nil)
	s.run(t, learner, "name 山田太郎")
	s.run(t, newKey(t), "join Bo")
	id := ssh.FingerprintSHA256(learner.PublicKey())
	if err := s.workshop.Store.Record(id, progress.Place{Page: "second/three"},
		progress.Spent{Lesson: "first", Duration: 5 * time.Minute}, progress.Spent{Lesson: "second", Duration: 3 * time.Minute},
		progress.ExerciseStatus{Name: "first-exercise", Status: progress.Fail}); err != nil {
		t.Fatal(err)
	}
	out, _ := s.run(t, teacher, "class")
	var places []int
	for line := range strings.Lines(out) {
		if before, _, ok := strings.Cut(line, "%"); ok {
			places = append(places, ansi.WcWidth.StringWidth(before))
		}
	}
	if len(places) != 2 || places[0] != places[1] {
		t.Errorf("the percents stand at %v:\n%s", places, out)
	}
	if !strings.Contains(out, "3 min    8 min  second/three") {
		t.Errorf("the times are missing:\n%s", out)
	}
	out, _ = s.run(t, teacher, "class --csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(rows[0], ","), "name,here,doing,page,pages,quizzes,tasks,exercises,percent,minutes,"+
		"first minutes,second minutes"; got != want {
		t.Errorf("the columns are %s, want %s", got, want)
	}
	if got := strings.Join(rows[2][9:], ","); got != "8,5,3" {
		t.Errorf("the minutes are %s", got)
	}
	// Learners see the same of themselves.
	var all, own map[string]any
	for key, into := range map[ssh.Signer]*map[string]any{teacher: &all, learner: &own} {
		command := map[bool]string{true: "class --json", false: "me"}[key == teacher]
		out, _ = s.run(t, key, command)
		if err := json.Unmarshal([]byte(out), into); err != nil {
			t.Fatal(err)
		}
	}
	if of, me := all["members"].([]any)[1], own["members"].([]any)[0]; fmt.Sprint(of) != fmt.Sprint(me) {
		t.Errorf("the teacher sees %v, the learner %v", of, me)
	}
	if tried := own["members"].([]any)[0].(map[string]any)["tried"]; fmt.Sprint(tried) != "[first-exercise]" {
		t.Errorf("tried: %v", tried)
	}
}
