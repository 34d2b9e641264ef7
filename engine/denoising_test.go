package engine

import (
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gomlx/gomlx/core/tensors"
)

// dropping is a corruption that hides every value whose place, epoch and example add up to a multiple of n.
func dropping(n int) Corruption {
	return func(seed int64) Spoiler {
		return func(dst, src []float32, epoch, example int) error {
			for i := range dst {
				if dst[i] = src[i]; (i+epoch+example+int(uint64(seed)%97))%n == 0 {
					dst[i] = 0
				}
			}
			return nil
		}
	}
}

func TestDenoisingComparesWithTheCleanExample(t *testing.T) {
	heldOut := stripes(t, 700) // more than one block
	c := smallConfig()
	c.Corruption, c.Previews = dropping(3), []int{2, 5}
	run, err := NewRun(openGoBackend(t), c, stripes(t, 200), heldOut)
	if err != nil {
		t.Fatal(err)
	}
	all := events(t.Context(), run)
	done := last[DoneEvent](t, all)
	clean, spoiled := make([]float32, 700*16), make([]float32, 700*16)
	spoil := dropping(3)(corruptionSeed(c.Seed))
	for i := range 700 {
		heldOut.Row(clean[i*16:(i+1)*16], i)
		if err := spoil(spoiled[i*16:(i+1)*16], clean[i*16:(i+1)*16], 0, i); err != nil {
			t.Fatal(err)
		}
	}
	y, err := run.Model().Reconstruct(t.Context(), spoiled)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i := range y {
		sum += math.Pow(float64(clean[i]-y[i]), 2)
	}
	if want := sum / float64(len(y)); !(math.Abs(done.ValLoss-want) <= 1e-6) {
		t.Errorf("validation error %.8f, the reconstructions of spoiled examples give %.8f", done.ValLoss, want)
	}
	preview := of[PreviewEvent](all)[0]
	for row, i := range c.Previews {
		if !slices.Equal(preview.Inputs[row], clean[i*16:(i+1)*16]) || !slices.Equal(preview.Corrupted[row], spoiled[i*16:(i+1)*16]) {
			t.Errorf("the preview of example %d shows another input", i)
		}
	}
	plain := smallConfig()
	plain.Previews = []int{1}
	if p := of[PreviewEvent](train(t, plain))[0]; p.Corrupted != nil {
		t.Error("a preview without a corruption shows a corrupted input")
	}
}

// TestEachEpochIsSpoiledAnew looks at what a corruption is asked for.
func TestEachEpochIsSpoiledAnew(t *testing.T) {
	var mu sync.Mutex
	asked := map[[2]int]int{} // epoch and example
	c := smallConfig()
	c.Corruption = func(int64) Spoiler {
		return func(dst, src []float32, epoch, example int) error {
			mu.Lock()
			defer mu.Unlock()
			asked[[2]int{epoch, example}]++
			copy(dst, src)
			return nil
		}
	}
	last[DoneEvent](t, train(t, c))
	for epoch := 1; epoch <= c.Epochs; epoch++ {
		for example := range 200 {
			if n := asked[[2]int{epoch, example}]; n != 1 {
				t.Fatalf("example %d was spoiled %d times in epoch %d, want once", example, n, epoch)
			}
		}
	}
	if asked[[2]int{heldOutEpoch, 49}] == 0 {
		t.Error("the last held-out example was never spoiled")
	}
}

func TestFailingCorruptionEndsTheRun(t *testing.T) {
	for name, spoil := range map[string]Spoiler{
		"error": func([]float32, []float32, int, int) error { return errors.New("out of noise") },
		"panic": func([]float32, []float32, int, int) error { panic("out of noise") },
	} {
		c := smallConfig()
		c.Corruption = func(int64) Spoiler { return spoil }
		if err := last[ErrorEvent](t, train(t, c)).Err; !strings.Contains(err.Error(), "out of noise") {
			t.Errorf("%s: the run ended with %v", name, err)
		}
	}
}

func TestMaskedLossCountsHiddenValuesOnly(t *testing.T) {
	b := openGoBackend(t)
	c := smallConfig()
	c.Corruption, c.MaskedOnly = dropping(4), true
	run, err := NewRun(b, c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	done := last[DoneEvent](t, events(t.Context(), run))
	spoil := c.Corruption(corruptionSeed(c.Seed))
	clean, spoiled, ones, mask := make([]float32, 16), make([]float32, 16), slices.Repeat([]float32{1}, 16), make([]float32, 16)
	total := 0.0
	for i := range 50 {
		run.heldOut.Row(clean, i)
		if err := errors.Join(spoil(spoiled, clean, 0, i), spoil(mask, ones, 0, i)); err != nil {
			t.Fatal(err)
		}
		y, err := run.Model().Reconstruct(t.Context(), spoiled)
		if err != nil {
			t.Fatal(err)
		}
		sum, n := 0.0, 0.0
		for j := range y {
			if mask[j] == 0 {
				sum += math.Pow(float64(clean[j]-y[j]), 2)
				n++
			}
		}
		total += sum / n
	}
	if want := total / 50; !(math.Abs(done.ValLoss-want) <= 1e-6) {
		t.Errorf("validation error %.8f, the hidden values give %.8f", done.ValLoss, want)
	}
}

// TestMaskOfNothing: an example of which nothing is hidden has no error to count, and no division by zero.
func TestMaskOfNothing(t *testing.T) {
	c := smallConfig()
	c.MaskedOnly = true
	c.Corruption = func(int64) Spoiler {
		return func(dst, src []float32, _, _ int) error { copy(dst, src); return nil }
	}
	if done := last[DoneEvent](t, train(t, c)); done.ValLoss != 0 || done.TrainLoss != 0 {
		t.Errorf("the losses over nothing are %v and %v, want 0", done.TrainLoss, done.ValLoss)
	}
}

func TestMaskedGradients(t *testing.T) {
	m, err := NewModel(openGoBackend(t), NewArchitecture([]int{5}, Tanh, []int{4}, 3), 11)
	if err != nil {
		t.Fatal(err)
	}
	in := tensors.FromFlatDataAndDimensions([]float32{.1, 0, .4, 0, .2, .8, 0, .5, .6, .95}, 2, 5)
	target := tensors.FromFlatDataAndDimensions([]float32{.1, .9, .4, .7, .2, .8, .3, .5, .6, .95}, 2, 5)
	mask := tensors.FromFlatDataAndDimensions([]float32{0, 1, 0, 1, 0, 0, 1, 0, 0, 0}, 2, 5)
	checkGradients(t, m, Config{Architecture: m.architecture, MaskedOnly: true}, 0, in, target, mask)
}
