package engine

import (
	"errors"
	"runtime"
	"sync"

	"github.com/aetutor/aetutor/data"
)

// Corruption spoils the inputs of an autoencoder that is to give the clean examples: of a denoising one (Vincent et al.
// 2008), or of one that is pretrained on masked pictures. It makes a Spoiler for one goroutine, whose random numbers
// come from the seed. With package noise:
//
//	func(seed int64) engine.Spoiler {
//		source := noise.NewSource(seed)
//		return func(dst, src []float32, epoch, example int) error { return n.Apply(dst, src, source, epoch, example) }
//	}
type Corruption func(seed int64) Spoiler

// Spoiler writes a spoiled copy of src, the values of one example, to dst of the same length. What it does depends on
// the seed, the epoch and the number of the example, not on the examples before. Epochs count from 1; 0 is the one in
// which held-out examples are spoiled.
type Spoiler func(dst, src []float32, epoch, example int) error

// A batch has one input, the examples; with a corruption also the clean examples; with a loss over the hidden values
// also the mask of those. So this is how often each example is written.
func inputsPerBatch(corruption Corruption, masked bool) int {
	switch {
	case masked:
		return 3
	case corruption != nil:
		return 2
	default:
		return 1
	}
}

// heldOutEpoch is the epoch in which held-out examples are spoiled.
const heldOutEpoch = 0

// spoiling is how the examples of an epoch become inputs.
type spoiling struct {
	corruption Corruption
	seed       int64
	epoch      int
}

// fillExamples writes examples of d to inputs, as many as inputsPerBatch says, each [examples, width].
func fillExamples(d *data.Dataset, s spoiling, examples []int, inputs [][]float32) error {
	if s.corruption == nil {
		width := d.Width()
		for row, i := range examples {
			d.Row(inputs[0][row*width:(row+1)*width], i)
		}
		return nil
	}
	workers := min(runtime.GOMAXPROCS(0), len(examples))
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		from, to := w*len(examples)/workers, (w+1)*len(examples)/workers
		wait.Go(func() { errs[w] = s.fill(d, examples, inputs, from, to) })
	}
	wait.Wait()
	return errors.Join(errs...)
}

// fill is fillExamples for the rows from to to-1.
func (s spoiling) fill(d *data.Dataset, examples []int, inputs [][]float32, from, to int) (err error) {
	defer recoverGraph(&err, "spoiling an example")
	width := d.Width()
	spoil := s.corruption(s.seed)
	var ones []float32
	if len(inputs) > 2 {
		ones = make([]float32, width)
		for i := range ones {
			ones[i] = 1
		}
	}
	for row := from; row < to; row++ {
		at, end := row*width, (row+1)*width
		d.Row(inputs[1][at:end], examples[row])
		if err := spoil(inputs[0][at:end], inputs[1][at:end], s.epoch, examples[row]); err != nil {
			return err
		}
		if ones == nil {
			continue
		}
		mask := inputs[2][at:end]
		if err := spoil(mask, ones, s.epoch, examples[row]); err != nil {
			return err
		}
		for i, kept := range mask {
			mask[i] = 0
			if kept != 1 {
				mask[i] = 1
			}
		}
	}
	return nil
}
