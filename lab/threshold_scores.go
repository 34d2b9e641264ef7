package lab

import (
	"context"
	"math"
	"slices"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/anomaly"
)

// ThresholdPart is labelled examples that a model did not learn from, with its reconstructions. The normal ones come
// first, in random order like the anomalies behind them, so the first examples are a fair sample.
type ThresholdPart struct {
	Normal  int       // examples 0 to Normal-1 are normal
	Errors  []float32 // [n], the mean of (x − x′)² of each
	Names   []string  // [n], the class of each: "7", "Sandal"
	Inputs  []float32 // [n, width]
	Outputs []float32 // [n, width], or nil where nobody looks at them
	Lines   []int     // [n], of a learner's own file; nil for other data
}

// Len is how many examples there are when the given share of them is anomalous: all normal ones, and at least one
// anomaly but not more than there are, of which there may be none where nothing is labelled.
func (p ThresholdPart) Len(share float64) int {
	wanted := int(math.Round(float64(p.Normal) * share / (1 - share)))
	return p.Normal + min(max(wanted, 1), len(p.Errors)-p.Normal)
}

// Rank orders the first Len(share) examples by their error.
func (p ThresholdPart) Rank(share float64) (*anomaly.Ranking, error) {
	n := p.Len(share)
	if n == p.Normal {
		return anomaly.RankUnlabelled(p.Errors)
	}
	labels := make([]bool, n)
	for i := p.Normal; i < n; i++ {
		labels[i] = true
	}
	return anomaly.Rank(p.Errors[:n], labels)
}

// ThresholdScores is what a model makes of the data of the lab threshold.
type ThresholdScores struct {
	Settings            ThresholdSettings
	NormalName, Anomaly string // "digits", "clothes"
	Trained             int    // examples that the model learned
	Model               string // "784–256–64–16–64–256–784"
	Shape               []int  // of an example
	Columns             []string
	Note                string // what a learner should know of the data, or nothing
	// Calibration are the errors of normal examples that belong to neither part: thresholds without labels come from them.
	Calibration []float32
	// Shown is for the learner to choose a threshold on, Unseen to judge it; that has no Inputs.
	Shown, Unseen ThresholdPart
}

// Labelled says whether it is known which examples are anomalies.
func (s *ThresholdScores) Labelled() bool { return len(s.Shown.Errors) > s.Shown.Normal }

// Lines says whether the examples are lines of a learner's own file.
func (s *ThresholdScores) Lines() bool { return s.Shown.Lines != nil }

// scoredAtOnce is how many examples are scored between two Progress events.
const scoredAtOnce = 1000

// ScoreThreshold gets the model of the lab's data and its errors on what is held out.
func ScoreThreshold(ctx context.Context, env Env, s ThresholdSettings, emit func(Event)) (*ThresholdScores, error) {
	if s.Share == 0 {
		s.Share = ThresholdShare(s.Data)
	}
	emit(Progress{"preparing the data", 0})
	source, err := thresholdSourceOf(ctx, env, s)
	if err != nil {
		return nil, err
	}
	b, err := env.Backend()
	if err != nil {
		return nil, err
	}
	model, err := env.Models.Get(ctx, b, source.recipe, emit)
	if err != nil {
		return nil, err
	}
	return source.score(ctx, model, s, emit)
}

func (s thresholdSource) score(
	ctx context.Context, m *engine.Model, settings ThresholdSettings, emit func(Event),
) (*ThresholdScores, error) {
	from := s.calibration + s.shown
	calibration := s.part(s.normal.Slice(0, s.calibration), s.anomalous.Slice(0, 0))
	shown := s.part(s.normal.Slice(s.calibration, from), s.anomalous.Slice(0, s.shownAnomalies))
	unseen := s.part(s.normal.Slice(from, s.normal.Len()), s.anomalous.Slice(s.shownAnomalies, s.anomalous.Len()))
	parts := []*ThresholdPart{&calibration, &shown, &unseen}
	width := s.normal.Width()
	total, done := 0, 0
	for _, p := range parts {
		total += len(p.Names)
	}
	for _, p := range parts {
		for chunk := range slices.Chunk(p.Inputs, scoredAtOnce*width) {
			emit(Progress{"measuring the error of what it has not seen", float64(done) / float64(total)})
			errs, err := m.Errors(ctx, chunk)
			if err != nil {
				return nil, err
			}
			p.Errors = append(p.Errors, errs...)
			done += len(errs)
			if p != &shown {
				continue
			}
			redrawn, err := m.Reconstruct(ctx, chunk)
			if err != nil {
				return nil, err
			}
			p.Outputs = append(p.Outputs, redrawn...)
		}
	}
	unseen.Inputs = nil
	return &ThresholdScores{
		Settings: settings, NormalName: s.normalName, Anomaly: s.anomalyName, Trained: s.trained,
		Model: m.Architecture().String(), Shape: s.normal.Shape, Columns: s.normal.Columns, Note: s.note,
		Calibration: calibration.Errors, Shown: shown, Unseen: unseen,
	}, nil
}
