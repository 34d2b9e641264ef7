package lab

import (
	"math"
	"slices"
)

// Means are the mean accuracies of a way by the number of labels per class.
func Means(events []AccuracyEvent, way Way) map[int]float64 {
	sums, counts := map[int]float64{}, map[int]int{}
	for _, e := range events {
		if e.Way == way {
			sums[e.Labels] += e.Accuracy
			counts[e.Labels]++
		}
	}
	for n := range sums {
		sums[n] /= float64(counts[n])
	}
	return sums
}

// Spread is the sample standard deviation of the accuracies of a way at a number of labels, NaN for fewer than two.
func Spread(events []AccuracyEvent, way Way, labels int) float64 {
	var values []float64
	mean := 0.0
	for _, e := range events {
		if e.Way == way && e.Labels == labels {
			values = append(values, e.Accuracy)
			mean += e.Accuracy
		}
	}
	n := float64(len(values))
	sum := 0.0
	for _, v := range values {
		sum += (v - mean/n) * (v - mean/n)
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum / (n - 1))
}

// Crossover is the number of labels per class from which on scratch is at least as accurate as frozen, by the means
// over the draws, for that number and all larger ones. Between two measured numbers the difference of the means is
// interpolated on the logarithm of the labels. Where scratch leads from the first number on, that is the crossover;
// where it does not lead at the largest, ok is false and n is the largest.
func Crossover(events []AccuracyEvent) (n float64, ok bool) {
	frozen, scratch := Means(events, Frozen), Means(events, Scratch)
	var counts []int
	for labels := range frozen {
		if _, both := scratch[labels]; both {
			counts = append(counts, labels)
		}
	}
	slices.Sort(counts)
	for i, labels := range slices.Backward(counts) {
		behind := frozen[labels] - scratch[labels]
		if behind <= 0 {
			n, ok = float64(labels), true
			continue
		}
		if !ok {
			return float64(labels), false
		}
		after := counts[i+1]
		lead := scratch[after] - frozen[after]
		return float64(labels) * math.Pow(float64(after)/float64(labels), behind/(behind+lead)), true
	}
	return n, ok
}
