package neighbors

import (
	"slices"
	"strings"
	"testing"
)

// line is a classifier of references at 0, 1, 2, … on a line, and the k nearest of some places on it.
func line(t *testing.T, classes int, labels []uint8, k int, places ...float32) (*Classifier, Result) {
	t.Helper()
	references := make([]float32, len(labels))
	for i := range references {
		references[i] = float32(i)
	}
	c, err := NewClassifier(labels, classes)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newIndex(t, L2, references, 1).Search(t.Context(), places, k)
	if err != nil {
		t.Fatal(err)
	}
	return c, r
}

func TestTiesGoToTheNearestOfTheTied(t *testing.T) {
	// Seen from −1: the votes are 3; 3 1; 3 1 1; 3 1 1 3; 3 1 1 3 0; 3 1 1 3 0 0; 3 1 1 3 0 0 0.
	want := []uint8{3, 3, 1, 3, 3, 3, 0}
	c, r := line(t, 4, []uint8{3, 1, 1, 3, 0, 0, 0}, len(want), -1)
	for k := 1; k <= len(want); k++ {
		got, err := c.Vote(r, k)
		if err != nil {
			t.Fatal(err)
		}
		if got[0] != want[k-1] {
			t.Errorf("class %d by %d neighbours, want %d", got[0], k, want[k-1])
		}
	}
}

func TestAccuraciesAreThoseOfEachVote(t *testing.T) {
	points := clusters(260, 2)
	labels := make([]uint8, 260)
	for i := range labels {
		labels[i] = uint8(max(0, int(points[2*i])+3) % 5)
	}
	f := newIndex(t, L2, points[:400], 2)
	c, err := NewClassifier(labels[:200], 5)
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Search(t.Context(), points[400:], 20)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Accuracies(r, labels[200:])
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 20 {
		t.Fatalf("%d accuracies, want 20", len(got))
	}
	for k := 1; k <= 20; k++ {
		voted, err := c.Vote(r, k)
		if err != nil {
			t.Fatal(err)
		}
		fewer, err := f.Search(t.Context(), points[400:], k)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := c.Vote(fewer, k)
		if err != nil || !slices.Equal(voted, alone) {
			t.Errorf("k %d: the first of 20 neighbours vote for %v, a search for k for %v, error %v", k, voted, alone, err)
		}
		right := 0
		for i, class := range voted {
			if class == labels[200+i] {
				right++
			}
		}
		if want := float64(right) / float64(len(voted)); got[k-1] != want {
			t.Errorf("k %d: accuracy %v, %d of %d votes are right", k, got[k-1], right, len(voted))
		}
	}
}

// oneClass checks that a set of one class is no special case.
func TestOneClass(t *testing.T) {
	c, r := line(t, 1, []uint8{0, 0, 0}, 2, 1, 5)
	got, err := c.Vote(r, 2)
	if err != nil || !slices.Equal(got, []uint8{0, 0}) {
		t.Errorf("predicted %v, error %v", got, err)
	}
}

func TestWrongLabelsAreExplained(t *testing.T) {
	build := func(labels []uint8, classes int) error {
		_, err := NewClassifier(labels, classes)
		return err
	}
	c, r := line(t, 2, []uint8{0, 1}, 2, 1, 2, 3)
	vote := func(r Result, k int) error {
		_, err := c.Vote(r, k)
		return err
	}
	accuracies := func(r Result, labels ...uint8) error {
		_, err := c.Accuracies(r, labels)
		return err
	}
	far := Result{K: 1, Indices: []int{2}, Distances: []float64{0}}
	for _, c := range []struct {
		err  error
		want string
	}{
		{build([]uint8{0, 3}, 3), "label 3 of example 1; the classes are 0 to 2"},
		{build([]uint8{0, 1}, 0), "0 classes; take from 1 to 256"},
		{vote(r, 0), "a vote of 0 neighbours; the search found 2, so take from 1 to 2"},
		{vote(r, 3), "a vote of 3 neighbours; the search found 2"},
		{vote(far, 1), "neighbour 0 of query 0 is reference 2; the classifier knows 0 to 1"},
		{accuracies(Result{}), "no queries, so they have no accuracy"},
		{accuracies(r, 0, 1), "2 labels for 3 queries; each needs one"},
		{accuracies(r, 0, 1, 2), "label 2 of example 2; the classes are 0 to 1"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("got %v, want an error with %q", c.err, c.want)
		}
	}
}
