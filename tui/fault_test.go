package tui_test

import (
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestFaultLeavesTheTerminalClean(t *testing.T) {
	for mistake, want := range map[string]string{
		"update": "the lab failed in Update", "view": "the lab failed in View", "command": "a command failed",
		"batch": "a command failed", "sequence": "a command failed", "close": "the lab failed in Close",
	} {
		t.Run(mistake, func(t *testing.T) {
			var closed atomic.Int32
			fake := newFakeLab(&closed)
			if mistake != "view" {
				fake.mistakes[mistake] = true
			}
			stderr := captured(t, func() {
				play(t, func(o *tui.Options) { *o = sampleOptions(func() lab.Screen { return fake }); o.Start = "2" }, func(term *tuitest.Terminal) {
					term.Press("enter")
					if mistake == "close" {
						term.Press("esc")
					} else {
						term.Press("f")
					}
					term.ExpectClean()
					final, err := term.Result()
					if err != nil {
						term.T.Errorf("the program returned %v", err)
					}
					failed, ok := final.(interface{ Err() error })
					if !ok {
						term.T.Fatalf("%T has no Err", final)
					}
					var fault *tui.Fault
					if !errors.As(failed.Err(), &fault) {
						term.T.Fatalf("Err is %v, want a fault", failed.Err())
					}
					if want := "aetutor stopped because of a fault in it: " + want; fault.Error() != want {
						term.T.Errorf("Err says %q, want %q", fault.Error(), want)
					}
					checkReport(term.T, fault, want)
					if closed.Load() != 1 {
						term.T.Errorf("the lab was closed %d times, want 1", closed.Load())
					}
				})
			})
			if stderr != "" {
				t.Errorf("standard error got %q", stderr)
			}
		})
	}
}

func checkReport(t *testing.T, fault *tui.Fault, want string) {
	t.Helper()
	path, err := fault.Save(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	report, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"aetutor test, go", want, "sample_test.go:"} {
		if !strings.Contains(string(report), text) {
			t.Errorf("the report does not hold %q:\n%s", text, report)
		}
	}
}

// captured returns what f writes to standard error, where Bubble Tea prints the stack of a panic that it catches.
func captured(t *testing.T, f func()) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = before }()
	f()
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
