package lab

import "github.com/aetutor/aetutor/data"

// rows are the values of all examples of d, [n, width].
func rows(d *data.Dataset) []float32 {
	width := d.Width()
	values := make([]float32, d.Len()*width)
	for i := range d.Len() {
		d.Row(values[i*width:(i+1)*width], i)
	}
	return values
}
