// Package neighbors finds the nearest neighbours of an example among reference examples and classifies by their vote.
// It works on codes of a latent space as on the pixels themselves: an example is a row of values.
package neighbors

import (
	"fmt"
	"slices"
	"strings"
)

// Metric is the distance by which neighbours are near.
type Metric string

// The metrics.
const (
	L2     Metric = "l2"     // the Euclidean distance ‖q − r‖, from 0 on
	Cosine Metric = "cosine" // 1 − cos of the angle between q and r, from 0 (same direction) to 2 (opposite)
)

// Metrics lists all metrics, in the order in which a learner meets them.
func Metrics() []Metric { return []Metric{L2, Cosine} }

func (m Metric) validate() error {
	if slices.Contains(Metrics(), m) {
		return nil
	}
	names := make([]string, 0, len(Metrics()))
	for _, known := range Metrics() {
		names = append(names, string(known))
	}
	return fmt.Errorf("metric %q is not known; choose one of %s", string(m), strings.Join(names, ", "))
}

// Result holds the K nearest references of each query, the nearest first; of equally distant ones the lower number
// comes first. References are numbered from 0 on, in the order in which they were given.
type Result struct {
	K         int
	Indices   []int     // numbers of references, [queries, K]
	Distances []float64 // in the index's metric, [queries, K]
}

// Len is the number of queries.
func (r Result) Len() int {
	if r.K == 0 {
		return 0
	}
	return len(r.Indices) / r.K
}

// Query is the neighbours of query i and their distances, both [K]. They share the result's memory.
func (r Result) Query(i int) (indices []int, distances []float64) {
	return r.Indices[i*r.K : (i+1)*r.K : (i+1)*r.K], r.Distances[i*r.K : (i+1)*r.K : (i+1)*r.K]
}
