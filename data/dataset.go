// Package data holds the datasets of the workshop as plain Go values: embedded files, their loaders and generators, and
// what prepares them for training: splits, standardization, the beats of an ECG and their features.
package data

import (
	"fmt"
	"iter"
	"math"
)

// Dataset is a set of examples that all have one shape: pictures, table rows or beats of a series.
// A Dataset does not change once it is made, so any number of goroutines may read it.
type Dataset struct {
	// Name says what the examples are, "MNIST test".
	Name string
	// Shape is the shape of one example: [28, 28] for a picture, [30] for a row of 30 columns, [128] for a beat.
	Shape []int
	// Columns names the values of one example of a table; it is nil for pictures and series.
	Columns []string
	// Classes names the classes; a label is an index into it.
	Classes []string
	// Labels holds one label for each example, or is nil where nothing is labelled.
	Labels []uint8
	// Origins says where each example lies in its source, or is nil where nobody asks: the line of a CSV file, the sample
	// of a beat's R peak.
	Origins []int

	// The values have shape [n, Shape…] and are of one of two kinds; the other is nil.
	pixels []byte    // 0 is background, 255 full ink
	floats []float32 // as they are
}

// NewImages makes a Dataset of greyscale pictures. pixels has shape [n, height, width], labels [n].
func NewImages(name string, height, width int, pixels, labels []byte, classes []string) (*Dataset, error) {
	if height <= 0 || width <= 0 {
		return nil, fmt.Errorf("%s: a picture of %d×%d pixels; both sides must be positive", name, height, width)
	}
	size := height * width
	if len(pixels)%size != 0 {
		return nil, fmt.Errorf("%s: %d bytes are not a whole number of %d×%d pictures", name, len(pixels), height, width)
	}
	if n := len(pixels) / size; len(labels) != n {
		return nil, fmt.Errorf("%s: %d pictures but %d labels", name, n, len(labels))
	}
	for i, label := range labels {
		if int(label) >= len(classes) {
			return nil, fmt.Errorf("%s: label %d of picture %d; the classes are 0 to %d", name, label, i, len(classes)-1)
		}
	}
	return &Dataset{Name: name, Shape: []int{height, width}, Classes: classes, Labels: labels, pixels: pixels}, nil
}

// maxWidth bounds the values of one example, far above what a laptop trains on.
const maxWidth = 1 << 24

// NewRows makes a Dataset of float32 values: the rows of a table, the windows of a series. about says all but the
// values, which have shape [n, Shape…]; Columns, Labels and Origins may be nil. The Dataset keeps the slices that it is
// given. A value that is NaN or infinite is an error, for no training survives it.
func NewRows(about Dataset, values []float32) (*Dataset, error) {
	d := about
	if len(d.Shape) == 0 {
		return nil, fmt.Errorf("%s: the examples have no shape; [30] is that of a row of 30 columns", d.Name)
	}
	width := 1
	for _, side := range d.Shape {
		if side <= 0 || side > maxWidth/width {
			return nil, fmt.Errorf("%s: examples of shape %v; each side must be positive and their product at most %d",
				d.Name, d.Shape, maxWidth)
		}
		width *= side
	}
	if len(values)%width != 0 {
		return nil, fmt.Errorf("%s: %d values are not a whole number of examples with %d", d.Name, len(values), width)
	}
	n := len(values) / width
	switch {
	case d.Columns != nil && len(d.Columns) != width:
		return nil, fmt.Errorf("%s: %d column names for %d values an example", d.Name, len(d.Columns), width)
	case d.Labels != nil && len(d.Labels) != n:
		return nil, fmt.Errorf("%s: %d examples but %d labels", d.Name, n, len(d.Labels))
	case d.Origins != nil && len(d.Origins) != n:
		return nil, fmt.Errorf("%s: %d examples but %d origins", d.Name, n, len(d.Origins))
	}
	for i, label := range d.Labels {
		if int(label) >= len(d.Classes) {
			return nil, fmt.Errorf("%s: label %d of example %d; there are %d classes, from 0 on",
				d.Name, label, i, len(d.Classes))
		}
	}
	for i, v := range values {
		if x := float64(v); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%s: value %d of example %d is %v; it must be a finite number",
				d.Name, i%width, i/width, v)
		}
	}
	d.pixels, d.floats = nil, values
	return &d, nil
}

// Len is the number of examples.
func (d *Dataset) Len() int { return (len(d.pixels) + len(d.floats)) / d.Width() }

// Width is the number of values in one example, 784 for a picture of 28×28.
func (d *Dataset) Width() int {
	width := 1
	for _, n := range d.Shape {
		width *= n
	}
	return width
}

// Row writes example i to dst, which holds Width values. Pixels become ink between 0 and 1; other values are written as
// they are.
func (d *Dataset) Row(dst []float32, i int) {
	width := d.Width()
	if d.floats != nil {
		copy(dst[:width], d.floats[i*width:(i+1)*width])
		return
	}
	row := d.pixels[i*width : (i+1)*width]
	dst = dst[:len(row)]
	for j, p := range row {
		dst[j] = float32(p) * (1.0 / 255)
	}
}

// Blocks goes through the examples in their order, at most n of them at a time. It yields the number of a block's first
// example and the block's values as Row writes them, [rows, Width], whose memory the next block uses again.
func (d *Dataset) Blocks(n int) iter.Seq2[int, []float32] {
	return func(yield func(int, []float32) bool) {
		width := d.Width()
		block := make([]float32, min(n, d.Len())*width)
		for from := 0; from < d.Len(); from += n {
			rows := min(n, d.Len()-from)
			for i := range rows {
				d.Row(block[i*width:(i+1)*width], from+i)
			}
			if !yield(from, block[:rows*width]) {
				return
			}
		}
	}
}

// Slice is the examples from to to-1. It shares their memory with d.
func (d *Dataset) Slice(from, to int) *Dataset {
	width := d.Width()
	part := *d
	part.pixels = section(d.pixels, from*width, to*width)
	part.floats = section(d.floats, from*width, to*width)
	part.Labels = section(d.Labels, from, to)
	part.Origins = section(d.Origins, from, to)
	return &part
}

// section is s[from:to], without room to append into what follows, or nil where there is no s.
func section[T any](s []T, from, to int) []T {
	if s == nil {
		return nil
	}
	return s[from:to:to]
}
