package server

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestWhatATerminalTellsOnAFirstVisitIsBounded has a client send answers that no terminal was asked for, without end.
func TestWhatATerminalTellsOnAFirstVisitIsBounded(t *testing.T) {
	s := unserved(t, workshop(t))
	var m tea.Model = newShell(s, &session{key: "new"}, "ada", nil, s.reader(""))
	for i := range 10_000 {
		for _, msg := range []tea.Msg{tea.ModeReportMsg{Mode: ansi.DECMode(i)}, tea.WindowSizeMsg{Width: 80 + i, Height: 24}} {
			m, _ = m.Update(msg)
		}
	}
	want := []tea.Msg{tea.WindowSizeMsg{Width: 80 + 9999, Height: 24}, tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore}}
	if told := m.(shell).told; !slices.Equal(told, want) {
		t.Errorf("%d messages are kept, want %v", len(told), want)
	}
}
