package lab

import (
	"context"
	"fmt"

	"github.com/aetutor/aetutor/engine/anomaly"
)

// ThresholdSettings say what the lab threshold looks for.
type ThresholdSettings struct {
	Data  string  // one of Env.ThresholdKinds
	Digit int     // the digit that is left out where Data is "digit"
	Share float64 // of the examples that are anomalies, above 0 and below 1; 0 takes ThresholdShare of the data
	Seed  int64
}

// The task of the lab threshold: a precision and a recall on the unseen digits and clothes, one in ten of them clothes.
const (
	ThresholdTaskPrecision = 0.80
	ThresholdTaskRecall    = 0.90
	thresholdTaskData      = "images"
)

// ThresholdShare is the part of the examples that are anomalies when nobody says another: one in ten, but half of a
// table, which may have too few rows for that.
func ThresholdShare(kind string) float64 {
	if kind == "table" || kind == ownData {
		return 0.5
	}
	return 0.1
}

// ThresholdTask judges a threshold by what it makes of the unseen examples; nil is no threshold yet. The task is about
// digits and clothes, one in ten of them clothes; with other settings it cannot be reached.
func ThresholdTask(s ThresholdSettings, unseen *anomaly.Counts) Task {
	t := Task{Text: fmt.Sprintf("precision ≥ %.2f, recall ≥ %.2f on unseen images",
		ThresholdTaskPrecision, ThresholdTaskRecall)}
	switch {
	case s.Data != thresholdTaskData:
		t.Now = "is about the images"
	case s.Share != ThresholdShare(thresholdTaskData):
		t.Now = "is about 1 in 10"
	case unseen == nil:
		t.Now = "not judged yet"
	default:
		precision, recall := unseen.Precision(), unseen.Recall()
		t.Now = fmt.Sprintf("%.3f and %.3f", precision, recall)
		t.Reached = precision >= ThresholdTaskPrecision && recall >= ThresholdTaskRecall
		t.Figure = highest("F1 on unseen images", unseen.F1())
	}
	return t
}

// ThresholdScored tells how well the errors part the shown examples, whatever the threshold.
type ThresholdScored struct {
	Data             string           `json:"data"`
	Normal           string           `json:"normal"`
	Anomaly          string           `json:"anomaly"`
	Model            string           `json:"model"`
	Trained          int              `json:"trained"`
	Calibration      int              `json:"calibration"`
	Examples         int              `json:"examples"`
	Anomalies        int              `json:"anomalies"`
	AUC              float64          `json:"auc"`
	AveragePrecision float64          `json:"average_precision"`
	Note             string           `json:"note,omitempty"`
	Scores           *ThresholdScores `json:"-"`
}

// Kind implements Event.
func (ThresholdScored) Kind() string { return "scored" }

// Line says what was measured.
func (e ThresholdScored) Line() string {
	return noted(e.Note, fmt.Sprintf("%s against %s, %d examples of which %d are anomalies, none learned: AUC %.3f, "+
		"average precision %.3f", e.Normal, e.Anomaly, e.Examples, e.Anomalies, e.AUC, e.AveragePrecision))
}

// ThresholdJudged is a confusion matrix with what is computed from it.
type ThresholdJudged struct {
	TruePositives  int     `json:"tp"`
	FalsePositives int     `json:"fp"`
	FalseNegatives int     `json:"fn"`
	TrueNegatives  int     `json:"tn"`
	Precision      float64 `json:"precision"`
	Recall         float64 `json:"recall"`
	F1             float64 `json:"f1"`
}

func judged(c anomaly.Counts) ThresholdJudged {
	return ThresholdJudged{
		c.TruePositives, c.FalsePositives, c.FalseNegatives, c.TrueNegatives, c.Precision(), c.Recall(), c.F1(),
	}
}

func (j ThresholdJudged) String() string {
	return fmt.Sprintf("%d of %d anomalies flagged, %d of %d normal: precision %.3f, recall %.3f, F1 %.3f",
		j.TruePositives, j.TruePositives+j.FalseNegatives, j.FalsePositives, j.FalsePositives+j.TrueNegatives, j.Precision, j.Recall, j.F1)
}

// ThresholdDone ends the lab threshold.
type ThresholdDone struct {
	Threshold float64         `json:"threshold"`
	By        string          `json:"by"`
	Shown     ThresholdJudged `json:"shown"`
	Unseen    ThresholdJudged `json:"unseen"`
	Task
}

// Kind implements Event.
func (ThresholdDone) Kind() string { return "done" }

// Line says what the threshold does.
func (d ThresholdDone) Line() string {
	return fmt.Sprintf("threshold %s by %s\nshown:  %v\nunseen: %v\n%s",
		short4(d.Threshold), d.By, d.Shown, d.Unseen, d.Task.Line())
}

func thresholdLab() Lab {
	return Lab{
		ID: "threshold", Lesson: "anomaly",
		About:    "finds anomalies by their reconstruction error",
		Question: "How much error is too much, and what does it cost to be wrong?",
		Task:     ThresholdTask(ThresholdSettings{}, nil).Text,
		Answer:   []string{"by", "q", "k", "threshold"},
		Params: []Param{
			choiceParam("data", "images", Env{Own: &Own{}}.ThresholdKinds(), "what is looked at, own being the file of --data"),
			wholeParam("digit", 4, 0, 9, "the digit that the model never saw, where data is digit"),
			numberParam("share", 0, 0, 0.5, "the part of the examples that are anomalies, 0 for the usual one"),
			choiceParam("by", "quantile", []string{"quantile", "mad", "f1", "value"}, "how the threshold is chosen"),
			numberParam("q", 0.98, 0, 1, "the quantile of the errors of normal examples"),
			numberParam("k", 3, 0.1, 100, "the number of scaled MADs above the median"),
			numberParam("threshold", 0.03, 0, 1e6, "the threshold itself, where by is value"),
			seedParam(),
		},
		Run: runThreshold,
	}
}

// ThresholdSettingsOf reads the settings of the lab threshold from its values.
func ThresholdSettingsOf(v Values) ThresholdSettings {
	s := ThresholdSettings{Data: v.Text("data"), Digit: v.Whole("digit"), Share: v.Number("share"), Seed: v.Seed()}
	if s.Share == 0 {
		s.Share = ThresholdShare(s.Data)
	}
	return s
}

// choose is the threshold that the parameters ask for.
func (s *ThresholdScores) choose(v Values, shown *anomaly.Ranking) (threshold float64, by string, err error) {
	switch v.Text("by") {
	case "mad":
		threshold, err = anomaly.MADThreshold(s.Calibration, v.Number("k"))
		return threshold, "k " + v.Text("k"), err
	case "f1":
		return shown.BestF1(), "best F1", nil
	case "value":
		return v.Number("threshold"), "value", nil
	default:
		threshold, err = anomaly.QuantileThreshold(s.Calibration, v.Number("q"))
		return threshold, "q " + v.Text("q"), err
	}
}

// Scored is the event that tells of the scores.
func (s *ThresholdScores) Scored(shown *anomaly.Ranking) ThresholdScored {
	n := s.Shown.Len(s.Settings.Share)
	return ThresholdScored{
		Data: s.Settings.Data, Normal: s.NormalName, Anomaly: s.Anomaly, Model: s.Model, Trained: s.Trained,
		Calibration: len(s.Calibration), Examples: n, Anomalies: n - s.Shown.Normal,
		AUC: shown.AUC(), AveragePrecision: shown.AveragePrecision(), Note: s.Note, Scores: s,
	}
}

func runThreshold(ctx context.Context, env Env, v Values, emit func(Event)) error {
	if err := CheckOwn(env, v); err != nil {
		return err
	}
	scores, err := ScoreThreshold(ctx, env, ThresholdSettingsOf(v), emit)
	if err != nil {
		return err
	}
	shown, err := scores.Shown.Rank(scores.Settings.Share)
	if err != nil {
		return err
	}
	unseen, err := scores.Unseen.Rank(scores.Settings.Share)
	if err != nil {
		return err
	}
	threshold, by, err := scores.choose(v, shown)
	if err != nil {
		return err
	}
	if !scores.Labelled() {
		emit(scores.unlabelled())
		emit(scores.flag(threshold, by))
		return nil
	}
	emit(scores.Scored(shown))
	counts := unseen.Counts(threshold)
	emit(ThresholdDone{
		Threshold: threshold, By: by, Shown: judged(shown.Counts(threshold)), Unseen: judged(counts),
		Task: ThresholdTask(scores.Settings, &counts),
	})
	return nil
}
