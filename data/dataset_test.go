package data

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// grid is three pictures of 1×2 pixels.
func grid(t *testing.T) *Dataset {
	t.Helper()
	d, err := NewImages("grid", 1, 2, []byte{0, 255, 51, 102, 10, 20}, []byte{1, 0, 1}, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// rows are all values of a dataset.
func rows(d *Dataset) []float32 {
	all := make([]float32, d.Len()*d.Width())
	for i := range d.Len() {
		d.Row(all[i*d.Width():], i)
	}
	return all
}

func TestRowScalesToInk(t *testing.T) {
	for i, got := range rows(grid(t)) {
		want := []float32{0, 1, 0.2, 0.4, 10. / 255, 20. / 255}[i]
		if diff := got - want; diff < -1e-7 || diff > 1e-7 {
			t.Errorf("value %d is %v, want %v", i, got, want)
		}
	}
}

func TestRowWritesOneExampleOnly(t *testing.T) {
	dst := []float32{-1, -1, -1}
	grid(t).Row(dst, 0)
	if !slices.Equal(dst, []float32{0, 1, -1}) {
		t.Errorf("got %v, want [0 1 -1]", dst)
	}
}

func TestBlocksHoldAllExamplesInOrder(t *testing.T) {
	d := grid(t)
	for n, want := range map[int][]int{1: {0, 1, 2}, 2: {0, 2}, 3: {0}, 100: {0}} {
		var firsts []int
		var values []float32
		for first, x := range d.Blocks(n) {
			firsts, values = append(firsts, first), append(values, x...)
		}
		if !slices.Equal(firsts, want) || !slices.Equal(values, rows(d)) {
			t.Errorf("blocks of %d begin at %v with the values %v, want %v and %v", n, firsts, values, want, rows(d))
		}
	}
	for range d.Slice(1, 1).Blocks(2) {
		t.Error("no examples give a block")
	}
	for first := range d.Blocks(1) {
		if first > 0 {
			t.Fatal("the blocks go on after a break")
		}
		break
	}
}

func TestSliceSharesMemory(t *testing.T) {
	d := grid(t)
	part := d.Slice(1, 3)
	if part.Len() != 2 || !slices.Equal(part.Labels, []uint8{0, 1}) || !slices.Equal(rows(part), rows(d)[2:]) {
		t.Errorf("got %d examples, labels %v, values %v", part.Len(), part.Labels, rows(part))
	}
	if &part.pixels[0] != &d.pixels[2] {
		t.Error("the slice has memory of its own")
	}
	if first := d.Slice(0, 2); cap(first.pixels) != 4 || cap(first.Labels) != 2 {
		t.Errorf("appending to the first two examples would overwrite the third: capacity %d pixels, %d labels",
			cap(first.pixels), cap(first.Labels))
	}
	if empty := d.Slice(2, 2); empty.Len() != 0 || empty.Width() != 2 {
		t.Errorf("an empty slice has %d examples of %d values", empty.Len(), empty.Width())
	}
}

func TestSelectCopiesInOrder(t *testing.T) {
	d := grid(t)
	part := d.Select([]int{2, 0, 2})
	want := slices.Concat(rows(d)[4:6], rows(d)[0:2], rows(d)[4:6])
	if !slices.Equal(rows(part), want) || !slices.Equal(part.Labels, []uint8{1, 1, 1}) {
		t.Errorf("got labels %v, values %v; want [1 1 1], %v", part.Labels, rows(part), want)
	}
	part.pixels[0] = 99
	if d.pixels[4] != 10 {
		t.Error("the selection shares memory with its source")
	}
}

func TestNewImagesRefuses(t *testing.T) {
	for _, test := range []struct {
		height, width  int
		pixels, labels []byte
		want           string
	}{
		{0, 2, nil, nil, "0×2 pixels"},
		{2, -1, nil, nil, "2×-1 pixels"},
		{1, 2, make([]byte, 3), []byte{0}, "3 bytes are not a whole number of 1×2 pictures"},
		{1, 2, make([]byte, 4), []byte{0}, "2 pictures but 1 labels"},
		{1, 2, make([]byte, 4), []byte{0, 2}, "label 2 of picture 1; the classes are 0 to 1"},
	} {
		_, err := NewImages("set", test.height, test.width, test.pixels, test.labels, []string{"a", "b"})
		if err == nil || !strings.Contains(err.Error(), "set: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
}

// table is three rows of two columns.
func table(t *testing.T) *Dataset {
	t.Helper()
	d, err := NewRows(Dataset{
		Name: "table", Shape: []int{2}, Columns: []string{"x", "y"}, Classes: []string{"a", "b"}, Labels: []uint8{1, 0, 1},
		Origins: []int{2, 3, 5},
	}, []float32{1, -2, 3.5, 0, 1e6, 7})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRowsAreWrittenAsTheyAre(t *testing.T) {
	d := table(t)
	if d.Len() != 3 || d.Width() != 2 || !slices.Equal(rows(d), []float32{1, -2, 3.5, 0, 1e6, 7}) {
		t.Errorf("%d rows of %d values: %v", d.Len(), d.Width(), rows(d))
	}
	dst := []float32{9, 9, 9}
	if d.Row(dst, 1); !slices.Equal(dst, []float32{3.5, 0, 9}) {
		t.Errorf("got %v, want [3.5 0 9]", dst)
	}
}

func TestRowsAreSlicedAndSelected(t *testing.T) {
	d := table(t)
	part := d.Slice(1, 3)
	if !slices.Equal(rows(part), rows(d)[2:]) || !slices.Equal(part.Labels, []uint8{0, 1}) || !slices.Equal(part.Origins, []int{3, 5}) {
		t.Errorf("the slice holds %v, labels %v, origins %v", rows(part), part.Labels, part.Origins)
	}
	if &part.floats[0] != &d.floats[2] || cap(d.Slice(0, 2).floats) != 4 || cap(d.Slice(0, 2).Origins) != 2 {
		t.Error("the slice does not share memory, or lets its owner append into what follows")
	}
	picked := d.Select([]int{2, 0})
	if !slices.Equal(rows(picked), []float32{1e6, 7, 1, -2}) || !slices.Equal(picked.Labels, []uint8{1, 1}) ||
		!slices.Equal(picked.Origins, []int{5, 2}) || !slices.Equal(picked.Columns, d.Columns) {
		t.Errorf("the selection holds %v, labels %v, origins %v", rows(picked), picked.Labels, picked.Origins)
	}
	picked.floats[0] = 0
	if d.floats[4] != 1e6 {
		t.Error("the selection shares memory with its source")
	}
	if empty := d.Select(nil); empty.Len() != 0 || empty.Slice(0, 0).Len() != 0 || empty.Labels == nil {
		t.Errorf("an empty selection has %d rows, labels %v", empty.Len(), empty.Labels)
	}
}

func TestUnlabelledRows(t *testing.T) {
	d, err := NewRows(Dataset{Name: "beats", Shape: []int{1, 2}}, []float32{1, 2, 3, 4})
	if err != nil {
		t.Fatal(err)
	}
	if part := d.Select([]int{1}).Slice(0, 1); part.Labels != nil || part.Origins != nil || !slices.Equal(rows(part), []float32{3, 4}) {
		t.Errorf("got %v, labels %v, origins %v", rows(part), part.Labels, part.Origins)
	}
	if d, err := NewRows(Dataset{Name: "none", Shape: []int{3}}, nil); err != nil || d.Len() != 0 {
		t.Errorf("a set without examples: %v", err)
	}
}

// TestRowAllocatesNothing holds for both kinds of values, for Row runs once an example in the training loop.
func TestRowAllocatesNothing(t *testing.T) {
	for _, d := range []*Dataset{grid(t), table(t)} {
		dst := make([]float32, 2)
		if n := testing.AllocsPerRun(100, func() { d.Row(dst, 1) }); n != 0 {
			t.Errorf("%s: Row allocates %v times", d.Name, n)
		}
	}
}

func TestNewRowsRefuses(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, test := range []struct {
		about  Dataset
		values []float32
		want   string
	}{
		{Dataset{}, nil, "no shape"},
		{Dataset{Shape: []int{2, 0}}, nil, "shape [2 0]; each side must be positive"},
		{Dataset{Shape: []int{-2}}, nil, "shape [-2]"},
		{Dataset{Shape: []int{1 << 40, 1 << 40}}, nil, "product at most 16777216"},
		{Dataset{Shape: []int{2}}, make([]float32, 3), "3 values are not a whole number of examples with 2"},
		{Dataset{Shape: []int{2}, Columns: []string{"x"}}, make([]float32, 2), "1 column names for 2 values"},
		{Dataset{Shape: []int{2}, Labels: []uint8{0}, Classes: []string{"a"}}, make([]float32, 4), "2 examples but 1 labels"},
		{Dataset{Shape: []int{2}, Labels: []uint8{0, 1}, Classes: []string{"a"}}, make([]float32, 4), "label 1 of example 1; there are 1 classes"},
		{Dataset{Shape: []int{2}, Origins: []int{}}, make([]float32, 4), "2 examples but 0 origins"},
		{Dataset{Shape: []int{2}}, []float32{0, 1, 2, nan}, "value 1 of example 1 is NaN"},
		{Dataset{Shape: []int{2}}, []float32{inf, 1}, "value 0 of example 0 is -Inf"},
	} {
		test.about.Name = "set"
		d, err := NewRows(test.about, test.values)
		if err == nil || d != nil || !strings.Contains(err.Error(), "set: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
}
