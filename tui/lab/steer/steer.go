// Package steer is what labs have in common whose training is steered while it is watched: the keys that pause, step and
// stop it, and what they answer.
package steer

import (
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions that a run takes, and those that begin the next one and show the one before.
const (
	Pause   keymap.Action = "pause"
	Step    keymap.Action = "step"
	Stop    keymap.Action = "stop"
	Restart keymap.Action = "restart"
	Overlay keymap.Action = "overlay"
)

// Keys are those of all actions but Overlay, which not every lab has among its main ones.
func Keys() keymap.Table {
	return keymap.Table{
		{Action: Pause, Strokes: []string{"space"}, Label: "space", Help: "pause", Main: true},
		{Action: Step, Strokes: []string{"s"}, Label: "s", Help: "step", Main: true},
		{Action: Stop, Strokes: []string{"x"}, Label: "x", Help: "stop", Main: true},
		{Action: Restart, Strokes: []string{"r"}, Label: "r", Help: "restart", Main: true},
	}
}

// Run is what is steered. Its methods return at once.
type Run interface {
	Pause()
	Resume()
	Step()
	Stop()
}

// State is where a run stands. The zero State is that of one which is being prepared.
type State struct {
	Ready            bool // the run is there
	Paused, Stopping bool // it was told so
	Ended            bool // it has told its last event, or could not be prepared
}

// Preparing reports whether the run is not there yet.
func (s State) Preparing() bool { return !s.Ready && !s.Ended }

// Working reports whether the run still obeys.
func (s State) Working() bool { return s.Ready && !s.Ended && !s.Stopping }

// Pass passes Pause, Step or Stop on to a run, or says why the run does not take it; opening is what it waits for.
func (s *State) Pass(action keymap.Action, run Run, opening string, n *board.Notice) {
	switch {
	case s.Ended:
		n.Refuse("the run has ended; r starts over")
	case s.Preparing():
		n.Refuse("the run has not started yet: %s are being opened", opening)
	case s.Stopping:
		n.Refuse("the run is stopping; r starts over")
	case action == Stop:
		s.Stopping = true
		run.Stop()
	case action == Step:
		s.Paused = true
		run.Step()
	case s.Paused:
		s.Paused = false
		run.Resume()
	default:
		s.Paused = true
		run.Pause()
	}
}

// Announce says from when on a setting holds that a key has changed.
func (s *State) Announce(setting string, n *board.Notice) {
	switch {
	case s.Ended || s.Stopping:
		n.Say("%s in the next run; r starts it", setting)
	case s.Preparing():
		n.Say("%s from the first step on", setting)
	default:
		n.Say("%s from the next step on", setting)
	}
}

// Toggle answers the key of Overlay: it reports whether an earlier run is to be shown that was shown or not before.
func Toggle(shown, earlier bool, n *board.Notice) bool {
	switch {
	case !earlier:
		n.Refuse("there is no earlier run yet; r keeps this one and starts over")
		return shown
	case shown:
		n.Say("the earlier run is hidden; o shows it")
	default:
		n.Say("the earlier run is shown; o hides it")
	}
	return !shown
}
