package server

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/progress"
)

// slowStore keeps time spent only once it is allowed to.
type slowStore struct {
	progress.Store
	asked, allowed chan struct{}
}

func (s slowStore) Record(learner string, facts ...progress.Fact) error {
	if slices.ContainsFunc(facts, func(f progress.Fact) bool { _, is := f.(progress.Spent); return is }) {
		s.asked <- struct{}{}
		<-s.allowed
	}
	return s.Store.Record(learner, facts...)
}

// TestAServerEndsAfterItsSessions has the last client go without a word while the server stops. What the session keeps at
// its end needs the store, which is closed right after the server has ended.
func TestAServerEndsAfterItsSessions(t *testing.T) {
	w := workshop(t)
	store := slowStore{w.Store, make(chan struct{}), make(chan struct{})}
	w.Store = store
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	// A command would leave its connection open.
	if _, err := s.roster.join(ssh.FingerprintSHA256(key.PublicKey()), "Ada"); err != nil {
		t.Fatal(err)
	}
	client := s.dial(t, key)
	s.openOn(t, client, "", 80, 24, false).expect("Page One")
	_ = client.Close()
	<-store.asked
	ended := make(chan error, 1)
	go func() { ended <- s.stop() }()
	select {
	case err := <-ended:
		t.Errorf("the server has ended before its last session, with %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	close(store.allowed)
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}
