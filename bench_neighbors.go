package main

import (
	"context"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/neighbors"
)

// benchNeighbors searches the 5 nearest of 60,000 points with 16 values for each of 10,000 others, and computes in turns
// with it the matrix products that the search cannot do without.
func benchNeighbors(ctx context.Context, backend string) ([]figure, error) {
	b, err := engine.Open(backend)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	search, gemm, err := neighbors.MeasureOverGEMM(ctx, b)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"neighbors_seconds", search.Seconds(), "k = 5 for 10,000 queries among 60,000 points of 16 values, exact"},
		{"neighbors_gemm_seconds", gemm.Seconds(), "its matrix products alone, measured in between"},
		{"neighbors_over_gemm", search.Seconds() / gemm.Seconds(), "their ratio"},
	}, nil
}
