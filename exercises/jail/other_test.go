//go:build !linux

package jail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// deedsEnv is set where this very program is the one in the jail; its argument says what it does there.
const deedsEnv = "AETUTOR_TEST_DEEDS"

func runTests(m *testing.M) int {
	if os.Getenv(deedsEnv) == "" {
		return m.Run()
	}
	switch deed := os.Args[1]; deed {
	case "greet":
		return greet()
	case "sleep":
		time.Sleep(time.Minute) // The jail ends it long before.
	case "loop":
		for {
		}
	case "print":
		for {
			fmt.Print("again and ")
		}
	case "fill":
		if err := os.WriteFile("big", make([]byte, 1<<20), 0o600); err != nil {
			return 4
		}
	case "leave":
		return leave()
	case "listen":
		return listen()
	}
	return 0
}

// greet uses all that a program has: arguments, environment, working directory, input and the three outputs.
func greet() int {
	number, err := strconv.ParseUint(os.Getenv(AnswersEnv), 10, 64)
	if err != nil {
		return 6
	}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return 7
	}
	dir, err := os.Getwd()
	if err != nil {
		return 8
	}
	fmt.Print(filepath.Base(dir))
	fmt.Fprint(os.Stderr, len(os.Environ()) < 10)
	if _, err := fmt.Fprintf(os.NewFile(uintptr(number), "answers"), "%s to %s", input, os.Args[2]); err != nil {
		return 9
	}
	return 3
}

// leave ends and leaves a child behind. It tells the address where that listens.
func leave() int {
	child := exec.Command(os.Args[0], "listen")
	child.Env = os.Environ()
	address, err := child.StdoutPipe()
	if err != nil || child.Start() != nil {
		return 10
	}
	line, err := bufio.NewReader(address).ReadString('\n')
	if err != nil {
		return 11
	}
	fmt.Print(strings.TrimSpace(line))
	return 0
}

// listen tells its address and holds a connection for as long as it lives, at most a minute.
func listen() int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 12
	}
	fmt.Println(l.Addr())
	if err := l.(*net.TCPListener).SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return 13
	}
	conn, err := l.Accept()
	if err != nil {
		return 14
	}
	_, _ = conn.Read(make([]byte, 1)) // It ends with this process or with the test.
	return 0
}

// commit has this program do a deed in the jail.
func commit(t *testing.T, c Command, deed ...string) Result {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.Path, c.Args, c.Env = self, deed, []string{deedsEnv + "=1"}
	if root := os.Getenv("SYSTEMROOT"); root != "" {
		c.Env = append(c.Env, "SYSTEMROOT="+root) // Programs of Windows do not start without.
	}
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	result, err := j.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%q: exit %d %s, stderr %.200q", deed, result.ExitCode, result.Signal, result.Stderr)
	return result
}

func TestAProgramHasItsInputAndOutputs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r := commit(t, Command{Dir: dir, Stdin: strings.NewReader("hello")}, "greet", "you")
	if r.ExitCode != 3 || r.Killed || string(r.Stdout) != "home" || string(r.Stderr) != "true" ||
		string(r.Answers) != "hello to you" {
		t.Errorf("exit %d, %q, %q, %q", r.ExitCode, r.Stdout, r.Stderr, r.Answers)
	}
}

func TestAProgramThatDoesNotEndIsEnded(t *testing.T) {
	r := commit(t, Command{Limits: Limits{Time: 200 * time.Millisecond}}, "sleep")
	if !r.Killed || !r.TimedOut || r.Wall > 20*time.Second {
		t.Errorf("killed %v, timed out %v, after %v", r.Killed, r.TimedOut, r.Wall)
	}
	r = commit(t, Command{Limits: Limits{Output: 1000}}, "print")
	if !r.Killed || !r.OutputExceeded || !bytes.HasPrefix(r.Stdout, []byte("again and again")) {
		t.Errorf("killed %v, output exceeded %v, kept %d bytes", r.Killed, r.OutputExceeded, len(r.Stdout))
	}
}

func TestLimitsOfUnix(t *testing.T) {
	if len(offered()) == 0 {
		t.Skip("this system offers none")
	}
	if r := commit(t, Command{Limits: Limits{FileSize: 1000}}, "fill"); r.ExitCode == 0 {
		t.Errorf("a large file was written: %+v", r)
	}
	r := commit(t, Command{Limits: Limits{CPU: time.Second, Time: 30 * time.Second}}, "loop")
	if r.TimedOut || r.Signal == "" {
		t.Errorf("a loop ended with %q, timed out %v", r.Signal, r.TimedOut)
	}
	r = commit(t, Command{Limits: Limits{Time: 10 * time.Second}}, "leave")
	conn, err := net.Dial("tcp", string(r.Stdout))
	if err != nil {
		return // It has ended already.
	}
	defer func() { _ = conn.Close() }() // Nothing is written to it.
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("what the program started runs on")
	}
}

func TestThereIsNoBoundaryHere(t *testing.T) {
	all, err := Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	missing := Missing(all)
	if len(missing) != 1 || missing[0].Name != "confinement" || missing[0].Fix == "" {
		t.Errorf("missing are %+v", missing)
	}
}
