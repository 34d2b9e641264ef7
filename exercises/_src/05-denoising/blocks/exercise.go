// Package blocks is an exercise of the lesson "Denoising".
//
// Masking sets whole blocks of a picture to 0. The network must draw them from what is left and what it has learnt.
// Edit this file as you like, but keep the signature of Mask. Then run: aetutor check blocks
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
	// TODO: copy the pixels whose block is not hidden.
	return masked
}
