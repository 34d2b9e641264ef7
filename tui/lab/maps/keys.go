package maps

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// The actions of the lab.
const (
	up      keymap.Action = "up"
	down    keymap.Action = "down"
	more    keymap.Action = "more clusters"
	fewer   keymap.Action = "fewer clusters"
	cluster keymap.Action = "cluster"
	colours keymap.Action = "colours"
	latent  keymap.Action = "latent"
	pause   keymap.Action = "pause"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	other := 2
	if m.settings.Latent == other {
		other = 16
	}
	return keymap.Table{
		{Action: up, Strokes: []string{"up", "k"}, Label: "↑", Help: "choose", Main: true},
		{Action: down, Strokes: []string{"down", "j", "tab"}, Label: "↓", Help: "choose", Main: true},
		{Action: fewer, Strokes: []string{"-", "left"}, Label: "-", Help: "clusters", Main: true},
		{Action: more, Strokes: []string{"+", "=", "right"}, Label: "+", Help: "clusters", Main: true},
		{Action: cluster, Strokes: []string{"enter"}, Label: "enter", Help: "cluster", Main: true},
		{Action: colours, Strokes: []string{"c"}, Label: "c", Help: "colours", Main: true},
		{Action: latent, Strokes: []string{"l"}, Label: "l", Help: fmt.Sprintf("%d units", other), Main: true},
		{Action: pause, Strokes: []string{"space"}, Label: "space", Help: "pause"},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart"},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	switch action {
	case up:
		m.at = (m.at + len(m.rows) - 1) % len(m.rows)
	case down:
		m.at = (m.at + 1) % len(m.rows)
	case more, fewer:
		return m.changeK(action)
	case cluster:
		return m.cluster()
	case colours:
		m.toggleColours()
	case latent:
		m.settings.Latent = map[bool]int{true: 16, false: 2}[m.settings.Latent == 2]
		return m.restart()
	case pause:
		m.togglePause()
	case restart:
		return m.restart()
	}
	m.settings.On = m.rows[m.at].on
	return nil
}

func (m *Model) restart() tea.Cmd {
	m.Close()
	m.clear()
	return m.Init()
}

func (m *Model) togglePause() {
	switch {
	case m.made:
		m.notice.Refuse("nothing trains any more; r starts over")
	case m.paused:
		m.paused = false
		m.gate.Open()
	default:
		m.paused = true
		m.gate.Shut()
	}
}

func (m *Model) toggleColours() {
	m.byCluster = !m.byCluster
	switch {
	case !m.byCluster:
		m.notice.Say("colours and figures show the digits")
	case m.rows[m.at].clusters == nil:
		m.notice.Refuse("%s has no clusters yet; enter makes them", m.rows[m.at].on)
		m.byCluster = false
	default:
		m.notice.Say("colours and letters show the clusters")
	}
}

func (m *Model) changeK(action keymap.Action) tea.Cmd {
	k := m.settings.K + 1
	if action == fewer {
		k = m.settings.K - 1
	}
	if k < lab.MinClusters || k > lab.MaxClusters {
		m.notice.Refuse("k stays between %d and %d clusters", lab.MinClusters, lab.MaxClusters)
		return nil
	}
	m.settings.K = k
	if m.rows[m.at].on == lab.OnPixels {
		m.notice.Say("k is %d; enter clusters the pixels, which takes a while", k)
		m.stopClustering()
		return nil
	}
	return m.cluster()
}

// cluster clusters the chosen representation; an earlier clustering that still works is dropped.
func (m *Model) cluster() tea.Cmd {
	r := m.rows[m.at]
	if r.features == nil {
		m.notice.Refuse("%s is not there yet: its model is still to be trained", r.on)
		return nil
	}
	m.stopClustering()
	m.clustering, m.clustered = job.New(), lab.Progress{}
	features, k, seed, work := r.features.Features, m.settings.K, m.settings.Seed, m.work.Cluster
	return m.clustering.Start(func(ctx context.Context, emit func(lab.Event)) error {
		e, err := work(ctx, features, k, seed, emit)
		if err == nil {
			emit(e)
		}
		return err
	})
}
