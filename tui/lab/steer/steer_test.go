package steer

import (
	"slices"
	"testing"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// told is a run that notes what it is told.
type told []string

func (r *told) Pause()  { *r = append(*r, "pause") }
func (r *told) Resume() { *r = append(*r, "resume") }
func (r *told) Step()   { *r = append(*r, "step") }
func (r *told) Stop()   { *r = append(*r, "stop") }

func TestARunObeysUntilItStops(t *testing.T) {
	s, run, n := State{Ready: true}, &told{}, board.Notice{}
	for _, action := range []keymap.Action{Pause, Pause, Step, Pause, Stop} {
		s.Pass(action, run, "the data", &n)
	}
	if want := []string{"pause", "resume", "step", "resume", "stop"}; !slices.Equal(*run, want) || n.Text != "" {
		t.Errorf("the run was told %v with the notice %q, want %v", *run, n.Text, want)
	}
	if want := (State{Ready: true, Stopping: true}); s != want {
		t.Errorf("the state is %+v, want %+v", s, want)
	}
}

func TestARunThatTakesNothingSaysWhy(t *testing.T) {
	for _, c := range []struct {
		state         State
		pause, change string
	}{
		{State{}, "the run has not started yet: the backend and MNIST are being opened", "β is 1 from the first step on"},
		{State{Ready: true, Stopping: true}, "the run is stopping; r starts over", "β is 1 in the next run; r starts it"},
		{State{Ready: true, Ended: true}, "the run has ended; r starts over", "β is 1 in the next run; r starts it"},
		{State{Ended: true}, "the run has ended; r starts over", "β is 1 in the next run; r starts it"},
		{State{Ready: true, Paused: true}, "", "β is 1 from the next step on"},
	} {
		s, run, n := c.state, &told{}, board.Notice{}
		s.Pass(Pause, run, "the backend and MNIST", &n)
		if n.Text != c.pause || (n.Text != "") != (n.Tone == board.Warning) || (n.Text != "") != (len(*run) == 0) {
			t.Errorf("%+v answers pause with %+v and passes on %v, want %q", c.state, n, *run, c.pause)
		}
		if c.state.Announce("β is 1", &n); n.Text != c.change {
			t.Errorf("%+v announces %q, want %q", c.state, n.Text, c.change)
		}
	}
}

func TestToggleNeedsAnEarlierRun(t *testing.T) {
	for _, c := range []struct {
		shown, earlier, want bool
		tone                 board.Tone
	}{{true, false, true, board.Warning}, {true, true, false, board.Bright}, {false, true, true, board.Bright}} {
		var n board.Notice
		if got := Toggle(c.shown, c.earlier, &n); got != c.want || n.Tone != c.tone {
			t.Errorf("of %+v it is %v with %+v", c, got, n)
		}
	}
}
