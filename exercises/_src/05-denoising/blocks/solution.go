// Package blocks is an exercise of the lesson "Denoising".
package blocks

// Mask returns a picture in which the hidden blocks are 0. The given picture stays as it is, for the loss needs it.
//
//	picture: [side · side]        row by row from the top
//	side:    the pixels in a row
//	block:   the pixels along the side of a block; side is a multiple of it
//	hidden:  [(side / block)²]    whether a block is hidden; blocks too stand row by row from the top
//	return:  [side · side]
func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	masked := make([]float64, len(picture))
	blocksInRow := side / block
	for i, v := range picture {
		row, column := i/side, i%side
		if !hidden[row/block*blocksInRow+column/block] {
			masked[i] = v
		}
	}
	return masked
}
