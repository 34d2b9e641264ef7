// Package gain is an exercise of the lesson "Denoising".
//
// PSNR = 10 · log₁₀ (1 / MSE) is the error in decibel. A denoiser's gain is its PSNR less that of the noisy picture.
// Edit this file as you like, but keep the signature of Gain. Then run: aetutor check gain
package gain

import . "github.com/gomlx/gomlx/core/graph"

// Gain returns how many decibel y is better than n, above 0 where the denoiser has made the pictures better.
//
//	x:      [batch, pixels] the clean pictures, from 0 to 1
//	n:      [batch, pixels] the noisy ones
//	y:      [batch, pixels] what the denoiser has made of n
//	return: [], a single number
func Gain(x, n, y *Node) *Node {
	return Sub(psnr(x, y), psnr(x, n))
}

// psnr returns how near a picture is to the clean one, in decibel.
//
//	x, picture: [batch, pixels]
//	return:     [], a single number
func psnr(x, picture *Node) *Node {
	mse := ReduceAllMean(Square(Sub(x, picture)))
	// TODO: return the error in decibel. Log is the natural logarithm, and ln 10 is 2.302585093.
	return mse
}
