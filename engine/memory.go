package engine

import (
	"fmt"
	"runtime"
)

// programBytes is what the graphs of a run, compiling them, and blocks of examples on their way take, whatever the
// layers.
const programBytes = 16 << 20

// Memory estimates what a run of a valid configuration takes on a backend while it trains, in bytes, beside its
// examples:
//
//	16 MiB + 4 · (parameters · copies + batch · (3 · inputs + 3 · values · part) + 512 · (inputs + 2 · widest))
//
// copies of each parameter are its weight, two moments, a gradient for each part of a batch and two that products lay
// out anew; inputs are the values that a step gets of one example, of which three batches are at hand; values are those
// that the layers' matrices take and give for it, and part is how much of a batch is computed at a time; widest is the
// most values of one layer, for blocks of 512 examples without gradients.
func (c Config) Memory(b *Backend) int64 { return c.memory(b, c.BatchSize) }

func (c Config) memory(b *Backend, batch int) int64 {
	a := c.Architecture
	parts := batchParts(b, a)
	var values, widest int64
	for _, l := range a.located() {
		rows, _, _ := l.layer.weights(l.in)
		layer := int64(rows)*int64(l.layer.places(l.in)) + int64(size(l.out))
		values, widest = values+layer, max(widest, layer)
	}
	inputs := int64(inputsPerBatch(c.Corruption, c.MaskedOnly)) * int64(a.Width())
	atOnce := int64(min(runtime.GOMAXPROCS(0), parts))
	floats := int64(a.Parameters())*int64(parts+5) + int64(batch)*(kept*inputs+3*values*atOnce/int64(parts)) +
		blockRows*(inputs+2*widest)
	return programBytes + 4*floats
}

// MemoryError is the refusal of what would take more memory than a share has.
type MemoryError struct {
	What         string // would take it: "training this network"
	Needs, Bound int64  // bytes, Needs by estimate
	Advice       string // what to do: "take smaller batches"
}

func (e *MemoryError) Error() string {
	return fmt.Sprintf("%s would take about %s, and a session here may hold %s; %s",
		e.What, megabytes(e.Needs), megabytes(e.Bound), e.Advice)
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+999_999)/1_000_000) }

// Fits says whether a number of bytes is within the share that b belongs to, for what is loaded beside models and their
// training: examples as float32 values, an index of them. Where it is not, the error is a MemoryError with what would
// take them and the advice.
func (b *Backend) Fits(what string, bytes int64, advice string) error {
	if s := b.share; s != nil && s.Memory != 0 && bytes > s.Memory {
		return &MemoryError{what, bytes, s.Memory, advice}
	}
	return nil
}

// fitsTraining is Fits for a run of a configuration with some batch size.
func (b *Backend) fitsTraining(c Config, batch int) error {
	return b.Fits("training this network", c.memory(b, batch), "take narrower or fewer layers, or smaller batches")
}
