package lab

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/downstream"
)

// Features are a representation of digits: held-out ones, and training ones that a classifier learns from. They do not
// change, so any number of goroutines may use them.
type Features struct {
	On    string // the name of the representation
	Width int    // features of a digit

	heldOut, train      []float32 // [n, Width]
	labels, trainLabels []uint8
	backend             *engine.Backend
}

// ClusterEvent tells what k-means found, and how far it agrees with the digits, which it was not told.
type ClusterEvent struct {
	On      string         `json:"on"`
	Width   int            `json:"features"`
	K       int            `json:"k"`
	ARI     float64        `json:"ari"`
	NMI     float64        `json:"nmi"`
	Seconds float64        `json:"seconds"`
	Holds   []ClusterShare `json:"holds"` // what each cluster holds
	Labels  []int          `json:"-"`     // the cluster of each held-out digit
}

// ClusterShare is the commonest digit of a cluster and its part of it.
type ClusterShare struct {
	Digit uint8   `json:"digit"`
	Part  float64 `json:"part"` // 0 of an empty cluster
	Size  int     `json:"size"`
}

// Kind implements Event.
func (ClusterEvent) Kind() string { return "clusters" }

// Line says how well the clusters agree with the digits.
func (e ClusterEvent) Line() string {
	return fmt.Sprintf("%s, %d features, %d clusters in %.2f s: ARI %.3f, NMI %.3f", e.On, e.Width, e.K, e.Seconds, e.ARI,
		e.NMI)
}

// clusterRestarts is how often k-means starts; the result of the lowest inertia counts.
const clusterRestarts = 5

// Cluster clusters the held-out digits by k-means. It tells a Progress after each of its restarts.
func (f *Features) Cluster(ctx context.Context, k int, seed int64, emit func(Event)) (ClusterEvent, error) {
	start := time.Now()
	var best *downstream.Clustering
	for restart := range clusterRestarts {
		emit(Progress{fmt.Sprintf("clustering %s into %d", f.On, k), float64(restart) / clusterRestarts})
		// The restarts are called one by one so that the long ones can be watched; seeds stay apart by what they are times.
		c, err := downstream.KMeans(ctx, f.heldOut, f.Width, downstream.KMeansConfig{
			K: k, Restarts: 1, Seed: seed*clusterRestarts + int64(restart), Core: f.backend.Core,
		})
		if err != nil {
			return ClusterEvent{}, err
		}
		if best == nil || c.Inertia < best.Inertia {
			best = c
		}
	}
	e := ClusterEvent{On: f.On, Width: f.Width, K: k, Labels: best.Labels, Holds: shares(best.Labels, f.labels, k)}
	e.Seconds = time.Since(start).Seconds()
	ari, ariErr := downstream.AdjustedRandIndex(best.Labels, f.labels)
	nmi, nmiErr := downstream.NormalizedMutualInformation(best.Labels, f.labels)
	e.ARI, e.NMI = ari, nmi
	return e, errors.Join(ariErr, nmiErr)
}

// shares finds the commonest digit of each of k clusters, of equals the smallest.
func shares(clusters []int, digits []uint8, k int) []ClusterShare {
	counts := make([][256]int, k)
	for i, c := range clusters {
		counts[c][digits[i]]++
	}
	holds := make([]ClusterShare, k)
	for c := range holds {
		most := 0
		for digit, n := range counts[c] {
			holds[c].Size += n
			if n > most {
				most, holds[c].Digit = n, uint8(digit)
			}
		}
		if most > 0 {
			holds[c].Part = float64(most) / float64(holds[c].Size)
		}
	}
	return holds
}

// ProbeEvent tells how well a linear classifier knows held-out digits by a representation.
type ProbeEvent struct {
	On       string  `json:"on"`
	Width    int     `json:"features"`
	Accuracy float64 `json:"accuracy"`
	Seconds  float64 `json:"seconds"` // of training it
}

// Kind implements Event.
func (ProbeEvent) Kind() string { return "probe" }

// Line says how accurate the classifier is.
func (e ProbeEvent) Line() string {
	return fmt.Sprintf("%s, %d features: a linear classifier of 10,000 training digits has accuracy %.3f after %.2f s",
		e.On, e.Width, e.Accuracy, e.Seconds)
}

// Probe trains a linear classifier on the training digits and measures it on the held-out ones.
func (f *Features) Probe(ctx context.Context, seed int64) (ProbeEvent, error) {
	e := ProbeEvent{On: f.On, Width: f.Width}
	start := time.Now()
	c, err := engine.TrainProbe(ctx, f.backend, engine.ProbeConfig{
		Classes: 10, Epochs: 30, BatchSize: 256, LearningRate: 0.01, Seed: seed,
	}, f.train, f.trainLabels)
	if err != nil {
		return e, err
	}
	e.Seconds = time.Since(start).Seconds()
	e.Accuracy, err = c.Accuracy(ctx, f.heldOut, f.labels)
	return e, err
}
