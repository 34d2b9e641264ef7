package lab

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
)

// writeTable writes a file of the test's own.
func writeTable(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// lines are n lines of a table, format being given the number of each.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// readOwn reads a table that is in order.
func readOwn(t *testing.T, text string) *Own {
	t.Helper()
	o, err := ReadOwn(writeTable(t, "own.csv", text), "")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOwnTablesThatCannotBeUsed(t *testing.T) {
	ok := lines(30, "%[1]d,-%[1]d.5,a")
	for text, want := range map[string]string{
		"x\n" + lines(30, "%d"):                         `1 column of numbers, "x"; an autoencoder finds what columns have in common, so it needs at least 2`,
		"x,y\n" + lines(29, "%[1]d,%[1]d"):              "29 rows; at least 30 are needed",
		"x,y,z\n" + lines(30, "%d,1,7.5"):               `columns that hold one value in all 30 rows: "y", "z"; nothing can be learned from them, so leave them out`,
		"x,y,class\n" + ok:                              `all 30 rows are of the class "a"; the labels must tell at least 2 classes apart`,
		"x,y,class\n" + ok + "1,2,b\n":                  `1 row is of another class than "a"; at least 2 are needed`,
		"x,y,class\n" + lines(40, "%[1]d,%[1]d,%[1]d"):  `the most frequent class, "0", has 1 rows; at least 30 are needed`,
		"x,y\n" + lines(30, "%[1]d,%[1]d") + "1,\n":     "line 32, column 2 (y): an empty cell",
		"x,y\n" + lines(30, "%[1]d,%[1]d") + "1,2,3\n":  "line 32: 3 cells; the header names 2 columns",
		"x" + strings.Repeat(",x", 4096) + "\n" + "1\n": "4097 columns; at most 4096 are allowed",
	} {
		path := writeTable(t, "o\x1bwn.csv", text)
		o, err := ReadOwn(path, "")
		if err == nil || o != nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), strings.Replace(path, "\x1b", "?", 1)+": ") {
			t.Errorf("%q gives %v, %v; want %q", text[:20], o, err, want)
		}
	}
	if _, err := ReadOwn(filepath.Join(t.TempDir(), "none.csv"), ""); err == nil || !strings.Contains(err.Error(), "none.csv") {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestTheMostFrequentClassIsNormal(t *testing.T) {
	text := "x,y,label\n" + lines(40, "%[1]d,%[1]d,rare") + lines(50, "%[1]d,%[1]d,usual") + lines(3, "%[1]d,%[1]d,odd")
	o := readOwn(t, text)
	s, err := thresholdSourceOf(t.Context(), Env{Own: o}, ThresholdSettings{Data: "own", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if s.normalName != "usual" || s.trained != 25 || s.normal.Len() != 25 || s.anomalous.Len() != 43 ||
		s.note != "normal is the most frequent class of own.csv, usual, in 50 of 93 rows" {
		t.Errorf("%s: %d learned, %d and %d held out; %s", s.normalName, s.trained, s.normal.Len(), s.anomalous.Len(), s.note)
	}
	p := s.part(s.normal, s.anomalous)
	for i, line := range p.Lines { // The line of a row and its class stay together.
		if usual := line >= 42 && line < 92; usual != (p.Names[i] == "usual") || usual != (i < p.Normal) {
			t.Errorf("example %d is line %d, %s", i, line, p.Names[i])
		}
	}
}

// TestOwnRowsAreScaledByTheTrainingPart finds the training part's means at 0 and its deviations at 1, and not those of
// the rest.
func TestOwnRowsAreScaledByTheTrainingPart(t *testing.T) {
	o := readOwn(t, "x,y\n"+lines(38, "%[1]d,1e%[1]d"))
	train, heldOut, err := o.parts(1)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := o.parts(1)
	if err != nil || !slices.Equal(rows(train), rows(again)) {
		t.Errorf("the same seed gives other parts, %v", err)
	}
	if other, _, err := o.parts(2); err != nil || slices.Equal(rows(train), rows(other)) {
		t.Errorf("another seed gives the same parts, %v", err)
	}
	moments := func(d *data.Dataset) (mean, std float64) {
		for i := range d.Len() {
			x := float64(rows(d)[2*i])
			mean += x / float64(d.Len())
			std += x * x / float64(d.Len())
		}
		return mean, math.Sqrt(std - mean*mean)
	}
	if mean, std := moments(train); math.Abs(mean) > 1e-6 || math.Abs(std-1) > 1e-6 {
		t.Errorf("the training part has mean %v and deviation %v", mean, std)
	}
	if mean, std := moments(heldOut); math.Abs(mean) < 1e-3 && math.Abs(std-1) < 1e-3 {
		t.Errorf("the held-out part was scaled by its own mean %v and deviation %v", mean, std)
	}
}

func TestOwnTableWithoutLabels(t *testing.T) {
	env := testEnv(t)
	env.Own = readOwn(t, "x,y\n"+lines(59, "%[1]d,%[1]d.5")+"0,500\n")
	v := thresholdLab().Defaults()
	if err := thresholdLab().UseOwn(v, env.Own); err != nil {
		t.Fatal(err)
	}
	var scored ThresholdUnlabelled
	var done ThresholdFlagged
	err := runThreshold(t.Context(), env, v, func(e Event) {
		switch e := e.(type) {
		case ThresholdUnlabelled:
			scored = e
		case ThresholdFlagged:
			done = e
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if scored.Trained != 30 || scored.Calibration != 10 || scored.Examples != 20 || done.Examples != 20 || len(done.Largest) != 10 ||
		!strings.Contains(scored.Note, "no precision and recall") || done.Reached {
		t.Errorf("%+v\n%+v", scored, done)
	}
	flagged := 0
	for _, l := range done.Largest {
		if float64(l.Error) >= done.Threshold {
			flagged++
		}
	}
	if flagged != min(done.Flagged, 10) || !slices.IsSortedFunc(done.Largest, func(a, b LineError) int {
		return int(math.Copysign(1, float64(b.Error-a.Error)))
	}) {
		t.Errorf("%d flagged, the largest are %+v", done.Flagged, done.Largest)
	}
	if err := v.Set("by", "f1"); err != nil {
		t.Fatal(err)
	}
	if err := runThreshold(t.Context(), env, v, func(Event) {}); err == nil || !strings.Contains(err.Error(), "by=f1 needs labels") {
		t.Errorf("the best F1 without labels gives %v", err)
	}
}

func TestTrainOnAnOwnTable(t *testing.T) {
	env := testEnv(t)
	v := trainLab().Defaults()
	if err := v.Set("data", "own"); err != nil {
		t.Fatal(err)
	}
	if err := runTrain(t.Context(), env, v, func(Event) {}); err == nil || !strings.Contains(err.Error(), "--data FILE.csv") {
		t.Errorf("without a table it says %v", err)
	}
	env.Own = readOwn(t, "x,y,label\n"+lines(50, "%[1]d,%[1]d.5,a")+lines(50, "%[1]d,%[1]d.5,b"))
	if err := trainLab().UseOwn(v, env.Own); err != nil {
		t.Fatal(err)
	}
	p, err := PrepareTrain(env, TrainSettingsOf(v), true)
	if err != nil {
		t.Fatal(err)
	}
	if p.Examples != 80 || !slices.Equal(p.Columns, []string{"x", "y"}) || len(p.Rows) != 4 || !strings.HasPrefix(p.Rows[0], "line ") {
		t.Errorf("%+v", p)
	}
	var start Start
	var done TrainDone
	err = runTrain(t.Context(), env, v, func(e Event) {
		switch e := e.(type) {
		case Start:
			start = e
		case TrainDone:
			done = e
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if start.Data != "own.csv, 100 rows of 2 columns" || start.Architecture != "2–2–1–2–2" || done.Reached ||
		done.ValLoss > 0.2 { // The variance is 1, and as the columns differ by a constant, one number says almost all.
		t.Errorf("%+v\n%+v", start, done)
	}
}

func TestOtherLabsTakeNoOwnTable(t *testing.T) {
	o := readOwn(t, "x,y\n"+lines(30, "%[1]d,%[1]d"))
	for _, l := range All() {
		v := l.Defaults()
		if err, takes := l.UseOwn(v, o), l.ID == "threshold" || l.ID == "train"; (err == nil) != takes {
			t.Errorf("%s: %v", l.ID, err)
		}
	}
}

func TestTablesAreToldApart(t *testing.T) {
	mark := func(text, label string) string {
		o, err := ReadOwn(writeTable(t, "own.csv", text), label)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ownTable(o, ThresholdSettings{Data: "own", Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return s.recipe.Name
	}
	text := "x,y\n" + lines(30, "%[1]d,%[1]d")
	if a, b, c := mark(text, ""), mark(text, ""), mark(text+"7,8\n", ""); a != b || a == c {
		t.Errorf("the models of two equal tables and a third are named %s, %s, %s", a, b, c)
	}
}
