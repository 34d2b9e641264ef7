// Package noise makes examples noisy and measures how well the noise was taken away again: the noise of a denoising
// autoencoder and of masked pretraining, the classical filters it has to beat, and MSE, PSNR and SSIM.
//
// All of it works on examples of one shape, [height, width] for a picture or [length] for a series, whose values lie
// between 0 and 1. A set of examples is flat, [n, shape…].
package noise

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Kind is what noise does to an example.
type Kind string

// The kinds of noise.
const (
	// Gaussian adds to each value an independent normal number with mean 0 and standard deviation Strength, and clips
	// the sum to [0, 1]. Clipping keeps an example an example, and halves the noise of a value at either end: on a
	// background of 0 the mean square of the noise is Strength²/2, and its mean is Strength/√(2π) instead of 0.
	Gaussian Kind = "gaussian"
	// SaltAndPepper replaces each value, independently and with probability Strength, by 0 or 1, both equally likely.
	SaltAndPepper Kind = "salt-and-pepper"
	// Blocks sets whole blocks to 0, as masked pretraining does: squares of Block×Block pixels of a picture, Block
	// values in a row of a series. They lie on a grid that begins at the first value, its last blocks are cut off where
	// Block does not divide a side. The fraction Strength of all blocks, rounded to a whole number of them, is masked.
	Blocks Kind = "blocks"
)

// Kinds lists all kinds, in the order in which a learner meets them.
func Kinds() []Kind { return []Kind{Gaussian, SaltAndPepper, Blocks} }

// Noise says what is done to an example. It is a plain value, so that a slider may change it between two calls.
type Noise struct {
	Kind     Kind
	Strength float64 // from 0, which changes nothing, to 1
	Block    int     // side of a block; only Blocks looks at it
	Shape    []int   // shape of one example
}

// Validate says all that is wrong with the noise, or nil.
func (n Noise) Validate() error {
	var problems []error
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !slices.Contains(Kinds(), n.Kind) {
		names := make([]string, 0, len(Kinds()))
		for _, known := range Kinds() {
			names = append(names, string(known))
		}
		problem("noise %q is not known; choose one of %s", string(n.Kind), strings.Join(names, ", "))
	}
	if !(n.Strength >= 0 && n.Strength <= 1) {
		problem("the strength of the noise is %v; take from 0 to 1", n.Strength)
	}
	if err := checkShape(n.Shape); err != nil {
		problem("%w", err)
	} else if side := slices.Min(n.Shape); n.Kind == Blocks && (n.Block < 1 || n.Block > side) {
		problem("a block has a side of %d; in a shape of %v take from 1 to %d", n.Block, n.Shape, side)
	}
	return errors.Join(problems...)
}

// Apply writes src with its noise to dst, both one example of n.Shape; they may be the same memory. The noise depends
// on the source's seed, the epoch and the example's number alone, not on the examples before it nor on src. Nor do the
// random numbers depend on the strength: as it grows, what was noisy gets noisier, what was replaced or masked stays
// so.
//
// Blocks on a row of ones is therefore the mask itself, 1 where a value is kept, for a loss on the masked values.
//
// Apply allocates nothing. It refuses a noise that does not Validate, rows of another length than the shape's and a
// value of src that is not from 0 to 1, and leaves dst alone then.
//
// A training loop counts its epochs from 1, as the engine does; 0 is left for the noise of a held-out set, which then
// stays the same from one evaluation to the next.
func (n Noise) Apply(dst, src []float32, from *Source, epoch, example int) error {
	if err := n.Validate(); err != nil {
		return err
	}
	if width := size(n.Shape); len(src) != width || len(dst) != width {
		return fmt.Errorf("noise from %d values to %d; a shape of %v has %d", len(src), len(dst), n.Shape, width)
	}
	if err := checkUnit(src); err != nil {
		return err
	}
	from.seek(epoch, example)
	copy(dst, src)
	switch n.Kind {
	case Gaussian:
		for i, v := range dst {
			noisy := v + float32(n.Strength*from.normal())
			dst[i] = min(max(noisy, 0), 1)
		}
	case SaltAndPepper:
		threshold := uint64(n.Strength * (1 << 63))
		for i, v := range dst {
			u := from.pcg.Uint64()
			// On integers the choice compiles without a branch, which nothing could predict.
			value := math.Float32bits(v)
			replaced := uint32(u&1) * math.Float32bits(1)
			if u>>1 < threshold {
				value = replaced
			}
			dst[i] = math.Float32frombits(value)
		}
	case Blocks:
		n.mask(dst, from)
	}
	return nil
}

// mask clears blocks of row. It picks them by selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2,
// algorithm S), which gives every choice of so many blocks the same probability and needs no memory.
func (n Noise) mask(row []float32, from *Source) {
	height, width := sides(n.Shape)
	left := (height + n.Block - 1) / n.Block * ((width + n.Block - 1) / n.Block)
	wanted := uint64(math.Round(n.Strength * float64(left)))
	for top := 0; top < height; top += n.Block {
		for start := 0; start < width; start += n.Block {
			at, _ := bits.Mul64(from.pcg.Uint64(), uint64(left))
			left--
			if at >= wanted {
				continue
			}
			wanted--
			for y := top; y < min(top+n.Block, height); y++ {
				clear(row[y*width+start : y*width+min(start+n.Block, width)])
			}
		}
	}
}
