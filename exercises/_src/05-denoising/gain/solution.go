// Package gain is an exercise of the lesson "Denoising".
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
	return MulScalar(Log(mse), -10/2.302585093)
}
