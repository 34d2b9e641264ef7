// Package hide is an exercise of the lesson "Pretraining".
package hide

// Hide returns what is left of a picture, 0 where it is hidden, and its mask, 1 where it is hidden and 0 elsewhere.
//
// Pixels are numbered row by row from the upper left corner, and so are blocks: with 4 blocks in a row, block 5 is the
// second one in the second row.
//
//	x:      [side · side] the picture
//	hidden: [blocks]      whether to hide each of the (side/block)² blocks
//	side:   pixels in a row and in a column; a multiple of block
//	block:  pixels in a row and in a column of a block
//	return: seen and m, both [side · side]
func Hide(x []float64, hidden []bool, side, block int) (seen, m []float64) {
	seen, m = make([]float64, len(x)), make([]float64, len(x))
	for i, v := range x {
		row, column := i/side, i%side
		b := row/block*(side/block) + column/block
		if hidden[b] {
			m[i] = 1
		} else {
			seen[i] = v
		}
	}
	return seen, m
}
