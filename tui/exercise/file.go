package exercise

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// reason is why the file is read.
type reason int

const (
	onOpen   reason = iota
	onChange        // it may have been edited elsewhere
	onReset
)

// readMsg brings the file.
type readMsg struct {
	why        reason
	text, path string
	err        error
}

// watchMsg says that the file was saved, or only where that will be told.
type watchMsg struct {
	saved  bool
	signal <-chan struct{}
}

func (s *Screen) read(why reason) tea.Cmd {
	bench, e := s.bench, s.exercise
	return s.about(func() tea.Msg {
		text, path, err := bench.Source(e)
		return readMsg{why, text, path, err}
	})
}

func (s *Screen) handleRead(msg readMsg) tea.Cmd {
	if msg.err != nil {
		s.notice = fmt.Sprintf("The file cannot be read: %v", msg.err)
		return nil
	}
	if s.editor != nil {
		// Where the file is gone, what is here is all that there is of it, and saving writes or tells.
		if msg.path != "" {
			s.path = msg.path
			s.meetOther(msg.text)
		}
		return nil
	}
	s.path = msg.path
	if !s.adopt(msg.text) || msg.why == onOpen {
		s.stale = s.stale && msg.why != onOpen
		return nil
	}
	if msg.why == onReset {
		s.verdict, s.trouble = nil, ""
		return nil
	}
	return s.startCheck()
}

// watch follows the file where the workbench can.
func (s *Screen) watch() tea.Cmd {
	watcher, ok := s.bench.(Watcher)
	if !ok || s.watching {
		return nil
	}
	ctx, e := s.ctx, s.exercise
	return s.about(func() tea.Msg {
		if signal := watcher.Saved(ctx, e); signal != nil {
			return watchMsg{false, signal}
		}
		return nil
	})
}

func (s *Screen) handleWatch(msg watchMsg) tea.Cmd {
	s.watching = true
	ctx := s.ctx
	wait := s.about(func() tea.Msg {
		select {
		case _, open := <-msg.signal:
			if open {
				return watchMsg{true, msg.signal}
			}
		case <-ctx.Done():
		}
		return nil
	})
	if !msg.saved {
		return wait
	}
	return tea.Batch(wait, s.read(onChange))
}
