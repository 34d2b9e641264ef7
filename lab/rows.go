package lab

import "github.com/aetutor/aetutor/data"

// rowBytes is the memory that rows takes.
func rowBytes(d *data.Dataset) int64 { return 4 * int64(d.Len()) * int64(d.Width()) }

// rows are the values of all examples of d, [n, width].
func rows(d *data.Dataset) []float32 {
	width := d.Width()
	values := make([]float32, d.Len()*width)
	for i := range d.Len() {
		d.Row(values[i*width:(i+1)*width], i)
	}
	return values
}
