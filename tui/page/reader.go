// Package page shows one page of a lesson: its prose, figures, questions and the boxes that open labs.
package page

import (
	"slices"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

// Reader is a page with what the learner did on it: how far it is scrolled and what was answered. It is a value: the
// methods that change it return the changed one.
type Reader struct {
	page     lessons.Page
	chosen   map[int]int // block of a quiz → the choice taken
	selected int         // block of the lab, quiz or exercise that keys act on, -1 when the page has none
	// exercises are those that can be opened, by their ids.
	exercises map[string]Exercise
	// tasks are the labs whose task is reached, by their ids.
	tasks map[string]bool
	top   int // first line in view

	width, wide, height int
	prose               *prose
	doc                 document
}

// Exercise is what a page tells of an exercise.
type Exercise struct {
	Label  string // "2.3 The loss"
	Status string // how far the learner is, "" before they tried
}

// New returns a Reader at the top of the page, with the choices that were taken before, by the number of the question. It
// draws nothing before Layout.
func New(p lessons.Page, choices map[int]int) Reader {
	r := Reader{page: p, selected: -1}
	for number, block := range r.quizzes() {
		quiz, _ := p.Blocks[block].(lessons.Quiz)
		if choice, ok := choices[number]; ok && choice < len(quiz.Choices) {
			if r.chosen == nil {
				r.chosen = map[int]int{}
			}
			r.chosen[block] = choice
		}
	}
	if items := r.items(); len(items) > 0 {
		r.selected = items[0]
	}
	return r
}

// WithPage returns a Reader of a new version of the page: where the view was it stays, as far as the page goes, and the
// lab or question that was selected stays selected where one is still in its place.
func (r Reader) WithPage(p lessons.Page, choices map[int]int) Reader {
	next := New(p, choices)
	next.exercises, next.tasks = r.exercises, r.tasks
	next.top = r.top
	if items, at := next.items(), slices.Index(r.items(), r.selected); at >= 0 && at < len(items) {
		next.selected = items[at]
	}
	return next
}

// Layout fits the page to a view: text wraps at width cells, figures and code may use wide, height lines show at once.
func (r Reader) Layout(width, wide, height int, t theme.Theme) Reader {
	if r.prose == nil || r.prose.theme != t || r.width != width || r.wide != wide {
		r.prose = newProse(t)
		r.width, r.wide, r.height = width, wide, height
		return r.laidOut().settled()
	}
	if r.height != height {
		r.height = height
		return r.settled()
	}
	return r
}

// Lines are the lines in view, at most the height given to Layout.
func (r Reader) Lines() []string {
	return r.doc.lines[r.top:min(r.top+r.height, len(r.doc.lines))]
}

// Above and Below count the lines out of view.
func (r Reader) Above() int { return r.top }

// Below counts the lines under the view.
func (r Reader) Below() int { return max(len(r.doc.lines)-r.top-r.height, 0) }

// Scroll moves the view by n lines.
func (r Reader) Scroll(n int) Reader {
	r.top += n
	return r.settled()
}

// ScrollPages moves the view by n screenfuls, and keeps a line of the last one for the eye.
func (r Reader) ScrollPages(n int) Reader { return r.Scroll(n * max(r.height-1, 1)) }

// ScrollEnd moves the view to the page's end.
func (r Reader) ScrollEnd() Reader { return r.Scroll(len(r.doc.lines)) }

// ScrollStart moves the view to the page's start.
func (r Reader) ScrollStart() Reader { return r.Scroll(-r.top) }

// settled keeps the view within the page, and the selection within the view where that holds one.
func (r Reader) settled() Reader {
	r.top = min(max(r.top, 0), max(len(r.doc.lines)-r.height, 0))
	if r.selected < 0 || r.inView(r.selected) {
		return r
	}
	for _, item := range r.items() {
		if r.inView(item) {
			r.selected = item
			return r.laidOut()
		}
	}
	return r
}

func (r Reader) laidOut() Reader {
	r.doc = r.layout()
	return r
}

// items are the blocks that a learner acts on.
func (r Reader) items() []int {
	var items []int
	for i, b := range r.page.Blocks {
		switch b := b.(type) {
		case lessons.Lab, lessons.Quiz:
			items = append(items, i)
		case lessons.Exercise:
			if _, opens := r.exercises[b.ID]; opens {
				items = append(items, i)
			}
		}
	}
	return items
}

func (r Reader) inView(block int) bool {
	from, to := r.doc.extent(block)
	return from < r.top+r.height && to > r.top
}

// SelectNext selects the next lab, question or exercise of the page and scrolls it into view.
func (r Reader) SelectNext() Reader {
	items := r.items()
	if len(items) == 0 {
		return r
	}
	return r.selecting(items[(slices.Index(items, r.selected)+1)%len(items)])
}

func (r Reader) selecting(block int) Reader {
	r.selected = block
	r = r.laidOut()
	from, to := r.doc.extent(block)
	if to > r.top+r.height {
		r.top = to - r.height
	}
	r.top = min(r.top, from)
	return r.settled()
}

// Lab is the lab that the enter key opens: the selected one, or else the page's first.
func (r Reader) Lab() (lessons.Lab, bool) {
	if block := r.labBlock(); block >= 0 {
		lab, ok := r.page.Blocks[block].(lessons.Lab)
		return lab, ok
	}
	return lessons.Lab{}, false
}

// Exercise is the exercise that a key opens: the selected one, or else the page's first.
func (r Reader) Exercise() (lessons.Exercise, bool) {
	if block := r.exerciseBlock(); block >= 0 {
		e, ok := r.page.Blocks[block].(lessons.Exercise)
		return e, ok
	}
	return lessons.Exercise{}, false
}

// WithExercises returns the page with what it now tells of its exercises; the others do not open.
func (r Reader) WithExercises(exercises map[string]Exercise) Reader {
	r.exercises = exercises
	if items := r.items(); r.selected < 0 && len(items) > 0 {
		r.selected = items[0]
	}
	if r.prose == nil || r.exerciseBlock() < 0 {
		return r
	}
	return r.laidOut()
}

// WithTasks returns the page with the labs, by their ids, whose task is reached.
func (r Reader) WithTasks(reached map[string]bool) Reader {
	r.tasks = reached
	if r.prose == nil || r.labBlock() < 0 {
		return r
	}
	return r.laidOut()
}

func (r Reader) exerciseBlock() int {
	return r.target(func(b lessons.Block) bool {
		e, ok := b.(lessons.Exercise)
		_, opens := r.exercises[e.ID]
		return ok && opens
	})
}

func (r Reader) labBlock() int {
	return r.target(func(b lessons.Block) bool { _, ok := b.(lessons.Lab); return ok })
}

func (r Reader) quizBlock() int {
	return r.target(func(b lessons.Block) bool { _, ok := b.(lessons.Quiz); return ok })
}

// target is the selected block when it is of a kind, or else the first of the kind, or -1. It does not depend on the
// view, so what the page says about its keys stays true while it scrolls.
func (r Reader) target(ofKind func(lessons.Block) bool) int {
	if r.selected >= 0 && ofKind(r.page.Blocks[r.selected]) {
		return r.selected
	}
	return slices.IndexFunc(r.page.Blocks, ofKind)
}

// Click is a click on a cell of the view. It answers a question whose choice stands there, and returns the lab or the
// exercise whose box stands there, or nil.
func (r Reader) Click(x, y int) (Reader, lessons.Block) {
	spot, ok := r.doc.at(x, r.top+y)
	if !ok || y < 0 || y >= r.height {
		return r, nil
	}
	if _, isQuiz := r.page.Blocks[spot.block].(lessons.Quiz); isQuiz {
		return r.answered(spot.block, spot.choice), nil
	}
	r.selected = spot.block
	return r.laidOut(), r.page.Blocks[spot.block]
}
