package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestMeasureEpoch(t *testing.T) {
	for name, c := range kinds() {
		t.Run(name, func(t *testing.T) {
			times, err := MeasureEpoch(t.Context(), openGoBackend(t), c, stripes(t, 500))
			if err != nil {
				t.Fatal(err)
			}
			if times.Steps != 31 || times.Train <= 0 || times.Products <= 0 || times.Ratio() <= 0 {
				t.Errorf("500 examples in batches of 16 give %+v", times)
			}
		})
	}
}

func TestMeasureEpochErrors(t *testing.T) {
	c := smallConfig()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := MeasureEpoch(ctx, openGoBackend(t), c, stripes(t, 200)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled measurement ended with %v", err)
	}
	c.BatchSize = 1000
	if _, err := MeasureEpoch(t.Context(), openGoBackend(t), c, stripes(t, 200)); err == nil || !strings.Contains(err.Error(), "the batch size is 1000") {
		t.Errorf("MeasureEpoch: %v", err)
	}
}
