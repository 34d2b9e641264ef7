package device

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the child that the tests start. Its first argument says how it behaves.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || !strings.HasPrefix(os.Args[1], "child-") {
		// With the race detector each child would sleep for a second before it ends.
		if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil {
			panic(err)
		}
		os.Exit(m.Run())
	}
	switch mode, request := os.Args[1], os.Args[2:]; mode {
	case "child-noise":
		fmt.Print("\x1e{broken\nnoise without an end of line")
		fmt.Fprint(os.Stderr, "more noise")
		fallthrough
	case "child-answer":
		if err := Answer(os.Stdout, request, openFake); err != nil {
			fmt.Fprint(os.Stderr, err)
			os.Exit(1)
		}
	case "child-crash":
		fmt.Fprint(os.Stderr, strings.Repeat("long log\n", 1000), "the last\nword")
		os.Exit(3)
	case "child-hang":
		time.Sleep(time.Hour)
	case "child-install":
		installFake(request)
	}
}

func openFake(name string) (Backend, error) {
	switch name {
	case "panics":
		panic("no graph")
	case "fails":
		return Backend{}, errors.New("backend fails: out of memory")
	}
	return Backend{Name: "go", Reason: "chosen as " + name}, nil
}

// installFake stands for go-xla's installer in a process of its own.
func installFake(request []string) {
	dir := request[len(request)-1]
	file := filepath.Join(dir, "pjrt_c_api_"+request[1]+"_plugin.so")
	text := strings.Join(append(request[:2:2], filepath.Base(os.Getenv("TMPDIR"))), " ")
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		fmt.Fprint(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("⠋ downloading\r%c{}\n", recordStart)
}

// self is a command line for this test binary as a child.
func self(t *testing.T, mode string) []string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{program, mode}
}

func TestAChildAnswers(t *testing.T) {
	for _, mode := range []string{"child-answer", "child-noise"} {
		var b Backend
		if err := (child{command: self(t, mode)}).ask(t.Context(), &b, askBackend, "auto"); err != nil {
			t.Fatalf("%s: %v", mode, err)
		}
		if b != (Backend{Name: "go", Reason: "chosen as auto"}) {
			t.Errorf("%s: answered %+v", mode, b)
		}
	}
}

func TestAChildTellsItsErrors(t *testing.T) {
	for want, request := range map[string][]string{
		"backend fails: out of memory":      {askBackend, "fails"},
		"backend panics panicked: no graph": {askBackend, "panics"},
		`cannot answer ["unknown"]`:         {"unknown"},
		"cannot answer []":                  {},
		`cannot answer ["plugin"]`:          {askPlugin},
	} {
		err := (child{command: self(t, "child-answer")}).ask(t.Context(), nil, request...)
		if err == nil || err.Error() != want {
			t.Errorf("%v: error %v, want %s", request, err, want)
		}
	}
}

func TestAChildThatEndsWithoutAnAnswer(t *testing.T) {
	err := (child{command: self(t, "child-crash")}).ask(t.Context(), nil, askNVIDIA)
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.HasSuffix(err.Error(), "the last word") {
		t.Errorf("error %v", err)
	}
	if err != nil && len(err.Error()) > 700 {
		t.Errorf("the error has %d characters: the log is not cut", len(err.Error()))
	}
	if err := (child{command: []string{filepath.Join(t.TempDir(), "none")}}).ask(t.Context(), nil, askNVIDIA); err == nil {
		t.Error("a program that does not exist answered")
	}
	if err := (child{}).ask(t.Context(), nil, askNVIDIA); err == nil {
		t.Error("no program at all answered")
	}
	t.Setenv(childMark, "1")
	if err := (child{command: self(t, "child-answer")}).ask(t.Context(), nil, askNVIDIA); err == nil {
		t.Error("a child's child answered")
	}
}

func TestAChildThatHangs(t *testing.T) {
	err := (child{command: self(t, "child-hang"), patience: 50 * time.Millisecond}).ask(t.Context(), nil, askNVIDIA)
	if err == nil || err.Error() != "no answer within 50ms" {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	err = (child{command: self(t, "child-hang"), patience: time.Hour}).ask(ctx, nil, askNVIDIA)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestLastWords(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"one\n two \n": "one two",
		"check failed\nSIGABRT: abort\nPC=0x1 m=0\n\nrax 0": "check failed SIGABRT: abort",
		"panic: no\n\ngoroutine 1 [running]:\nmain.main()":  "panic: no",
		strings.Repeat("é", 300):                            strings.Repeat("é", 250),
		"x" + strings.Repeat("é", 250) + "x":                strings.Repeat("é", 249) + "x",
	} {
		if got := lastWords(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	b := tail{keep: 4}
	for _, s := range []string{"ab", "cde", "", "f"} {
		if n, err := b.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatalf("wrote %d, %v", n, err)
		}
	}
	if string(b.bytes) != "cdef" {
		t.Errorf("kept %q, want cdef", b.bytes)
	}
}
