package progress

// Exercise is what is kept of an exercise. One of which nothing is kept is to do.
func (p Progress) Exercise(name string) ExerciseStatus {
	for _, e := range p.Exercises {
		if e.Name == name {
			return e
		}
	}
	return ExerciseStatus{Name: name, Status: Todo}
}

// HintsOf is how many hints of an exercise were shown.
func (p Progress) HintsOf(name string) int {
	for _, h := range p.Hints {
		if h.Name == name {
			return h.Hints
		}
	}
	return 0
}

// NextHint counts one more hint of an exercise as shown, of which it has most, and returns which one that is, from 1. After
// the last it is the last again.
func NextHint(s Store, learner, exercise string, most int) (int, error) {
	p, err := s.Load(learner)
	if err != nil {
		return 0, err
	}
	next := min(p.HintsOf(exercise)+1, most)
	return next, s.Record(learner, HintsShown{Name: exercise, Hints: next})
}

// AskSolution says whether a learner gets to see the solution of an exercise: after a pass, or when they ask for the
// second time; then it counts as seen.
func AskSolution(s Store, learner, exercise string) (granted bool, err error) {
	p, err := s.Load(learner)
	if err != nil {
		return false, err
	}
	asked := exercise + "/solution" // It is kept beside the hints, under a name that no exercise has.
	switch status := p.Exercise(exercise); {
	case status.Passed || status.Seen:
		return true, nil
	case p.HintsOf(asked) > 0:
		return true, s.Record(learner, ExerciseStatus{Name: exercise, Status: Seen})
	default:
		return false, s.Record(learner, HintsShown{Name: asked, Hints: 1})
	}
}
