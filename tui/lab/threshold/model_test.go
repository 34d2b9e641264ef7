package threshold

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// text is the screen without colours and line breaks.
func text(m *Model) string {
	return strings.Join(strings.Fields(ansi.Strip(m.View(80, 22, labtest.Themes()["no-colour"]))), " ")
}

func expect(t *testing.T, m *Model, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(text(m), want) {
			t.Errorf("the screen does not say %q:\n%s", want, ansi.Strip(m.View(80, 22, labtest.Themes()["no-colour"])))
		}
	}
}

func TestThresholdMoves(t *testing.T) {
	m := ready(t, "images")
	before := m.threshold
	press(m, "right", "right", "left")
	step := (m.sets.hi - m.sets.lo) / steps
	if want := before * math.Pow(10, step); math.Abs(m.threshold-want) > 1e-9 {
		t.Errorf("one step right of %v is %v, want %v", before, m.threshold, want)
	}
	press(m, "f")
	c := m.sets.shown.Counts(m.threshold)
	press(m, "right")
	after := m.sets.shown.Counts(m.threshold)
	if flagged := c.TruePositives + c.FalsePositives; after.TruePositives+after.FalsePositives != flagged-1 {
		t.Errorf("a fine step changes %+v to %+v, want one flagged less", c, after)
	}
	press(m, "left")
	if m.sets.shown.Counts(m.threshold) != c {
		t.Errorf("a fine step back gives %+v, want %+v", m.sets.shown.Counts(m.threshold), c)
	}
	for range 400 {
		press(m, "right")
	}
	expect(t, m, "no example is flagged any more")
	for range 400 {
		press(m, "left")
	}
	expect(t, m, "every example is flagged already")
	press(m, "f")
	for range 200 {
		press(m, "right")
	}
	if at := math.Log10(m.threshold); math.Abs(at-m.sets.hi) > 1e-9 {
		t.Errorf("large steps end at 10^%v, want the histogram's end 10^%v", at, m.sets.hi)
	}
}

func TestThresholdsWithAndWithoutLabels(t *testing.T) {
	m := ready(t, "images")
	press(m, "u")
	flagged := 0
	for _, e := range m.sets.scores.Calibration {
		if float64(e) >= m.threshold {
			flagged++
		}
	}
	if flagged != 15 {
		t.Errorf("the 0.95-quantile of 300 errors has %d of them above it, want 15", flagged)
	}
	expect(t, m, "q 0.95", "95 % of 300 other normal examples")
	press(m, "u")
	expect(t, m, "q 0.99")
	press(m, "m", "m")
	expect(t, m, "k 5")
	press(m, "b")
	best := m.sets.shown.Counts(m.threshold).F1()
	for _, cut := range m.sets.cuts {
		if m.sets.shown.Counts(cut).F1() > best {
			t.Errorf("%v has a better F1 than the best", cut)
		}
	}
}

func TestTaskIsJudgedOnUnseenExamplesWhenAsked(t *testing.T) {
	m := ready(t, "images")
	if m.Task().Now != "not judged yet" {
		t.Errorf("before enter the task says %+v", m.Task())
	}
	press(m, "enter")
	if m.Task().Reached || m.judged == nil {
		t.Errorf("half of the normal examples flagged reaches the task: %+v", m.Task())
	}
	press(m, "b")
	if m.Task().Reached {
		t.Error("a threshold that nobody judged reaches the task")
	}
	press(m, "enter")
	if !m.Task().Reached {
		t.Errorf("the best F1 does not reach the task on these scores: %+v", m.Task())
	}
	press(m, "left", "enter", "a")
	if !m.Task().Reached {
		t.Error("the task does not stay reached")
	}
}

func TestMistakesAreShownWorstFirst(t *testing.T) {
	m := ready(t, "images")
	press(m, "m")
	alarms, missed := m.sets.mistakes(falseAlarms, m.threshold), m.sets.mistakes(misses, m.threshold)
	errs, normal := m.sets.scores.Shown.Errors, m.sets.scores.Shown.Normal
	for i, at := range alarms {
		if at >= normal || float64(errs[at]) < m.threshold || i > 0 && errs[at] > errs[alarms[i-1]] {
			t.Errorf("false alarm %d is example %d with error %v", i, at, errs[at])
		}
	}
	for i, at := range missed {
		if at < normal || float64(errs[at]) >= m.threshold || i > 0 && errs[at] < errs[missed[i-1]] {
			t.Errorf("miss %d is example %d with error %v", i, at, errs[at])
		}
	}
	press(m, "w")
	expect(t, m, "false alarms: normal, but redrawn badly")
	press(m, "w")
	expect(t, m, "misses: anomalies that are redrawn well")
	press(m, "w")
	expect(t, m, "ROC")
}

func TestClickPutsTheThreshold(t *testing.T) {
	m := ready(t, "images")
	l := m.layout(80, 22)
	m.Update(tea.MouseClickMsg{X: margin + l.left/2, Y: l.head + 1})
	want := math.Pow(10, m.sets.lo+(float64(l.left/2)+0.5)/float64(l.left)*(m.sets.hi-m.sets.lo))
	if math.Abs(m.threshold-want) > 1e-9 {
		t.Errorf("a click into the middle gives %v, want %v", m.threshold, want)
	}
	m.Update(tea.MouseClickMsg{X: 79, Y: 1})
	if m.threshold != want {
		t.Error("a click beside the histogram moves the threshold")
	}
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if m.threshold <= want {
		t.Error("the wheel does not move the threshold")
	}
}

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
	asked []lab.ThresholdSettings
	fails error
	hold  bool // work until the job is stopped
}

func (b *bench) score(ctx context.Context, s lab.ThresholdSettings, emit func(lab.Event)) (*lab.ThresholdScores, error) {
	b.asked = append(b.asked, s)
	emit(lab.Progress{Doing: "training", Fraction: 0.25})
	if b.hold {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if b.fails != nil {
		return nil, b.fails
	}
	return recorded(s.Data), nil
}

func play(t *testing.T, b *bench, script func(b *bench)) {
	t.Helper()
	labtest.Play(t, func() screen.Screen {
		b.model = New(b.score, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

// rest lets a choice of data rest until it is scored.
func (b *bench) rest() {
	time.Sleep(dataRest) // time of the bubble
	b.Settle()
}

func TestDataChange(t *testing.T) {
	play(t, &bench{}, func(b *bench) {
		b.Expect("[images]", "AUC")
		b.Press("d", "d")
		b.rest()
		b.Expect("[table]", "1 in 2")
		for _, s := range b.asked {
			if s.Data == "digit" {
				b.Error("data that the learner only passed were scored")
			}
		}
		b.Press("7")
		if last := b.asked[len(b.asked)-1]; last.Data != "digit" || last.Digit != 7 || last.Share != 0.1 {
			b.Errorf("the key 7 asks for %+v", last)
		}
	})
}

func TestNewerRequestStopsTheOlder(t *testing.T) {
	play(t, &bench{hold: true}, func(b *bench) {
		b.Expect("training …", "25%")
		b.Press("right")
		b.Expect("nothing is measured yet")
		stale := b.model.job
		b.hold = false
		b.Press("d")
		b.model.Update(job.Msg{Job: stale, Ended: true, Err: errors.New("stale")})
		b.rest()
		b.Expect("[digit]", "AUC")
	})
}

func TestFailureCanBeRepeated(t *testing.T) {
	play(t, &bench{fails: errors.New("it broke")}, func(b *bench) {
		b.Expect("it broke; r starts over")
		b.fails = nil
		b.Press("r")
		b.Expect("AUC")
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left.
	play(t, &bench{hold: true}, func(*bench) {})
	play(t, &bench{}, func(b *bench) { b.model.Close(); b.model.Close() })
}

func TestOwnTableIsOffered(t *testing.T) {
	m := ready(t, "own")
	expect(t, m, "[own]", "learned 500 rows of ok; below 200 new ones and 100 others", "normal is the most frequent class of pumps.csv, ok")
	press(m, "w")
	expect(t, m, "line ")
	press(m, "w", "w", "enter")
	expect(t, m, "judged on 900 unseen examples", "is about the images")
	press(m, "d")
	if m.settings.Data != "images" {
		t.Errorf("after own comes %s, want images", m.settings.Data)
	}
}

func TestWithoutLabelsNothingIsJudged(t *testing.T) {
	m := ready(t, "unlabelled")
	press(m, "u")
	flagged := 0
	for _, e := range m.sets.scores.Shown.Errors {
		if float64(e) >= m.threshold {
			flagged++
		}
	}
	expect(t, m, fmt.Sprintf("rows %d %d", flagged, 200-flagged), "95 % of 300 other rows", "Precision and recall need", "the largest errors")
	for _, key := range []string{"enter", "b", "a", "c"} {
		press(m, "u", key)
		if m.notice.Tone != board.Warning || !strings.Contains(m.notice.Text, "labels") || m.judged != nil {
			t.Errorf("%s answers %+v", key, m.notice)
		}
	}
	press(m, "w")
	expect(t, m, "flagged: redrawn badly", "line 1001")
	press(m, "w")
	expect(t, m, "the largest errors")
}
