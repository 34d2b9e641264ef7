package exercise

import (
	"os/exec"
	"testing"
)

func TestWhatIsSaidOfAnEditor(t *testing.T) {
	const choice = "EDITOR is nosuch --wait"
	const cannotStart = "The editor cannot be started: EDITOR is nosuch --wait. Set VISUAL or EDITOR to one that is installed, " +
		"or unset both to edit here."
	for _, test := range []struct {
		name string
		run  *exec.Cmd
		want string
	}{
		{"a shell that finds it not", exec.Command("sh", "-c", "exit 127"), cannotStart},
		{"a shell that may not run it", exec.Command("sh", "-c", "exit 126"), cannotStart},
		{"without a shell", exec.Command("no-such-editor"), cannotStart},
		{"its own error", exec.Command("sh", "-c", "exit 3"), "The editor ended with an error (exit status 3). " + choice + "."},
	} {
		if got := editorTrouble(editedMsg{choice, test.run.Run()}); got != test.want {
			t.Errorf("%s: it says %q, want %q", test.name, got, test.want)
		}
	}
}
