//go:build unix

package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeCommands runs the commands of the README's blocks of code from the first to the last, as its reader does: in
// one directory, each after those before it. A command that is not here or stands in another place fails the test.
func TestReadmeCommands(t *testing.T) {
	longWithoutRaces(t)
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(readme)) {
		if line, isCode := strings.CutPrefix(line, "    "); isCode {
			line, _, _ = strings.Cut(line, " #")
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	steps := readmeSteps()
	tested := make([]string, len(steps))
	for i, s := range steps {
		tested[i] = s.line
	}
	if !slices.Equal(lines, tested) {
		t.Fatalf("the README says\n%s\n\nand tested are\n%s", strings.Join(lines, "\n"), strings.Join(tested, "\n"))
	}
	r := newReader(t)
	t.Cleanup(func() {
		if r.stop == nil {
			return
		}
		if err := r.stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	for _, s := range steps {
		t.Run(s.line, func(t *testing.T) { s.try(t, r, strings.Fields(strings.TrimSuffix(s.line, "</dev/null"))[1:]) })
	}
}

// reader is somebody who tries the README, who has a directory and a home of their own.
type reader struct {
	program, source string
	port            string       // of the server
	stop            func() error // ends the server
}

// newReader goes to the reader's directory.
func newReader(t *testing.T) *reader {
	t.Helper()
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("AETUTOR_STATE", filepath.Join(dir, "state"))
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	t.Setenv("AETUTOR_CACHE", filepath.Join(dir, "cache"))
	var table strings.Builder
	table.WriteString("speed,power,kind\n")
	for i := range 80 {
		fmt.Fprintf(&table, "%d,%d,%s\n", i, 2*i+i%3, map[bool]string{true: "worn", false: "ok"}[i%10 == 9])
	}
	if err := os.WriteFile(filepath.Join(dir, "measured.csv"), []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return &reader{program: program, source: source}
}

// step is a line of the README and how it is tried.
type step struct {
	line string
	try  trial
}

// trial tries a command of the README with these arguments.
type trial func(t *testing.T, r *reader, args []string)

func readmeSteps() []step {
	const build = "go build -o bin/aetutor ."
	return []step{
		{"make run", recipe(build, "bin/aetutor")},
		{"make test", recipe("go test -timeout 30m -race -gcflags=all=-d=checkptr=0 ./...")},
		{"export GOTOOLCHAIN=go1.27.3 GOEXPERIMENT=simd", exported},
		{build + " && bin/aetutor", func(t *testing.T, r *reader, _ []string) {
			t.Helper()
			recipe(build)(t, r, []string{"build"})
			onScreen("q quit")(t, r, nil)
		}},
		{`export PATH="$PWD/bin:$PATH"`, func(t *testing.T, r *reader, _ []string) {
			t.Helper()
			recipe(build)(t, r, []string{"build"})
		}},
		{"aetutor serve", startServer},
		{"ssh -p 2222 HOST", visitServer},
		{"aetutor init", prints(0, "The first exercise is aetutor/")},
		{"aetutor check loss", prints(1, "loss: todo")},
		{"aetutor check --watch", onScreen("features: todo")},
		{"aetutor hint loss", prints(0, "Hint 1 of 3")},
		{"aetutor solution loss", prints(0, "Ask again")},
		{"aetutor list", prints(0, "todo  autoencoder       loss ")},
		{"aetutor --plain", onScreen("Type next")},
		{"aetutor --plain --lesson autoencoder </dev/null", prints(0, "Lesson 2, Autoencoder step by step. Page 12 of 12.")},
		{"aetutor --reduced-motion", onScreen("q quit")},
		{"aetutor glossary bottleneck", prints(0, "bottleneck\n  ")},
		// A smaller network than the lab's own, so that it takes little time with the race detector too.
		{"aetutor lab train --json --set epochs=2 --set seed=1",
			prints(0, `{"event":"done",`, "--set", "hidden=none", "--set", "latent=2", "--set", "batch=4096")},
		{"aetutor lab threshold --data measured.csv --label kind --json", prints(0, `{"event":"scored","data":"own"`)},
	}
}

// recipe looks for commands among those that make would run for a target.
func recipe(commands ...string) trial {
	return func(t *testing.T, r *reader, args []string) {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), "make", "-C", r.source, "--dry-run", args[0]).Output()
		if err != nil {
			t.Fatalf("make --dry-run %s: %v: %s", args[0], err, out)
		}
		for _, command := range commands {
			if !slices.Contains(strings.Split(string(out), "\n"), command) {
				t.Errorf("make %s does not run %q:\n%s", args[0], command, out)
			}
		}
	}
}

// exported looks whether the Makefile sets variables as the README does.
func exported(t *testing.T, r *reader, variables []string) {
	t.Helper()
	makefile, err := os.ReadFile(filepath.Join(r.source, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variables {
		name, value, _ := strings.Cut(v, "=")
		if !strings.Contains(string(makefile), "\nexport "+name+" = "+value+"\n") {
			t.Errorf("the Makefile does not export %s", v)
		}
	}
}

// prints runs the program without input, with arguments besides the README's, and looks for a text in what it prints.
func prints(code int, want string, more ...string) trial {
	return func(t *testing.T, r *reader, args []string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), r.program, slices.Concat(args, more)...)
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != code || !strings.Contains(string(out), want) {
			t.Errorf("exit code %d, want %d and %q in:\n%s", got, code, want, out)
		}
	}
}

// onScreen opens the program in a terminal, waits for a text and leaves.
func onScreen(want string) trial {
	return func(t *testing.T, r *reader, args []string) {
		t.Helper()
		s, err := openScreen(t.Context(), r.program, args...)
		if err != nil {
			t.Fatal(err)
		}
		await(t, s, want)
		leave := "q"
		if slices.Contains(args, "--plain") {
			leave = "quit\r"
		}
		s.press(leave)
		if err := s.wait(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	}
}

// startServer serves at a port that is free, until all steps are done.
func startServer(t *testing.T, r *reader, args []string) {
	t.Helper()
	cmd := exec.Command(r.program, append(args, "--listen", "127.0.0.1:0")...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.stop = func() error { return errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait()) }
	line, err := bufio.NewReader(out).ReadString('\n')
	m := regexp.MustCompile(`^aetutor serves at 127\.0\.0\.1:(\d+); its key is SHA256:`).FindStringSubmatch(line)
	if err != nil || m == nil {
		t.Fatalf("the server says %q, %v", line, err)
	}
	r.port = m[1]
}

// visitServer comes to the server as a learner does for the first time.
func visitServer(t *testing.T, r *reader, args []string) {
	t.Helper()
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("OpenSSH's client is not installed")
	}
	if out, err := exec.CommandContext(t.Context(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "id").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// What the person at this machine has set for ssh plays no part.
	own := []string{"-F", "none", "-i", "id", "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=accept-new",
		"-o", "UserKnownHostsFile=known", "-o", "LogLevel=ERROR"}
	for _, arg := range args {
		own = append(own, strings.NewReplacer("2222", r.port, "HOST", "127.0.0.1").Replace(arg))
	}
	s, err := openScreen(t.Context(), "ssh", own...)
	if err != nil {
		t.Fatal(err)
	}
	await(t, s, "Your key is new here")
	s.press("\r")
	await(t, s, "q quit")
	s.press("q")
	if err := s.wait(); err != nil {
		t.Errorf("ssh ended with %v", err)
	}
}
