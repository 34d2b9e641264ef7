package tui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// framesPerSecond is how often the screen may change. The usual 60 would keep a key waiting for up to 17 ms of the 33
// in which it has to be answered.
const framesPerSecond = 120

// Run runs the app in a terminal until the learner leaves. A fault of the app's own leaves the terminal clean, keeps its
// details in a file and returns an error of one line that names it.
func Run(o Options, opts ...tea.ProgramOption) error {
	final, err := tea.NewProgram(New(o), append(opts, tea.WithFPS(framesPerSecond))...).Run()
	m, ok := final.(model)
	if !ok {
		return err
	}
	// A signal ends the program without asking the model, so its lab may still work and its time is not kept yet.
	m = m.closeLab()
	if m.fault == nil {
		m.Close()
	}
	if m.fault != nil {
		path, failed := m.fault.Save("")
		if failed != nil {
			return fmt.Errorf("%w (the details could not be kept: %w)", m.fault, failed)
		}
		return fmt.Errorf("%w (details: %s)", m.fault, path)
	}
	if errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return err
}
