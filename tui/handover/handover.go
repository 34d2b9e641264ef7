// Package handover has Bubble Tea give the terminal away and take it back, in a way that the screen comes back.
package handover

import (
	"io"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/input"
)

// leastTime is how long the terminal is away at least, also for a program that ends at once or cannot be started.
//
// Bubble Tea tells the goroutine that draws to stop, and does not wait until it has. When the goroutine does so only after
// drawing was to begin again, nothing is drawn ever after (https://github.com/charmbracelet/bubbletea/issues/1778).
const leastTime = 200 * time.Millisecond

// To gives the terminal to another program until it ends. An input that is set in cmd stays.
func To(cmd *exec.Cmd) tea.ExecCommand { return process{cmd} }

// Renew takes the terminal back at once. What was waited for in its input is waited for no more.
func Renew() tea.ExecCommand { return nobody{} }

type process struct{ *exec.Cmd }

func (p process) Run() error {
	least := time.NewTimer(leastTime)
	err := p.Cmd.Run()
	<-least.C
	return err
}

// SetStdin implements tea.ExecCommand. The program needs the terminal itself, not a pipe with what is read from it.
func (p process) SetStdin(r io.Reader) {
	if terminal, is := r.(*input.Terminal); is {
		r = terminal.File
	}
	if p.Stdin == nil {
		p.Stdin = r
	}
}

func (p process) SetStdout(w io.Writer) { p.Stdout = w }
func (p process) SetStderr(w io.Writer) { p.Stderr = w }

type nobody struct{}

func (nobody) Run() error {
	time.Sleep(leastTime)
	return nil
}

func (nobody) SetStdin(io.Reader)  {}
func (nobody) SetStdout(io.Writer) {}
func (nobody) SetStderr(io.Writer) {}
