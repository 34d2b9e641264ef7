package threshold

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/anomaly"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
)

// The actions of the lab.
const (
	lower    keymap.Action = "lower"
	higher   keymap.Action = "higher"
	judge    keymap.Action = "judge"
	quantile keymap.Action = "quantile"
	mad      keymap.Action = "MAD"
	bestF1   keymap.Action = "best F1"
	mistakes keymap.Action = "mistakes"
	finer    keymap.Action = "finer"
	nextData keymap.Action = "data"
	curve    keymap.Action = "curve"
	share    keymap.Action = "share"
	leaveOut keymap.Action = "leave out"
	restart  keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: lower, Strokes: []string{"left", "h", "-"}, Label: "←", Help: "move", Main: true},
		{Action: higher, Strokes: []string{"right", "l", "+"}, Label: "→", Help: "move", Main: true},
		{Action: judge, Strokes: []string{"enter"}, Label: "enter", Help: "judge", Main: true},
		{Action: mistakes, Strokes: []string{"w"}, Label: "w", Help: "worst", Main: true},
		{Action: nextData, Strokes: []string{"d"}, Label: "d", Help: "data", Main: true},
		{Action: curve, Strokes: []string{"c"}, Label: "c", Help: "ROC or PR curve"},
		{Action: finer, Strokes: []string{"f"}, Label: "f", Help: "steps of one example"},
		{Action: quantile, Strokes: []string{"u", "%"}, Label: "u", Help: "quantile", Main: true},
		{Action: mad, Strokes: []string{"m"}, Label: "m", Help: "MAD", Main: true},
		{Action: bestF1, Strokes: []string{"b"}, Label: "b", Help: "threshold of the best F1, which needs labels"},
		{Action: share, Strokes: []string{"a"}, Label: "a", Help: "how many of the examples are anomalies"},
		{
			Action: leaveOut, Strokes: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, Label: "0-9",
			Help: "the digit that the model never saw",
		},
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
	case restart:
		return m.restart(0)
	case nextData:
		m.settings.Data = m.kinds[(slices.Index(m.kinds, m.settings.Data)+1)%len(m.kinds)]
		m.settings.Share = lab.ThresholdShare(m.settings.Data)
		return m.restart(dataRest)
	case leaveOut:
		m.settings.Data, m.settings.Digit = "digit", int(msg.String()[0]-'0')
		m.settings.Share = lab.ThresholdShare(m.settings.Data)
		return m.restart(0)
	case curve:
		if m.unlabelled() {
			m.notice.Refuse("the curves need labels, which this table has not")
			return nil
		}
		m.pr = !m.pr
		m.worst = noMistakes
		return nil
	}
	if m.sets == nil {
		m.notice.Refuse("nothing is measured yet; wait for the errors")
		return nil
	}
	if needs, found := needsLabels()[action]; found && m.unlabelled() {
		m.notice.Refuse("%s, and this table has no labels", needs)
		return nil
	}
	m.act(action)
	return nil
}

// needsLabels says why some actions have no meaning without labels.
func needsLabels() map[keymap.Action]string {
	return map[keymap.Action]string{
		judge:  "only labels could say whether the threshold is right",
		bestF1: "the best F1 is found by labels",
		share:  "labels tell which rows are anomalies",
	}
}

// unlabelled says whether nobody knows which of the measured examples are anomalies.
func (m *Model) unlabelled() bool { return m.sets != nil && !m.sets.scores.Labelled() }

// act does what needs scores.
func (m *Model) act(action keymap.Action) {
	switch action {
	case lower:
		m.move(-1)
	case higher:
		m.move(1)
	case judge:
		m.judge()
	case quantile:
		m.byQuantile()
	case mad:
		m.byMAD()
	case bestF1:
		m.choose(m.sets.shown.BestF1(), "best F1", 0)
		m.notice.Say("the best F1 of these labelled examples; without labels nobody could have found it")
	case mistakes:
		m.worst = (m.worst + 1) % 3
		if m.unlabelled() && m.worst == misses {
			m.worst = noMistakes
		}
	case finer:
		m.fine = !m.fine
		if m.fine {
			m.notice.Say("one step is one example now; f for the large steps")
		}
	case share:
		m.changeShare()
	}
}

// restart scores the data of the settings after a rest; of the threshold nothing is left.
func (m *Model) restart(rest time.Duration) tea.Cmd {
	before := m.job
	before.Stop()
	m.job, m.sets, m.err, m.learning = job.New(), nil, nil, learning.Run{}
	m.judged, m.worst = nil, noMistakes
	return m.start(before, rest)
}

// byHand is how a threshold was found that the learner moved.
const byHand = "by hand"

// choose puts the threshold somewhere and says how it was found.
func (m *Model) choose(threshold float64, by string, given float64) {
	m.threshold, m.by, m.given = threshold, by, given
}

// steps is how many large steps the histogram is wide.
const steps = 100

// move takes one step: past one example or a part of the histogram's width.
func (m *Model) move(direction int) {
	s := m.sets
	if !m.fine {
		at := math.Log10(max(m.threshold, least)) + float64(direction)*(s.hi-s.lo)/steps
		m.choose(math.Pow(10, min(max(at, s.lo), s.hi)), byHand, 0)
		return
	}
	at := sort.SearchFloat64s(s.cuts, m.threshold)
	switch {
	case direction < 0 && at == 0:
		m.notice.Refuse("every example is flagged already")
	case direction < 0:
		m.choose(s.cuts[at-1], byHand, 0)
	case at >= len(s.cuts):
		m.notice.Refuse("no example is flagged any more")
	case at == len(s.cuts)-1:
		m.choose(math.Nextafter(s.cuts[at], math.Inf(1)), byHand, 0)
	default: // Between two errors the threshold flags what the higher of them does; past that example it flags one less.
		m.choose(s.cuts[at+1], byHand, 0)
	}
}

// next is the value after the given one, and the first when there is none.
func next(values []float64, given float64) float64 {
	return values[(slices.Index(values, given)+1)%len(values)]
}

func (m *Model) byQuantile() {
	q := next([]float64{0.95, 0.99, 0.9}, m.given)
	t, err := anomaly.QuantileThreshold(m.sets.scores.Calibration, q)
	if err != nil {
		m.notice.Refuse("%v", err)
		return
	}
	m.choose(t, fmt.Sprintf("q %g", q), q)
	m.notice.Say("%g %% of %s have a smaller error; no label was needed", 100*q, m.calibration())
}

// calibration is which examples the thresholds without labels come from.
func (m *Model) calibration() string {
	n := board.Thousands(len(m.sets.scores.Calibration))
	if m.unlabelled() {
		return n + " other rows"
	}
	return n + " other normal examples"
}

func (m *Model) byMAD() {
	k := next([]float64{3, 5, 2}, m.given)
	t, err := anomaly.MADThreshold(m.sets.scores.Calibration, k)
	if err != nil {
		m.notice.Refuse("%v", err)
		return
	}
	m.choose(t, fmt.Sprintf("k %g", k), k)
	m.notice.Say("median + %g × 1.4826 × MAD of %s; no label was needed", k, m.calibration())
}

func (m *Model) changeShare() {
	before := m.settings.Share
	m.settings.Share = next([]float64{0.1, 0.02, 0.5}, before)
	s, err := newSets(m.sets.scores, m.settings.Share)
	if err != nil {
		m.settings.Share = before
		m.notice.Refuse("%v", err)
		return
	}
	m.sets, m.judged = &s, nil
	m.notice.Say("%s are anomalies now; the threshold stays", oneIn(m.settings.Share))
}

// oneIn is a share in words.
func oneIn(share float64) string { return fmt.Sprintf("1 in %g", math.Round(10/share)/10) }

// handleClick puts the threshold where somebody clicks into the histogram.
func (m *Model) handleClick(mouse tea.Mouse) {
	l := m.layout(m.width, m.height)
	if m.sets == nil || m.worst != noMistakes || mouse.Y < l.head || mouse.Y >= l.head+l.histogram ||
		mouse.X < margin || mouse.X >= margin+l.left {
		return
	}
	m.notice = board.Notice{}
	part := (float64(mouse.X-margin) + 0.5) / float64(l.left)
	m.choose(math.Pow(10, m.sets.lo+part*(m.sets.hi-m.sets.lo)), byHand, 0)
}

func (m *Model) handleWheel(mouse tea.Mouse) {
	if m.sets == nil {
		return
	}
	m.notice = board.Notice{}
	switch mouse.Button {
	case tea.MouseWheelUp, tea.MouseWheelLeft:
		m.move(-1)
	default:
		m.move(1)
	}
}
