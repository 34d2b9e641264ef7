package data

// Select is the examples at rows, in that order, copied. It fails, like a slice expression, on a row that is not there.
func (d *Dataset) Select(rows []int) *Dataset {
	width := d.Width()
	part := *d
	part.pixels = gather(d.pixels, width, rows)
	part.floats = gather(d.floats, width, rows)
	part.Labels = gather(d.Labels, 1, rows)
	part.Origins = gather(d.Origins, 1, rows)
	return &part
}

// gather copies rows of s, which has shape [n, width], or is nil where there is no s.
func gather[T any](s []T, width int, rows []int) []T {
	if s == nil {
		return nil
	}
	part := make([]T, 0, len(rows)*width)
	for _, row := range rows {
		part = append(part, s[row*width:(row+1)*width]...)
	}
	return part
}
