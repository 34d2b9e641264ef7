package noise

import (
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/disintegration/gift"

	"github.com/aetutor/aetutor/engine/turn"
)

// maxWindow bounds the side of a window; the cost of a picture's median grows with its square.
const maxWindow = 31

// minSigma is a blur that changes no value by more than a rounding; below it the weights of the window underflow.
const minSigma = 0.1

// MedianFilter writes to dst the median of the window around each value of src: side×side pixels of a picture, side
// values of a series. side is odd, at most 31 and at most the shortest side of the shape. Beyond the border the nearest
// value counts on (SciPy's mode "nearest").
//
// dst and src are sets [n, shape…] with values from 0 to 1, and may be the same memory. A picture passes through 16
// bits, which moves a value by at most 1/131070; a series does not. It works in turns on core, and the context ends it
// within one example.
func MedianFilter(ctx context.Context, core turn.Core, dst, src []float32, shape []int, side int) error {
	n, err := examples(dst, src, shape)
	if err != nil {
		return err
	}
	limit := min(slices.Min(shape), maxWindow)
	if side < 1 || side%2 == 0 || side > limit {
		return fmt.Errorf("the median's window has a side of %d; in a shape of %v take an odd number from 1 to %d",
			side, shape, limit)
	}
	if len(shape) == 2 {
		return filterPictures(ctx, core, dst, src, shape, gift.Median(side, false))
	}
	// The library would sort each value of the window side times, once for each row beyond the border.
	if err := checkUnit(src); err != nil {
		return err
	}
	width := shape[0]
	window, series := make([]float32, side), make([]float32, width)
	return core.Each(ctx, n, func(i int) error {
		copy(series, src[i*width:])
		slidingMedian(dst[i*width:(i+1)*width], series, window)
		return nil
	})
}

// slidingMedian writes the medians of all windows of src to dst. window is scratch, as long as a window.
func slidingMedian(dst, src, window []float32) {
	radius := len(window) / 2
	for i := range dst {
		for j := range window {
			window[j] = src[min(max(i+j-radius, 0), len(src)-1)]
		}
		slices.Sort(window)
		dst[i] = window[radius]
	}
}

// GaussianFilter writes to dst the mean of src around each value, weighted with a Gaussian of standard deviation sigma
// in pixels (or in values of a series), which is cut off at a distance of ⌈3·sigma⌉. sigma is at least 0.1; that
// window, 2·⌈3·sigma⌉+1 wide, is at most 31 and at most the shortest side of the shape, so sigma is at most 5 and at
// most 4.33 for pictures of 28×28. Beyond the border the nearest value counts on (SciPy's mode "nearest").
//
// dst and src are sets [n, shape…] with values from 0 to 1, and may be the same memory. A value is rounded to 16 bits
// three times, before, between and after a horizontal and a vertical pass, which moves it by at most 3/131070. It
// works in turns on core, and the context ends it within one example.
func GaussianFilter(ctx context.Context, core turn.Core, dst, src []float32, shape []int, sigma float64) error {
	if _, err := examples(dst, src, shape); err != nil {
		return err
	}
	side := slices.Min(shape)
	if side < 3 {
		return fmt.Errorf("a Gaussian filter of a shape of %v; it needs sides of at least 3", shape)
	}
	radius := (min(side, maxWindow) - 1) / 2
	limit := float64(radius*100/3) / 100 // of two decimals, so that the error's figure is allowed
	if !(sigma >= minSigma && sigma <= limit) {
		return fmt.Errorf("the Gaussian filter's sigma is %v; in a shape of %v take from %v to %v",
			sigma, shape, minSigma, limit)
	}
	return filterPictures(ctx, core, dst, src, shape, gift.GaussianBlur(float32(sigma)))
}

// filterPictures passes each example through the filter as a picture of 16 bits; a series is a picture of one row.
func filterPictures(
	ctx context.Context, core turn.Core, dst, src []float32, shape []int, filter gift.Filter,
) error {
	if err := checkUnit(src); err != nil {
		return err
	}
	height, width := sides(shape)
	bounds := image.Rect(0, 0, width, height)
	from, to := image.NewGray16(bounds), image.NewGray16(bounds)
	values := height * width
	return core.Each(ctx, len(src)/values, func(example int) error {
		start := example * values
		for i, v := range src[start : start+values] {
			binary.BigEndian.PutUint16(from.Pix[2*i:], uint16(v*math.MaxUint16+0.5))
		}
		filter.Draw(to, from, &gift.Options{})
		for i := range values {
			dst[start+i] = float32(binary.BigEndian.Uint16(to.Pix[2*i:])) / math.MaxUint16
		}
		return nil
	})
}
