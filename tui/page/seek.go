package page

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
)

// Seek scrolls to a word, so that a third of the view stands above it, and selects the lab or question that holds it. The
// reader is laid out already. A word that is not on the screen as it is in the text, cut off or broken at its end, is
// sought in its block as far as can be.
func (r Reader) Seek(spot lessons.Spot) Reader {
	if spot.Block < 0 {
		return r.ScrollStart()
	}
	if slices.Contains(r.items(), spot.Block) {
		r.selected = spot.Block
		r = r.laidOut()
	}
	r.top = r.lineOf(spot) - r.height/3
	return r.settled()
}

func (r Reader) lineOf(spot lessons.Spot) int {
	from, to := r.doc.extent(spot.Block)
	found, left := from, spot.Nth
	for i := from; i < to; i++ {
		for _, w := range lessons.Words(ansi.Strip(r.doc.lines[i])) {
			if w.Folded != spot.Word {
				continue
			}
			found = i
			if left == 0 {
				return found
			}
			left--
		}
	}
	return found
}
