package exercise

import (
	"io"
	"os/exec"
	"time"
)

// ownEditor is an editor of the learner's own. It has the terminal until it ends.
type ownEditor struct{ *exec.Cmd }

// leastTime is how long an editor has the terminal at least, also one that ends at once or cannot be started.
//
// Bubble Tea tells the goroutine that draws to stop, and does not wait until it has. When the goroutine does so only after
// drawing was to begin again, nothing is drawn ever after (https://github.com/charmbracelet/bubbletea/issues/1778).
const leastTime = 200 * time.Millisecond

// Run implements tea.ExecCommand.
func (o ownEditor) Run() error {
	least := time.NewTimer(leastTime)
	err := o.Cmd.Run()
	<-least.C
	return err
}

// SetStdin implements tea.ExecCommand. It leaves an input that the workbench chose.
func (o ownEditor) SetStdin(r io.Reader) {
	if o.Stdin == nil {
		o.Stdin = r
	}
}

// SetStdout implements tea.ExecCommand.
func (o ownEditor) SetStdout(w io.Writer) { o.Stdout = w }

// SetStderr implements tea.ExecCommand.
func (o ownEditor) SetStderr(w io.Writer) { o.Stderr = w }
