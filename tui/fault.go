package tui

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Fault is a panic that ended the app.
type Fault struct {
	Value   any    // what the code panicked with
	Stack   []byte // of the goroutine that panicked
	Version string // of the app
}

// faultMsg brings a panic in a command to the model.
type faultMsg struct{ fault *Fault }

func newFault(value any) *Fault { return &Fault{Value: value, Stack: debug.Stack()} }

// Error is one plain line.
func (f *Fault) Error() string {
	line, _, _ := strings.Cut(fmt.Sprint(f.Value), "\n")
	return "aetutor stopped because of a fault in it: " + line
}

// Unwrap returns the error that the code panicked with, or nil when it was none.
func (f *Fault) Unwrap() error {
	err, _ := f.Value.(error)
	return err
}

// Save writes the details to a new file in dir, or in the directory for temporary files when dir is empty, and returns
// its path.
func (f *Fault) Save(dir string) (path string, err error) {
	file, err := os.CreateTemp(dir, "aetutor-fault-*.txt")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(file, "aetutor %s, %s, %s/%s\n\n%v\n\n%s", f.Version, runtime.Version(), runtime.GOOS,
		runtime.GOARCH, f.Value, f.Stack)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return file.Name(), err
}

// failed ends the app on a fault. The frame is emptied, so that nothing draws again what may have caused it.
func (m model) failed(f *Fault) (model, tea.Cmd) {
	f.Version = m.options.Version
	m.fault = f
	m.frame = frame{}
	m.help = false
	return m.closeLab(), tea.Quit
}

// guard returns a command that turns a panic into a faultMsg, and hands its messages through tag. It reaches into
// batches and sequences: left alone, Bubble Tea would print the stack of a panic over the screen.
func guard(cmd tea.Cmd, tag func(tea.Msg) tea.Msg) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if value := recover(); value != nil {
				msg = faultMsg{newFault(value)}
			}
		}()
		msg = cmd()
		if msg == nil {
			return nil
		}
		if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			// The type of a sequence is not exported, so a copy of the same type is made.
			guarded := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
			for i := range list.Len() {
				inner, _ := list.Index(i).Interface().(tea.Cmd)
				guarded.Index(i).Set(reflect.ValueOf(guard(inner, tag)))
			}
			return guarded.Interface()
		}
		return tag(msg)
	}
}
