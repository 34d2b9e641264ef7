package engine

import (
	"errors"
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/tensors"

	"github.com/aetutor/aetutor/data"
)

// batch is some examples on a backend, in parts that can be computed side by side.
type batch struct {
	examples []int
	epoch    int
	parts    []batchPart
	err      error // of filling it
}

// batchPart is a part of the examples of a batch.
type batchPart struct {
	from, to int // of the batch's examples
	// inputs are [to-from, width] each: what the model gets; with a corruption also what it should give; with a loss over
	// the hidden values also which ones are hidden.
	inputs []*tensors.Tensor
}

// leastPart is the number of examples from which on a part of a batch is worth a graph of its own.
const leastPart = 32

// divide cuts n examples into as many equal parts as are worth it, at most most.
func divide(n, most int) []batchPart {
	count := max(min(n/leastPart, most), 1)
	parts := make([]batchPart, count)
	for i := range parts {
		parts[i].from, parts[i].to = i*n/count, (i+1)*n/count
	}
	return parts
}

// feeder makes batches. It prepares the next one while the backend works on the one before, and uses the memory of
// batches again. It belongs to one goroutine.
type feeder struct {
	backend    *Backend
	corruption Corruption
	masked     bool
	parts      int // of a batch, at most; 0 counts as 1
	seed       int64
	free       []*batch
	next       *batch
	ready      chan struct{} // closed once next is filled; nil when nothing is being prepared
}

// batch returns the examples of d as a batch, which the caller gives back with release.
func (f *feeder) batch(d *data.Dataset, examples []int, epoch int) (*batch, error) {
	if f.ready != nil {
		<-f.ready
		b := f.next
		f.next, f.ready = nil, nil
		if sameExamples(b.examples, examples) && b.epoch == epoch {
			return b, b.err
		}
		f.release(b) // The batch size was changed meanwhile.
	}
	b, err := f.take(len(examples), d.Width())
	if err != nil {
		return nil, err
	}
	f.fill(b, d, examples, epoch)
	return b, b.err
}

// prepare starts filling the batch that is asked for next.
func (f *feeder) prepare(d *data.Dataset, examples []int, epoch int) error {
	if len(examples) == 0 {
		return nil
	}
	b, err := f.take(len(examples), d.Width())
	if err != nil {
		return err
	}
	ready := make(chan struct{})
	f.next, f.ready = b, ready
	go func() {
		defer close(ready)
		f.fill(b, d, examples, epoch)
	}()
	return nil
}

// sameExamples says whether a and b are the same part of one order.
func sameExamples(a, b []int) bool { return len(a) == len(b) && len(a) > 0 && &a[0] == &b[0] }

func (f *feeder) take(n, width int) (*batch, error) {
	for i, b := range f.free {
		if b.parts[len(b.parts)-1].to == n {
			f.free = append(f.free[:i], f.free[i+1:]...)
			return b, nil
		}
	}
	b := &batch{parts: divide(n, f.parts)}
	for i := range b.parts {
		p := &b.parts[i]
		for range inputsPerBatch(f.corruption, f.masked) {
			t, err := tensors.FromShapeForBackend(f.backend.compute, 0, shapes.Make(dtypes.Float32, p.to-p.from, width))
			if err != nil {
				return nil, errors.Join(fmt.Errorf("a batch of %d examples: %w", n, err), b.finalize())
			}
			p.inputs = append(p.inputs, t)
		}
	}
	return b, nil
}

// kept is how many batches wait for being used again: two full ones and the rest of an epoch.
const kept = 3

func (f *feeder) release(b *batch) {
	if len(f.free) == kept {
		// Memory that cannot be freed is left to the garbage collector; there is nothing else to do about it.
		_ = f.free[0].finalize()
		f.free = append(f.free[:0], f.free[1:]...)
	}
	f.free = append(f.free, b)
}

func (b *batch) finalize() error {
	var errs []error
	for _, p := range b.parts {
		for _, t := range p.inputs {
			errs = append(errs, t.FinalizeAll())
		}
	}
	return errors.Join(errs...)
}

// close waits for the batch that is being prepared and frees all.
func (f *feeder) close() error {
	var errs []error
	if f.ready != nil {
		<-f.ready
		f.free, f.ready = append(f.free, f.next), nil
	}
	for _, b := range f.free {
		errs = append(errs, b.finalize())
	}
	f.free = nil
	return errors.Join(errs...)
}

// spoiling is what happens to the examples in an epoch.
func (f *feeder) spoiling(epoch int) spoiling { return spoiling{f.corruption, f.seed, epoch} }

// fill writes examples to a batch, whose err says whether that went well.
func (f *feeder) fill(b *batch, d *data.Dataset, examples []int, epoch int) {
	b.examples, b.epoch, b.err = examples, epoch, nil
	defer recoverGraph(&b.err, "filling a batch")
	for _, p := range b.parts {
		flats := make([][]float32, len(p.inputs))
		var open func(i int)
		open = func(i int) {
			if i == len(flats) {
				b.err = errors.Join(b.err, fillExamples(d, f.spoiling(epoch), examples[p.from:p.to], flats))
				return
			}
			tensors.MustMutableFlatData(p.inputs[i], func(flat []float32) { flats[i] = flat; open(i + 1) })
		}
		open(0)
	}
}
