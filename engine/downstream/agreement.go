package downstream

import (
	"fmt"
	"math"
)

// AdjustedRandIndex is how far two partitions of the same examples agree, judged by the pairs of examples that both put
// together or apart, and corrected for chance (Hubert and Arabie 1985). It is 1 for the same partition under whatever
// labels, 0 on average for independent ones, and never below −0.5. a, b: [n], labels of any kind; the order of the two
// does not matter. As in scikit-learn it is 1 where the partitions are the same for want of choice: of no example, of
// one, when both are one cluster or both give every example its own.
func AdjustedRandIndex[A, B comparable](a []A, b []B) (float64, error) {
	if len(a) != len(b) {
		return 0, mismatch(len(a), len(b))
	}
	t := crossTabulate(a, b)
	// Numbers of ordered pairs of different examples: together in both, in a alone, in b alone, in neither.
	n := len(a)
	inBoth := pairs(t.cells)
	inA, inB := pairs(t.a)-inBoth, pairs(t.b)-inBoth
	inNeither := n*(n-1) - inBoth - inA - inB
	if inA == 0 && inB == 0 {
		return 1, nil
	}
	// Products of two such numbers may exceed 64 bits.
	together, onlyA, onlyB, apart := float64(inBoth), float64(inA), float64(inB), float64(inNeither)
	return 2 * (together*apart - onlyA*onlyB) /
		((together+onlyA)*(onlyA+apart) + (together+onlyB)*(onlyB+apart)), nil
}

// pairs is the number of ordered pairs of different examples within clusters of the given sizes.
func pairs(sizes []int) int {
	sum := 0
	for _, size := range sizes {
		sum += size * (size - 1)
	}
	return sum
}

// NormalizedMutualInformation is the mutual information of two partitions of the same examples over the arithmetic mean
// of their entropies (Strehl and Ghosh 2002; the mean as in scikit-learn's default). It is 1 for the same partition
// under whatever labels, 0 for independent ones; it is not corrected for chance, so many small clusters raise it.
// a, b: [n], labels of any kind. As in scikit-learn it is 0 when one of the two is a single cluster, and 1 when both
// are or there are no examples.
func NormalizedMutualInformation[A, B comparable](a []A, b []B) (float64, error) {
	if len(a) != len(b) {
		return 0, mismatch(len(a), len(b))
	}
	t := crossTabulate(a, b)
	if len(t.a) <= 1 && len(t.b) <= 1 {
		return 1, nil
	}
	n := float64(len(a))
	information := 0.0
	for i, count := range t.cells {
		// Independent labels give the logarithm of exactly 1: the products are whole numbers.
		row, column := t.a[t.rows[i]], t.b[t.columns[i]]
		information += float64(count) / n * math.Log(n*float64(count)/(float64(row)*float64(column)))
	}
	return max(0, information) / ((entropy(t.a, n) + entropy(t.b, n)) / 2), nil
}

// entropy is that of a partition of n examples into clusters of the given sizes, in nats (Shannon 1948).
func entropy(sizes []int, n float64) float64 {
	sum := 0.0
	for _, size := range sizes {
		sum -= float64(size) / n * math.Log(float64(size)/n)
	}
	return sum
}

func mismatch(a, b int) error {
	return fmt.Errorf("%d labels against %d; both partitions must be of the same examples", a, b)
}

// contingency counts the examples of each cluster of two partitions and of each pair of clusters that have any in
// common. Clusters and pairs stand in the order in which they first occur, so that sums over them repeat themselves.
type contingency struct {
	a, b          []int // the sizes of the clusters
	cells         []int // the sizes of the intersections
	rows, columns []int // the cluster of a and of b that a cell belongs to
}

func crossTabulate[A, B comparable](a []A, b []B) contingency {
	var t contingency
	var inA, inB []int
	inA, t.a = tally(a)
	inB, t.b = tally(b)
	both := make([][2]int, len(a))
	for i := range both {
		both[i] = [2]int{inA[i], inB[i]}
	}
	cellOf, cells := tally(both)
	t.cells, t.rows, t.columns = cells, make([]int, len(cells)), make([]int, len(cells))
	for i, cell := range cellOf {
		t.rows[cell], t.columns[cell] = inA[i], inB[i]
	}
	return t
}

// tally numbers labels in the order in which they first occur. It returns the number of each example's label and how
// often each label occurs.
func tally[T comparable](labels []T) (numbers, sizes []int) {
	number := make(map[T]int)
	numbers = make([]int, len(labels))
	for i, label := range labels {
		at, known := number[label]
		if !known {
			at = len(sizes)
			number[label] = at
			sizes = append(sizes, 0)
		}
		numbers[i] = at
		sizes[at]++
	}
	return numbers, sizes
}
