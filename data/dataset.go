// Package data holds the datasets of the workshop as plain Go values: embedded files, their loaders and generators.
package data

import "fmt"

// Dataset is a set of examples that all have one shape: pictures, table rows or beats of a series.
// A Dataset does not change once it is made, so any number of goroutines may read it.
type Dataset struct {
	// Name says what the examples are, "MNIST test".
	Name string
	// Shape is the shape of one example, [28, 28] for a picture.
	Shape []int
	// Classes names the classes; a label is an index into it.
	Classes []string
	// Labels holds one label for each example, or is nil where nothing is labelled.
	Labels []uint8

	pixels []byte // [n, Shape…], 0 is background, 255 full ink
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

// Len is the number of examples.
func (d *Dataset) Len() int { return len(d.pixels) / d.Width() }

// Width is the number of values in one example, 784 for a picture of 28×28.
func (d *Dataset) Width() int {
	width := 1
	for _, n := range d.Shape {
		width *= n
	}
	return width
}

// Row writes example i to dst, which holds Width values. Pixels become ink between 0 and 1.
func (d *Dataset) Row(dst []float32, i int) {
	width := d.Width()
	row := d.pixels[i*width : (i+1)*width]
	dst = dst[:len(row)]
	for j, p := range row {
		dst[j] = float32(p) * (1.0 / 255)
	}
}

// Slice is the examples from to to-1. It shares their memory with d.
func (d *Dataset) Slice(from, to int) *Dataset {
	width := d.Width()
	part := *d
	part.pixels = d.pixels[from*width : to*width : to*width]
	if d.Labels != nil {
		part.Labels = d.Labels[from:to:to]
	}
	return &part
}
