package engine

import (
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/tensors"
)

// TestPreparedBatchIsForItsExamplesOnly asks for other examples than were prepared, as after a change of the batch size
// or in another epoch.
func TestPreparedBatchIsForItsExamplesOnly(t *testing.T) {
	set := stripes(t, 20)
	f := &feeder{backend: openGoBackend(t), corruption: dropping(3)}
	order := permutation(1, 1, 20)
	ask := func(examples []int, epoch int) {
		t.Helper()
		b, err := f.batch(set, examples, epoch)
		if err != nil {
			t.Fatal(err)
		}
		want := [][]float32{make([]float32, len(examples)*16), make([]float32, len(examples)*16)}
		if err := fillExamples(set, f.spoiling(epoch), examples, want); err != nil {
			t.Fatal(err)
		}
		for i, input := range b.parts[0].inputs {
			if got := tensors.MustCopyFlatData[float32](input); !slices.Equal(got, want[i]) {
				t.Errorf("input %d of %v in epoch %d holds other examples", i, examples, epoch)
			}
		}
		f.release(b)
	}
	prepare := func(examples []int, epoch int) {
		t.Helper()
		if err := f.prepare(set, examples, epoch); err != nil {
			t.Fatal(err)
		}
	}
	prepare(order[:4], 1)
	ask(order[:4], 1)
	prepare(order[4:8], 1)
	ask(order[4:6], 1)
	prepare(order[6:8], 1)
	ask(order[6:8], 2)
	prepare(order[8:10], 2)
	if err := f.close(); err != nil {
		t.Error(err)
	}
}
