package lab

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
)

// TestOneTrainsWhileOthersWait has two sessions ask for the same model. The first one leaves while it prepares, so the
// second one trains after all; a third one finds what that one kept.
func TestOneTrainsWhileOthersWait(t *testing.T) {
	m := NewModels(t.TempDir())
	b := openBackend(t)
	r, trained := dots(t, "dots", 2)
	began, leave := make(chan struct{}), make(chan struct{})
	slow := r
	slow.Train = func() (*data.Dataset, error) {
		close(began)
		<-leave
		return nil, errors.New("left")
	}
	first := make(chan error, 1)
	go func() {
		_, err := m.Get(t.Context(), b, slow, func(Event) {})
		first <- err
	}()
	<-began
	waiting, second := make(chan struct{}), make(chan error, 1)
	go func() {
		told := false
		_, err := m.Get(t.Context(), b, r, func(e Event) {
			if p, ok := e.(Progress); ok && !told && strings.HasPrefix(p.Doing, "waiting: somebody else trains the model of dots") {
				told = true
				close(waiting)
			}
		})
		second <- err
	}()
	<-waiting
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Get(gone, b, r, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves while waiting gets %v", err)
	}
	close(leave)
	if err := <-first; err == nil || !strings.Contains(err.Error(), "left") {
		t.Errorf("the first one got %v", err)
	}
	if err := <-second; err != nil || *trained != 1 {
		t.Errorf("the second one got %v after %d trainings", err, *trained)
	}
	if _, err := m.Get(t.Context(), b, r, func(Event) {}); err != nil || *trained != 1 {
		t.Errorf("the third one got %v after %d trainings", err, *trained)
	}
}
