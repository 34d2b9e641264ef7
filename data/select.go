package data

// Select is the examples at rows, in that order, copied. It fails, like a slice expression, on a row that is not there.
func (d *Dataset) Select(rows []int) *Dataset {
	width := d.Width()
	part := *d
	part.pixels = make([]byte, 0, len(rows)*width)
	if d.Labels != nil {
		part.Labels = make([]uint8, 0, len(rows))
	}
	for _, row := range rows {
		part.pixels = append(part.pixels, d.pixels[row*width:(row+1)*width]...)
		if d.Labels != nil {
			part.Labels = append(part.Labels, d.Labels[row])
		}
	}
	return &part
}
