package engine

import "sync/atomic"

// Share is one session's part of a machine that several use: whose turns its work takes, and how much memory it may ask
// for. A nil *Share is that of somebody who has the machine alone.
type Share struct {
	// Owner takes turns with other owners. Sessions of one owner have one owner's turns together.
	Owner string
	// Memory bounds what a model and its training may take, in bytes as Config.Memory estimates them, and by itself what a
	// lab asks Backend.Fits for; 0 is no bound.
	Memory int64

	training atomic.Int64 // runs that take steps
	turns    atomic.Pointer[turnstile]
}

// For is the backend as a share's holder uses it: what is made on it takes turns for the share's owner, and is refused
// where it would take too much memory. Closing it closes the backend for all.
func (b *Backend) For(s *Share) *Backend {
	own := *b
	own.share = s
	if s != nil {
		s.turns.Store(b.turns)
	}
	return &own
}

// Others is how many other runs take turns with those of the share, all shares taken together. It is 0 while the share
// has no run that takes steps, and where each run has cores of its own. A run that is paused does not count.
func (s *Share) Others() int {
	turns := s.turns.Load()
	if turns == nil || s.training.Load() == 0 {
		return 0
	}
	turns.mu.Lock()
	defer turns.mu.Unlock()
	if turns.training <= turns.cores/coresPerTurn {
		return 0
	}
	return max(turns.training-int(s.training.Load()), 0)
}

// trains counts a run that begins to take steps with 1, and one that ends or pauses with -1.
func (b *Backend) trains(change int) {
	b.turns.mu.Lock()
	defer b.turns.mu.Unlock()
	b.turns.training += change
	if b.share != nil {
		b.share.training.Add(int64(change))
	}
}

func (s *Share) owner() string {
	if s == nil {
		return ""
	}
	return s.Owner
}
