package vaetrain

import (
	"math"
	"slices"
	"strconv"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/widget"
)

// history is what a run has told so far.
type history struct {
	settings           lab.VAESettings // that it began with
	trainRec, validRec []widget.Point  // x in epochs, y in nats
	trainKL, validKL   []widget.Point
	step               engine.StepEvent // the last one
	look               lab.VAELook      // the last one
	codes              []widget.ScatterGroup
	reach              float64 // how far the codes lie from the middle, rounded up
	drawn              []widget.Picture
	rim                int // of the drawn pictures
	reached            bool
	figure             lab.Figure // the best
	done               *lab.VAEDone
	err                error
}

func newHistory(s lab.VAESettings) *history { return &history{settings: s, reach: leastReach} }

func (h *history) add(event lab.Event) {
	switch e := event.(type) {
	case engine.StepEvent:
		h.step = e
		h.trainRec = widget.Extend(h.trainRec, widget.Point{X: e.Progress, Y: e.Reconstruction})
		h.trainKL = widget.Extend(h.trainKL, widget.Point{X: e.Progress, Y: e.KL})
	case engine.ValidationEvent:
		h.validRec = widget.Extend(h.validRec, widget.Point{X: e.Progress, Y: e.Reconstruction})
		h.validKL = widget.Extend(h.validKL, widget.Point{X: e.Progress, Y: e.KL})
	case lab.VAELook:
		h.see(e)
	case lab.VAEDone:
		h.done = &e
	}
}

// see keeps a look in the form in which it is drawn.
func (h *history) see(look lab.VAELook) {
	h.look = look
	h.reached = h.reached || look.Reached
	if look.Figure.Better(h.figure) {
		h.figure = look.Figure
	}
	h.codes = groups(look.Codes, look.Labels)
	h.reach = reach(h.codes)
	h.drawn = widget.Squares(look.Drawn)
	h.rim = widget.Rim(h.drawn)
}

// ended reports whether the run has told its last event.
func (h *history) ended() bool { return h.done != nil || h.err != nil }

// groups makes points of the first two dimensions of codes, a group for each digit. A code of one dimension lies on the
// line through the middle.
func groups(codes []float32, labels []uint8) []widget.ScatterGroup {
	if len(labels) == 0 {
		return nil
	}
	latent := len(codes) / len(labels)
	all := make([]widget.ScatterGroup, 10)
	for i := range all {
		all[i] = widget.ScatterGroup{Name: strconv.Itoa(i), Mark: rune('0' + i)}
	}
	for i, label := range labels {
		p := widget.Point{X: float64(codes[i*latent])}
		if latent > 1 {
			p.Y = float64(codes[i*latent+1])
		}
		if int(label) < len(all) {
			all[label].Points = append(all[label].Points, p)
		}
	}
	return all
}

// leastReach leaves room around the circle of two standard deviations.
const leastReach = 3.0

// reach is the least number of the row 3, 4, 6, 8, 12, 16, 24 … that holds nearly all codes in both dimensions. It moves
// in steps, so that the drawing does not tremble.
func reach(groups []widget.ScatterGroup) float64 {
	var far []float64
	for _, g := range groups {
		for _, p := range g.Points {
			if d := max(math.Abs(p.X), math.Abs(p.Y)); !math.IsNaN(d) {
				far = append(far, d)
			}
		}
	}
	if len(far) == 0 {
		return leastReach
	}
	slices.Sort(far)
	most := far[len(far)*99/100]
	for low := leastReach; low < 1e6; low *= 2 {
		for _, r := range []float64{low, low * 4 / 3} {
			if most <= r {
				return r
			}
		}
	}
	return most
}
