package engine

import (
	"errors"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/data"
)

// blank are empty pictures of MNIST's size.
func blank(t *testing.T, n int) *data.Dataset {
	t.Helper()
	set, err := data.NewImages("blank", 28, 28, make([]byte, 28*28*n), make([]byte, n), []string{"none"})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// peak is the largest heap while a run of a configuration takes a few steps, in bytes beyond the one before. The
// collector works all the time, so little of it is garbage.
func peak(t *testing.T, b *Backend, c Config) int64 {
	t.Helper()
	set, heldOut := blank(t, 4*c.BatchSize), blank(t, 600)
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	before := heapInUse()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for largest := uint64(0); ; {
			select {
			case <-tick.C:
				metrics.Read(heap)
				largest = max(largest, heap[0].Value.Uint64())
			case <-stop:
				most <- largest
				return
			}
		}
	}()
	run, err := NewRun(b, c, set, heldOut)
	if err != nil {
		t.Fatal(err)
	}
	run.Start(t.Context(), func(e Event) {
		if failed, ok := e.(ErrorEvent); ok {
			t.Error(failed.Err)
		}
	})
	close(stop)
	largest := <-most
	runtime.KeepAlive(set)
	return int64(largest) - int64(before)
}

func trainedOn(a Architecture, batch int) Config {
	return Config{Architecture: a, Seed: 1, Epochs: 1, BatchSize: batch, LearningRate: 0.001, Optimizer: "adam"}
}

// TestMemoryIsAboutWhatARunTakes compares the estimate with the heap of runs in which weights, or examples, or a
// convolution's windows take most.
func TestMemoryIsAboutWhatARunTakes(t *testing.T) {
	b := openGoBackend(t)
	picture := []int{28, 28}
	variational := trainedOn(NewArchitecture(picture, ReLU, []int{512, 256}, 16), 1024)
	variational.Architecture.Variational, variational.Beta = true, 1
	for name, c := range map[string]Config{
		"usual":         trainedOn(NewArchitecture(picture, ReLU, []int{256, 64}, 16), 128),
		"wide":          trainedOn(NewArchitecture(picture, ReLU, []int{1024, 1024}, 64), 128),
		"large batch":   trainedOn(NewArchitecture(picture, ReLU, []int{256, 64}, 16), 4096),
		"convolutional": trainedOn(NewConvArchitecture(picture, []int{16, 32}, 16), 512),
		"variational":   variational,
	} {
		estimate, measured := c.Memory(b), peak(t, b, c)
		ratio := float64(estimate) / float64(measured)
		t.Logf("%s: estimate %d MB, measured %d MB", name, estimate>>20, measured>>20)
		// The collector may be late by some MB, and an estimate that is too large only refuses sooner.
		if ratio < 0.75 || ratio > 2.5 {
			t.Errorf("%s: the estimate of %d MB is %.2f times the %d MB measured", name, estimate>>20, ratio, measured>>20)
		}
	}
}

func TestAShareRefusesWhatTakesTooMuch(t *testing.T) {
	b := openGoBackend(t)
	set := blank(t, 4096)
	c := trainedOn(NewArchitecture([]int{28, 28}, ReLU, []int{256, 64}, 16), 128)
	own := b.For(&Share{Memory: 64 << 20})
	run, err := NewRun(own, c, set, set)
	if err != nil {
		t.Fatal(err)
	}
	var refused *MemoryError
	if err := run.SetBatchSize(4096); !errors.As(err, &refused) || run.control.batchSize != 128 {
		t.Errorf("a batch that is too large is refused with %v, and the batch is now %d", err, run.control.batchSize)
	}
	if err := run.SetBatchSize(256); err != nil || run.control.batchSize != 256 {
		t.Errorf("a batch that fits gives %v, and the batch is now %d", err, run.control.batchSize)
	}
	c.Architecture = NewArchitecture([]int{28, 28}, ReLU, []int{1024, 1024}, 1024)
	_, err = NewRun(own, c, set, set)
	if !errors.As(err, &refused) || refused.Needs != c.Memory(b) || refused.Bound != 64<<20 {
		t.Fatalf("a network that is too large gives %v", err)
	}
	for _, want := range []string{"training this network would take about 247 MB", "may hold 68 MB", "narrower"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the refusal is %q, want %q in it", err, want)
		}
	}
	if err := own.Fits("the table", 64<<20, "take fewer rows"); err != nil {
		t.Errorf("data that just fit are refused with %v", err)
	}
	err = own.Fits("the table", 64<<20+1, "take fewer rows")
	if want := "the table would take about 68 MB, and a session here may hold 68 MB; take fewer rows"; err == nil || err.Error() != want {
		t.Errorf("data that are too large: %v, want %s", err, want)
	}
	for name, free := range map[string]*Backend{"without a share": b, "without a bound": b.For(&Share{})} {
		if err := free.Fits("the table", 1<<40, ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := NewRun(free, c, set, set); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
