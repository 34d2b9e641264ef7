package server

import (
	"sync"
	"time"
)

// hub knows the sessions that are open.
type hub struct {
	mu       sync.Mutex
	sessions map[*session]bool
	closing  bool

	serving sync.WaitGroup // counts the clients that are served, also those without a screen
	ended   bool           // whether it is waited for, so that nobody is served any more
}

func newHub() *hub { return &hub{sessions: map[*session]bool{}} }

// enter adds a session, or says why there is no place for it.
func (h *hub) enter(s *session, l Limits) (refused string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := 0
	for other := range h.sessions {
		if other.key == s.key {
			own++
		}
	}
	switch {
	case h.closing:
		return "The server is about to stop; come back in a minute."
	case len(h.sessions) >= l.Sessions:
		return "All places are taken; try again in a few minutes."
	case own >= l.PerKey:
		return "Your key has its sessions open already; close one of them first."
	}
	h.sessions[s] = true
	return ""
}

func (h *hub) leave(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, s)
}

func (h *hub) all() []*session {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []*session
	for s := range h.sessions {
		out = append(out, s)
	}
	return out
}

// presence is what a learner does in a session.
type presence struct {
	doing string
	page  string    // the one that is open, "" before one is
	since time.Time // until when the learner's time is kept, zero before the first screen
}

// here is what learners do in the sessions that are open, by their ids.
func (h *hub) here() map[string]presence {
	found := map[string]presence{}
	for _, s := range h.all() {
		id, now := s.state()
		if id == "" {
			continue
		}
		// A learner who reads beside a lab that works is in the lab.
		if before, twice := found[id]; !twice || before.doing == reading && now.doing != reading {
			found[id] = now
		}
	}
	return found
}

// say shows a text to everybody who is here and returns how many that are.
func (h *hub) say(text string) int { return h.tell(text, func(*session) bool { return true }) }

// tell shows a text in some of the sessions and returns how many that are.
func (h *hub) tell(text string, in func(*session) bool) int {
	n := 0
	for _, s := range h.all() {
		if in(s) && s.send(noticeMsg{text}) {
			n++
		}
	}
	return n
}

// close refuses new sessions from now on.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closing = true
}

// begin counts a client that is served, until it calls done; false when nobody is served any more.
func (h *hub) begin() (done func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		return nil, false
	}
	h.serving.Add(1)
	return h.serving.Done, true
}

// end serves nobody from now on. The channel is closed once all who were served have left.
func (h *hub) end() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	empty := make(chan struct{})
	go func() {
		h.serving.Wait()
		close(empty)
	}()
	return empty
}

// noticeMsg is a text that lies over the screen until the next key.
type noticeMsg struct{ text string }
