package data

import (
	"encoding/binary"
	"slices"
	"testing"
)

func TestBreastCancerMatchesScikitLearn(t *testing.T) {
	var oracle struct {
		Columns, Classes []string
		Labels           []int
		Rows             string `json:"rows_sha256"`
	}
	readOracle(t, "tables", &oracle)
	d, err := BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	if d.Len() != 569 || d.Width() != 30 {
		t.Errorf("%d×%d values, want 569×30", d.Len(), d.Width())
	}
	if !slices.Equal(d.Columns, oracle.Columns) || !slices.Equal(d.Classes, oracle.Classes) {
		t.Errorf("columns %q, classes %q; want %q, %q", d.Columns, d.Classes, oracle.Columns, oracle.Classes)
	}
	counts := make([]int, 2)
	for i, label := range d.Labels {
		counts[label]++
		if int(label) != oracle.Labels[i] {
			t.Errorf("row %d has the label %d, want %d", i, label, oracle.Labels[i])
		}
	}
	if !slices.Equal(counts, []int{212, 357}) { // The set's description says so.
		t.Errorf("%v rows of the classes, want [212 357]", counts)
	}
	values, err := binary.Append(nil, binary.LittleEndian, rows(d))
	if err != nil {
		t.Fatal(err)
	}
	if got := sum(values); got != oracle.Rows {
		t.Errorf("the values have SHA-256 %s, want %s", got, oracle.Rows)
	}
	if again, err := BreastCancer(); again != d || err != nil {
		t.Errorf("a second call gives another set, %v", err)
	}
}
