package latentmap

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// pathSteps is how many pictures an interpolation has, both ends among them.
const pathSteps = 7

// pathEvent brings the pictures of an interpolation.
type pathEvent struct{ pictures [][]float32 }

// Kind implements lab.Event.
func (pathEvent) Kind() string { return "path" }

// togglePath starts an interpolation at the query, or ends the present one.
func (m *Model) togglePath() tea.Cmd {
	switch {
	case m.from != nobody:
		m.endPath()
		return nil
	case m.latent.plane.Decode == nil:
		m.notice.Refuse("there is no decoder yet; wait until the autoencoder is there")
		return nil
	}
	m.from = m.query
	m.notice.Say("the way starts here; move to its other end, i ends it")
	return m.decodePath()
}

func (m *Model) endPath() {
	if m.path != nil {
		m.path.Stop()
	}
	m.from, m.path, m.drew = nobody, nil, nil
}

// decodePath decodes the way from its start to the query, in place of an earlier one.
func (m *Model) decodePath() tea.Cmd {
	if m.path != nil {
		m.path.Stop()
	}
	m.path = job.New()
	plane := m.latent.plane
	from, to := code(plane, m.from), code(plane, m.query)
	return m.path.Start(func(ctx context.Context, emit func(lab.Event)) error {
		pictures, err := lab.DecodePath(ctx, plane.Decode, from, to, pathSteps)
		if err != nil {
			return err
		}
		emit(pathEvent{pictures})
		return nil
	})
}

// code is the code of a query.
func code(plane lab.MapEvent, query int) []float32 {
	return plane.Codes[query*plane.Width : (query+1)*plane.Width]
}

func (m *Model) handlePath(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		if e, ok := e.(pathEvent); ok {
			m.drew = e.pictures
		}
	}
	if msg.Err != nil {
		m.endPath()
		m.notice.Refuse("%v", msg.Err)
		return nil
	}
	if msg.Ended {
		return nil
	}
	return m.path.Next
}

// blends are the pixels of both ends mixed in as many steps, which is what going straight in pixels would give.
func blends(from, to []float32, steps int) [][]float32 {
	pictures := make([][]float32, steps)
	for step := range pictures {
		part := float32(step) / float32(steps-1)
		pictures[step] = make([]float32, len(from))
		for i := range from {
			pictures[step][i] = (1-part)*from[i] + part*to[i]
		}
	}
	return pictures
}
