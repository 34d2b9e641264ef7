package input

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	uv "github.com/charmbracelet/ultraviolet"
)

func TestWhatATerminalSendsComesAsItIs(t *testing.T) {
	for _, sent := range []string{
		"1;2;3 " + strings.Repeat("12;", 100), "ě" + strings.Repeat("0;", 20), "\x1b[<0;10;20M\x1b[1;5A\x1b[97:65;2;97u\x1b",
		"\x1b[" + strings.Repeat("1;", 31) + "7m" + strings.Repeat("1;", 40), "\x1b[200~" + strings.Repeat("1;", 40) + "\x1b[201~",
	} {
		if got := through(t, sent); got != sent {
			t.Errorf("%q comes as %q", sent, got)
		}
	}
	many := strings.Repeat("1;", 60)
	if got, want := through(t, "a\x1b["+many+"mb"), "a\x1b["+many[:2*31]+strings.Repeat("1", 29)+"mb"; got != want {
		t.Errorf("61 parameters come as %q, want %q", got, want)
	}
}

// through is what a terminal is read as that sends a text.
func through(t *testing.T, sent string) string {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	if _, err := out.WriteString(sent); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if _, err := got.ReadFrom(iotest.OneByteReader(&Terminal{File: in})); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

// FuzzTerminal sends any bytes to the decoder of Bubble Tea, which takes them without a panic.
func FuzzTerminal(f *testing.F) {
	many := strings.Repeat("1;", 60)
	for _, sent := range []string{
		"\x1b[" + many + "m", "\x1b[<" + many + "M", "\x1bP" + many + "q\x1b\\", "\x1b[" + strings.Repeat("1:", 60) + "u", "\x9b" + many, "\x90" + many,
		"ě" + many, "\x1b[ " + many, "\x1b[\x1b[" + many, "\x1b\x1b[" + many, "\x1b[200~\x1b[" + many + "m\x1b[201~", "\x1b]" + many + "\a",
	} {
		f.Add([]byte(sent))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		var p parameters
		bounded := bytes.NewReader(sent[:p.bound(sent)])
		events := make(chan uv.Event)
		go func() {
			for range events {
			}
		}()
		defer close(events)
		if err := uv.NewTerminalReader(bounded, "xterm-256color").StreamEvents(t.Context(), events); err != nil {
			t.Error(err)
		}
	})
}
