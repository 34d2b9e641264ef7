package data

import (
	"slices"
	"strings"
	"testing"
)

// numbered is a set whose examples are told apart by their origins, with counts[c] examples of class c.
func numbered(t *testing.T, counts ...int) *Dataset {
	t.Helper()
	about := Dataset{Name: "set", Shape: []int{1}, Classes: []string{"a", "b", "c"}[:len(counts)]}
	for class, n := range counts {
		for range n {
			about.Origins = append(about.Origins, len(about.Origins))
			about.Labels = append(about.Labels, uint8(class))
		}
	}
	d, err := NewRows(about, make([]float32, len(about.Labels)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// count is how many examples a part has of each class.
func count(d *Dataset) []int {
	counts := make([]int, len(d.Classes))
	for _, label := range d.Labels {
		counts[label]++
	}
	return counts
}

func TestSplits(t *testing.T) {
	d := numbered(t, 60, 33, 7)
	for name, test := range map[string]struct {
		split           func(seed int64) (*Dataset, *Dataset, error)
		kept, out       []int // of each class
		total, outTotal int
	}{
		"random": {func(seed int64) (*Dataset, *Dataset, error) { return d.Split(0.25, seed) }, nil, nil, 100, 25},
		"normal": {func(seed int64) (*Dataset, *Dataset, error) { return d.SplitNormal("b", 0.25, seed) }, []int{0, 25, 0}, []int{60, 8, 7}, 100, 75},
	} {
		train, heldOut, err := test.split(1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if train.Len() != test.total-test.outTotal || heldOut.Len() != test.outTotal {
			t.Errorf("%s: %d and %d examples, want %d and %d", name, train.Len(), heldOut.Len(), test.total-test.outTotal, test.outTotal)
		}
		if test.kept != nil && (!slices.Equal(count(train), test.kept) || !slices.Equal(count(heldOut), test.out)) {
			t.Errorf("%s: classes of %v and %v examples, want %v and %v", name, count(train), count(heldOut), test.kept, test.out)
		}
		all := slices.Concat(train.Origins, heldOut.Origins)
		slices.Sort(all)
		if !slices.Equal(all, d.Origins) {
			t.Errorf("%s: the parts together hold %v", name, all)
		}
		if slices.IsSorted(train.Origins) || slices.IsSorted(heldOut.Origins) {
			t.Errorf("%s: the examples are not shuffled", name)
		}
		if train.Name != "set, training part" || heldOut.Name != "set, held-out part" {
			t.Errorf("%s: the parts are named %q and %q", name, train.Name, heldOut.Name)
		}
		again, _, err := test.split(1)
		other, _, err2 := test.split(2)
		if err != nil || err2 != nil || !slices.Equal(again.Origins, train.Origins) || slices.Equal(other.Origins, train.Origins) {
			t.Errorf("%s: a seed does not repeat itself, or another gives the same: %v, %v", name, err, err2)
		}
	}
}

// TestSplitIsUniform draws each of 10 examples about equally often: 2,000 draws with p = 0.3 stay within 5 standard
// deviations of 600, √(2000·0.3·0.7) = 20.5 each.
func TestSplitIsUniform(t *testing.T) {
	d := numbered(t, 10)
	drawn := make([]int, 10)
	for seed := range int64(2000) {
		_, heldOut, err := d.Split(0.3, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range heldOut.Origins {
			drawn[i]++
		}
	}
	for i, n := range drawn {
		if n < 600-103 || n > 600+103 {
			t.Errorf("example %d was held out %d times of 2000, want about 600", i, n)
		}
	}
}

func TestSplitsRefuse(t *testing.T) {
	unlabelled, err := NewRows(Dataset{Name: "set", Shape: []int{1}}, make([]float32, 10))
	if err != nil {
		t.Fatal(err)
	}
	nan := func() float64 { zero := 0.0; return zero / zero }()
	for _, test := range []struct {
		err  func() error
		want string
	}{
		{func() error { _, _, err := numbered(t, 10).Split(0, 1); return err }, "a fraction of 0; it must be above 0 and below 1"},
		{func() error { _, _, err := numbered(t, 10).Split(1, 1); return err }, "a fraction of 1;"},
		{func() error { _, _, err := numbered(t, 10).Split(nan, 1); return err }, "a fraction of NaN;"},
		{func() error { _, _, err := numbered(t, 10).Split(0.04, 1); return err }, "holding out 0.04 of 10 leaves one part without an example"},
		{func() error { _, _, err := numbered(t, 10).Split(0.96, 1); return err }, "holding out 0.96 of 10"},
		{func() error { _, _, err := numbered(t).Split(0.5, 1); return err }, "holding out 0.5 of 0"},
		{func() error { _, _, err := unlabelled.SplitNormal("a", 0.5, 1); return err }, "no labels"},
		{func() error { _, _, err := numbered(t, 5, 5).SplitNormal("c", 0.5, 1); return err }, `no class "c"; its classes are ["a" "b"]`},
		{func() error { _, _, err := numbered(t, 5, 0).SplitNormal("a", 0.5, 1); return err }, `every example is of the class "a"`},
		{func() error { _, _, err := numbered(t, 1, 5).SplitNormal("a", 0.5, 1); return err }, "of the class a"},
	} {
		if err := test.err(); err == nil || !strings.HasPrefix(err.Error(), "set") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
}
