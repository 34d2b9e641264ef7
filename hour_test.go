//go:build unix

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/tui/keymap"
)

var hour = flag.Bool("hour", false, "walk a stranger's first hour, with its downloads; make hour does")

// strangerPatience is for one step: a download and a build, or the training of a lab.
const strangerPatience = 20 * time.Minute

// TestStrangersHour is the first hour of somebody who has Go, make, git and ssh and nothing else: a home, a module cache and
// a build cache that are empty. It clones what is committed here, does as the README says, and prints how long they waited.
func TestStrangersHour(t *testing.T) {
	if !*hour {
		t.Skip("it downloads all modules and takes many minutes; make hour runs it")
	}
	source, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	s := newStranger(t)
	s.wait("clone", func() { s.run("git", "clone", "--quiet", source, "checkout") })
	s.enter("checkout")
	s.wait("make run, to the first screen", func() {
		v := s.open("make", "run")
		v.Await("q quit")
		s.leave(v)
	})
	s.wait("lesson 2 by keys, each lab trained until its task is reached", s.lesson)
	s.wait("aetutor init", func() { s.run("aetutor", "init") })
	s.exercises("parameters", "loss", "stopping")
	s.wait("make test", func() { s.run("make", "test") })
	s.enter("..")
	s.wait("aetutor serve, a key, and ssh to the first screen and out", func() {
		r := &reader{program: filepath.Join(s.checkout(), "bin", "aetutor"), source: source}
		startServer(t, r, []string{"serve"})
		defer func() {
			if err := r.stop(); err != nil {
				t.Error(err)
			}
		}()
		visitServer(t, r, []string{"-p", "2222", "HOST"})
	})
}

// stranger has an empty home and a directory to work in.
type stranger struct {
	t   *testing.T
	dir string
}

// kept is what a stranger has in common with who runs the test: the way to the network.
func kept() []string {
	return []string{"LANG", "GOPROXY", "GOSUMDB", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"}
}

// newStranger gives the test the environment of a stranger.
func newStranger(t *testing.T) *stranger {
	t.Helper()
	s := &stranger{t, t.TempDir()}
	home := filepath.Join(s.dir, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	// The go command has put the directory of its toolchain in front, and this test that of itself as aetutor. A stranger has
	// the go command that they installed.
	own, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	path := []string{filepath.Join(s.checkout(), "bin")}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if dir != filepath.Dir(own) && !strings.Contains(dir, "golang.org"+string(filepath.Separator)+"toolchain@") {
			path = append(path, dir)
		}
	}
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !slices.Contains(kept(), name) {
			t.Setenv(name, "") // So that it comes back after the test.
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Setenv("HOME", home)
	t.Setenv("PATH", strings.Join(path, string(filepath.ListSeparator)))
	t.Chdir(s.dir)
	// Modules are written so that nobody removes them by mistake.
	t.Cleanup(func() { s.run("go", "clean", "-modcache") })
	return s
}

func (s *stranger) checkout() string { return filepath.Join(s.dir, "checkout") }

func (s *stranger) enter(dir string) {
	s.t.Helper()
	s.t.Chdir(dir)
}

// wait does something and prints how long it took.
func (s *stranger) wait(what string, do func()) {
	began := time.Now()
	do()
	fmt.Printf("%8.1f s  %s\n", time.Since(began).Seconds(), what)
}

func (s *stranger) run(program string, args ...string) {
	s.t.Helper()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
}

// exercises writes a solution of each and has it checked. The first check builds GoMLX.
func (s *stranger) exercises(names ...string) {
	s.t.Helper()
	all, err := exercises.Embedded()
	if err != nil {
		s.t.Fatal(err)
	}
	w := exercises.Workspace{Dir: filepath.Join(s.checkout(), "aetutor")}
	s.enter(w.Dir)
	for _, name := range names {
		e, err := chooseExercise(all, name)
		if err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(w.File(e), e.Solution, 0o644); err != nil {
			s.t.Fatal(err)
		}
		s.wait("aetutor check "+name, func() { s.run("aetutor", "check", name) })
	}
	s.enter(s.checkout())
}

// lesson goes through lesson 2 on the digits that it is about.
func (s *stranger) lesson() {
	s.t.Helper()
	all, err := loadLessons("")
	if err != nil {
		s.t.Fatal(err)
	}
	v := s.open("aetutor", "--lesson", "autoencoder")
	l := learner{hands: v, T: s.t, own: map[string]func(learner){"train": trainTwice, "builder": buildSmaller}}
	for i := range all[2].Pages {
		l.read(all[2], i)
		l.Press("right")
	}
	l.Await("3 ") // The next lesson.
	s.leave(v)
}

// trainTwice trains with the settings of the lesson, which come near the task, and then with twice as many steps.
func trainTwice(l learner) {
	l.Await("finished")
	l.Press("[", "r")
}

// buildSmaller takes the widest layer of each side out of the stack, so that it keeps within the task's parameters.
func buildSmaller(l learner) {
	l.Await("enter trains this stack")
	l.Press("d", "down", "down", "down", "d", "enter")
}

// open opens a program in a terminal that is large enough for all that a learner reads from it.
func (s *stranger) open(program string, args ...string) visitor {
	s.t.Helper()
	const width, height = 120, 40
	opened, err := openScreen(s.t.Context(), program, args...)
	if err != nil {
		s.t.Fatal(err)
	}
	opened.emulator.Resize(width, height)
	if err := pty.Setsize(opened.terminal, &pty.Winsize{Cols: width, Rows: height}); err != nil {
		s.t.Fatal(err)
	}
	return visitor{opened, s.t}
}

func (s *stranger) leave(v visitor) {
	s.t.Helper()
	if err := v.close(); err != nil {
		s.t.Fatal(err)
	}
}

// visitor is a learner's hands at a program in a terminal.
type visitor struct {
	*seenScreen
	t *testing.T
}

func (v visitor) Press(strokes ...string) {
	for _, stroke := range strokes {
		v.emulator.SendKey(vt.KeyPressEvent(keymap.Press(stroke)))
	}
}

func (v visitor) Type(text string) { v.emulator.SendText(text) }

func (v visitor) Screen() string { return wholeScreen(v.seenScreen) }

func (v visitor) Await(texts ...string) {
	v.t.Helper()
	missing := ""
	v.AwaitThat(func(screen string) bool {
		for _, missing = range texts {
			if !strings.Contains(screen, missing) {
				return false
			}
		}
		return true
	}, func() string { return "show " + missing })
}

func (v visitor) AwaitThat(is func(screen string) bool, what func() string) {
	v.t.Helper()
	err := v.untilThat(func() bool { return is(strings.Join(strings.Fields(v.Screen()), " ")) }, strangerPatience)
	if err != nil {
		v.t.Fatalf("the screen does not %s: %v:\n%s", what(), err, v.Screen())
	}
}
