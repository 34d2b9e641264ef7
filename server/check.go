package server

import (
	"context"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/plain"
)

// check checks a learner's file and keeps what came of it. told hears of its place in the line.
func (s *Server) check(ctx context.Context, learner string, e exercises.Exercise, source []byte, told func(string)) (exercises.Verdict, error) {
	v, err := s.queue.check(ctx, learner, e, source, told)
	if err != nil {
		return v, err
	}
	return v, plain.KeepVerdict(s.workshop.Store, learner, v)
}
