//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// openWorkshop starts aetutor in a terminal and waits for its first frame.
func openWorkshop(t *testing.T, args ...string) *seenScreen {
	t.Helper()
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	s, err := openScreen(t.Context(), program, args...)
	if err != nil {
		t.Fatal(err)
	}
	await(t, s, "quit")
	return s
}

// await waits until the screen shows a text.
func await(t *testing.T, s *seenScreen, text string) {
	t.Helper()
	if _, err := s.until(wholeScreen, text); err != nil {
		t.Fatalf("%v:\n%s", err, wholeScreen(s))
	}
}

// expectCleanEnd waits for the program's end and looks at the terminal that it leaves.
func expectCleanEnd(t *testing.T, s *seenScreen) {
	t.Helper()
	var alternate bool
	s.emulator.SetCallbacks(vt.Callbacks{AltScreen: func(on bool) { alternate = on }})
	alternate = s.emulator.IsAltScreen()
	if !alternate {
		t.Error("the program was not on the alternate screen")
	}
	if err := s.wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	if alternate {
		t.Error("the program left the terminal on the alternate screen")
	}
	if left := strings.TrimSpace(wholeScreen(s)); left != "" {
		t.Errorf("the program left on the screen:\n%s", left)
	}
}

// TestOwnTableInATerminal learns a table of the learner's own with the key for other data.
func TestOwnTableInATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pumps.csv")
	text := "speed,load\n" + strings.Repeat("1,2\n3,4.5\n2,7\n", 20)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openWorkshop(t, "--data", path, "--lesson", "autoencoder/train-it")
	s.press("\r")
	await(t, s, "▼") // the loss falls
	s.press("d")
	await(t, s, "rows/s")
	await(t, s, "line ")
	await(t, s, "finished: ")
	s.press("q")
	expectCleanEnd(t, s)
}

// TestBadTableOpensNoScreen has the mistake told before the screen opens.
func TestBadTableOpensNoScreen(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	s, err := openScreen(t.Context(), program, "--data", "missing.csv")
	if err != nil {
		t.Fatal(err)
	}
	await(t, s, "open missing.csv: no such file")
	var ended *exec.ExitError
	if err := s.wait(); !errors.As(err, &ended) || ended.ExitCode() != 2 {
		t.Errorf("the program ended with %v, want the code 2", err)
	}
}

// TestTrainingInATerminal is the way of a learner through the lab train on the real engine.
func TestTrainingInATerminal(t *testing.T) {
	s := openWorkshop(t, "--lesson", "autoencoder/train-it")
	s.press("\r")
	await(t, s, "redrawn") // the digits of the untrained model
	await(t, s, "▼")       // the loss falls
	s.press(" ")
	await(t, s, "paused at step")
	s.press("s")
	s.press("+")
	await(t, s, "the learning rate is 2.0e-3 from the next step on")
	if err := pty.Setsize(s.terminal, &pty.Winsize{Cols: 60, Rows: 20}); err != nil {
		t.Fatal(err)
	}
	await(t, s, "aetutor needs 80×24")
	if err := pty.Setsize(s.terminal, &pty.Winsize{Cols: benchColumns, Rows: benchRows}); err != nil {
		t.Fatal(err)
	}
	await(t, s, "validation error under")
	s.press("x")
	await(t, s, "stopped: 0 epochs done, train 0.")
	s.press("\x1b")
	await(t, s, "open the lab")
	s.press("q")
	expectCleanEnd(t, s)
}

func TestSignalsLeaveACleanTerminal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		s := openWorkshop(t, "--lesson", "autoencoder/train-it")
		s.press("\r")
		await(t, s, "esc back")
		if err := s.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		expectCleanEnd(t, s)
	}
}

// TestTheScreenIsWholeAfterAStop continues a program that was stopped, after a shell had its terminal and cleared it.
func TestTheScreenIsWholeAfterAStop(t *testing.T) {
	t.Setenv("COLORFGBG", "15;0") // So the answer to what the background is, which may come late, draws nothing anew.
	s := openWorkshop(t)
	s.press("/")
	await(t, s, "esc back")
	if _, err := s.emulator.WriteString("\x1b[?2004l\x1b[2J[1]+  Stopped"); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	await(t, s, "esc back")
	s.press("x")
	await(t, s, "search  x▏")
	s.press("\x03")
	expectCleanEnd(t, s)
}

// TestPlainInATerminal is the way of a learner through a lab without a screen: ctrl+c stops it, and then the program.
func TestPlainInATerminal(t *testing.T) {
	s := openWorkshop(t, "--plain", "--lesson", "autoencoder/train-it")
	s.press("lab train epochs=1000\r")
	await(t, s, "The lab works")
	await(t, s, "epoch 1") // How far it is, or the first epoch where that takes less than a pause between lines.
	s.press("\x03")
	await(t, s, "The lab was stopped.")
	if s.emulator.IsAltScreen() {
		t.Error("the program took the whole screen")
	}
	s.press("\x03")
	if err := s.wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
}

// TestClosingTheTerminalSavesWhatWasTyped ends the workshop as a terminal does whose window is closed.
func TestClosingTheTerminalSavesWhatWasTyped(t *testing.T) {
	_, e := testWorkbench(t)
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	s := openWorkshop(t, "--lesson", "representations/features-by-hand")
	s.press("e")
	await(t, s, "e edits the file")
	s.press("e")
	await(t, s, "ctrl+r check")
	s.press("// typed last")
	await(t, s, "// typed last")
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if err := s.wait(); err == nil {
		t.Error("the program calls a closed terminal a success")
	}
	text, err := os.ReadFile(filepath.Join("aetutor", filepath.FromSlash(e.Path())))
	if err != nil || !strings.Contains(string(text), "// typed last") {
		t.Errorf("%v, and the file holds\n%s", err, text)
	}
}

// TestMistakesInATerminal: what the workshop cannot do here is said in words, and ends with 2.
func TestMistakesInATerminal(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	for want, command := range map[string][]string{
		`there is no lesson or page "nonsense"; the lessons are representations`: {program, "--lesson", "nonsense"},
		"this terminal has no screen, as TERM=dumb says; aetutor --plain":        {"env", "TERM=dumb", program},
	} {
		s, err := openScreen(t.Context(), command[0], command[1:]...)
		if err != nil {
			t.Fatal(err)
		}
		var failed *exec.ExitError
		if err := s.wait(); !errors.As(err, &failed) || failed.ExitCode() != 2 {
			t.Errorf("%q ended with %v, want exit code 2", command, err)
		}
		if text := strings.Join(strings.Fields(wholeScreen(s)), " "); !strings.Contains(text, want) {
			t.Errorf("the terminal shows %s, want %q", text, want)
		}
	}
}

// TestAMistakeAsksTheTerminalNothing reads all that a program writes to a terminal which gives no answers.
func TestAMistakeAsksTheTerminalNothing(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "no-such-command")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = terminal.Close() }()
	told, _ := io.ReadAll(terminal) // Linux tells the end of a terminal by an error.
	if err := cmd.Wait(); err == nil || !bytes.Contains(told, []byte("no-such-command")) || bytes.Contains(told, []byte("\x1b")) {
		t.Errorf("it ends with %v after %q", err, told)
	}
}
