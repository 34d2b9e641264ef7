package lab

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ThresholdUnlabelled tells what was measured where nobody knows which examples are anomalies.
type ThresholdUnlabelled struct {
	Data        string `json:"data"`
	Note        string `json:"note"`
	Model       string `json:"model"`
	Trained     int    `json:"trained"`
	Calibration int    `json:"calibration"`
	Examples    int    `json:"examples"`
}

// Kind implements Event.
func (ThresholdUnlabelled) Kind() string { return "scored" }

// Line says what was measured.
func (e ThresholdUnlabelled) Line() string {
	return noted(e.Note, fmt.Sprintf("%d rows learned, %d others give the threshold, %d more are looked at", e.Trained,
		e.Calibration, e.Examples))
}

// noted puts a note above a line, if there is one.
func noted(note, line string) string {
	if note == "" {
		return line
	}
	return note + "\n" + line
}

func (s *ThresholdScores) unlabelled() ThresholdUnlabelled {
	return ThresholdUnlabelled{
		Data: s.Settings.Data, Note: s.Note, Model: s.Model, Trained: s.Trained, Calibration: len(s.Calibration),
		Examples: len(s.Shown.Errors) + len(s.Unseen.Errors),
	}
}

// LineError is the error of a row of a learner's own file.
type LineError struct {
	Line  int     `json:"line"`
	Error float32 `json:"error"`
}

// Largest are the n rows with the largest errors, the largest first. It is for data with Lines.
func (p ThresholdPart) Largest(n int) []LineError {
	all := make([]LineError, len(p.Errors))
	for i, e := range p.Errors {
		all[i] = LineError{p.Lines[i], e}
	}
	slices.SortFunc(all,
		func(a, b LineError) int { return cmp.Or(cmp.Compare(b.Error, a.Error), cmp.Compare(a.Line, b.Line)) })
	return all[:min(n, len(all))]
}

// ThresholdFlagged ends the lab threshold where nothing is labelled.
type ThresholdFlagged struct {
	Threshold float64     `json:"threshold"`
	By        string      `json:"by"`
	Flagged   int         `json:"flagged"` // of Examples
	Examples  int         `json:"examples"`
	Largest   []LineError `json:"largest"` // at most ten
	Task
}

// Kind implements Event.
func (ThresholdFlagged) Kind() string { return "done" }

// Line says what the threshold does.
func (d ThresholdFlagged) Line() string {
	lines := []string{fmt.Sprintf("threshold %s by %s: %d of %d rows flagged, the largest errors in", short4(d.Threshold),
		d.By, d.Flagged, d.Examples)}
	for _, l := range d.Largest {
		lines = append(lines, fmt.Sprintf("  line %-6d %s", l.Line, short4(float64(l.Error))))
	}
	return strings.Join(append(lines, d.Task.Line()), "\n")
}

// short4 writes four digits of a number.
func short4(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

// flag counts what a threshold flags of the rows that took no part in finding it.
func (s *ThresholdScores) flag(threshold float64, by string) ThresholdFlagged {
	all := ThresholdPart{
		Errors: slices.Concat(s.Shown.Errors, s.Unseen.Errors), Lines: slices.Concat(s.Shown.Lines, s.Unseen.Lines),
	}
	d := ThresholdFlagged{
		Threshold: threshold, By: by, Examples: len(all.Errors), Largest: all.Largest(10),
		Task: ThresholdTask(s.Settings, nil),
	}
	for _, e := range all.Errors {
		if float64(e) >= threshold {
			d.Flagged++
		}
	}
	return d
}
