package server

import (
	"context"
	"slices"
	"time"
)

// removed is what a client is told whose key is not in the file of keys any more.
const removed = "Your key may not come in any more; ask your teacher."

// mayEnter says whether a key may come in, as the files of keys are now.
func (s *Server) mayEnter(fingerprint string) bool {
	if s.config.Allow == "" || s.allowed.has(fingerprint) || s.teachers.has(fingerprint) {
		return true
	}
	// A key that joined one that may come in is as good as that.
	l, known := s.roster.find(fingerprint)
	return known && slices.ContainsFunc(l.Keys, s.allowed.has)
}

// lookAllowed is how often the keys of open sessions are looked up.
const lookAllowed = 5 * time.Second

// expel ends the sessions of keys that were removed, until ctx ends.
func (s *Server) expel(ctx context.Context) {
	tick := time.NewTicker(lookAllowed)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.expelOnce()
		case <-ctx.Done():
			return
		}
	}
}

// expelOnce ends the sessions whose keys are missing for the second time: an editor may have been writing the file at the
// first.
func (s *Server) expelOnce() {
	for _, session := range s.hub.all() {
		missing := !s.mayEnter(session.key)
		session.mu.Lock()
		again := missing && session.missed
		session.missed = missing
		session.mu.Unlock()
		if again {
			session.quit(removed)
		}
	}
}
