package exercise

import (
	"sync"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/tui/exercise/editor"
)

// saver saves texts in the order in which they were typed, also when their commands run in another.
type saver struct {
	bench Workbench
	mu    sync.Mutex
	turns int
	last  int    // the latest that was saved
	known string // what the file holds as far as is known here
}

// changedError says that the file holds a text that is not from here, which a save would have destroyed.
type changedError struct{ text string }

func (changedError) Error() string { return "the file was changed elsewhere" }

// turn is the place of a text in that order.
func (v *saver) turn() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.turns++
	return v.turns
}

// expect tells what the learner knows the file to hold, so that the next save may replace it.
func (v *saver) expect(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.known = text
}

// save saves a text unless a later one was saved or the file holds it. Where the file holds what is not known here, it is
// a changedError.
func (v *saver) save(e exercises.Exercise, text string, turn int) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if turn < v.last {
		return nil
	}
	// A file that is gone or cannot be read holds nothing that would be lost here; saving tells what is wrong with it.
	current, path, err := v.bench.Source(e)
	there := err == nil && path != ""
	switch {
	case there && editor.Same(current, text):
	case there && !editor.Same(current, v.known):
		return changedError{current}
	default:
		if err := v.bench.Save(e, text); err != nil {
			return err
		}
	}
	v.last, v.known = turn, text
	return nil
}
