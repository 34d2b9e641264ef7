package data

import (
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
