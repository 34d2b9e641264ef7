package noise

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// MSE is the mean squared error Σ(aᵢ − bᵢ)²/n of two rows of the same length. The values may lie outside [0, 1], as an
// autoencoder's do; NaN, infinite and no values are errors.
func MSE(a, b []float32) (float64, error) {
	if len(a) != len(b) {
		return 0, fmt.Errorf("one row has %d values, the other %d; they must have as many", len(a), len(b))
	}
	if len(a) == 0 {
		return 0, errors.New("the rows are empty; an error needs at least one value")
	}
	sum := 0.0
	for i, v := range a {
		d := float64(v) - float64(b[i])
		sum += d * d
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return 0, checkFinite(a, b)
	}
	return sum / float64(len(a)), nil
}

// checkFinite refuses NaN and infinities in either of two rows of the same length.
func checkFinite(a, b []float32) error {
	for i, v := range a {
		for _, v := range []float32{v, b[i]} {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return fmt.Errorf("value %d is %v; it must be a finite number", i, v)
			}
		}
	}
	return nil
}

// decibel is the peak signal-to-noise ratio 10·log₁₀(1/MSE) in decibel, for a peak of 1. It is +Inf for an MSE of 0.
func decibel(mse float64) float64 { return -10 * math.Log10(mse) }

// Quality is how close a set of examples is to the clean one.
type Quality struct {
	MSE  float64 // mean over the examples
	PSNR float64 // of that mean, in decibel; one perfect example would make the mean of the PSNRs infinite
	SSIM float64 // mean over the pictures; NaN where SSIM is not defined: a series, or a side below 11
}

// Compare measures a set against the clean one, both [n, shape…] with n ≥ 1, noisy or denoised by any means. The errors
// are those of MSE, and the context's; it ends within one example of its end.
func Compare(ctx context.Context, clean, other []float32, shape []int) (Quality, error) {
	n, err := examples(clean, other, shape)
	if err != nil {
		return Quality{}, err
	}
	if n == 0 {
		return Quality{}, errors.New("the sets are empty; take at least one example")
	}
	pictures, width := newSSIM(shape), size(shape)
	mse, ssim := 0.0, math.NaN()
	if pictures != nil {
		ssim = 0
	}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return Quality{}, err
		}
		a, b := clean[i*width:(i+1)*width], other[i*width:(i+1)*width]
		one, err := MSE(a, b)
		if err != nil {
			return Quality{}, fmt.Errorf("example %d: %w", i, err)
		}
		mse += one
		if pictures != nil {
			ssim += pictures.mean(a, b)
		}
	}
	mse /= float64(n)
	return Quality{MSE: mse, PSNR: decibel(mse), SSIM: ssim / float64(n)}, nil
}
