package data

import (
	"fmt"
	"math"
	"slices"
)

// Split holds a fraction of the examples out, drawn at random. Both parts are in random order; the same seed gives the
// same parts. fraction is above 0 and below 1 and must leave examples in both.
func (d *Dataset) Split(fraction float64, seed int64) (train, heldOut *Dataset, err error) {
	quota, err := d.quota("example", d.Len(), fraction)
	if err != nil {
		return nil, nil, err
	}
	train, heldOut = d.part(seed, func(int) int { return 0 }, []int{quota})
	return train, heldOut, nil
}

// SplitNormal splits for anomaly detection: the training part holds examples of the class normal alone, the held-out
// part the given fraction of them and all examples of all other classes.
func (d *Dataset) SplitNormal(normal string, fraction float64, seed int64) (train, heldOut *Dataset, err error) {
	quotas, err := d.classCounts()
	if err != nil {
		return nil, nil, err
	}
	class := slices.Index(d.Classes, normal)
	if class < 0 {
		return nil, nil, fmt.Errorf("%s has no class %q; its classes are %q", d.Name, normal, d.Classes)
	}
	if quotas[class] == d.Len() {
		return nil, nil, fmt.Errorf("%s: every example is of the class %q; there is no anomaly to detect", d.Name, normal)
	}
	if quotas[class], err = d.quota("example of the class "+normal, quotas[class], fraction); err != nil {
		return nil, nil, err
	}
	train, heldOut = d.part(seed, func(i int) int { return int(d.Labels[i]) }, quotas)
	return train, heldOut, nil
}

// classCounts are the numbers of examples of the classes.
func (d *Dataset) classCounts() ([]int, error) {
	if d.Labels == nil {
		return nil, fmt.Errorf("%s has no labels to split by", d.Name)
	}
	counts := make([]int, len(d.Classes))
	for _, label := range d.Labels {
		counts[label]++
	}
	return counts, nil
}

// quota is how many of n examples to hold out: fraction of them, rounded, halves up.
func (d *Dataset) quota(what string, n int, fraction float64) (int, error) {
	if !(fraction > 0 && fraction < 1) {
		return 0, fmt.Errorf("%s: hold out a fraction of %v; it must be above 0 and below 1", d.Name, fraction)
	}
	quota := int(math.Round(fraction * float64(n)))
	if quota < 1 || quota >= n {
		return 0, fmt.Errorf("%s: holding out %v of %d leaves one part without an %s", d.Name, fraction, n, what)
	}
	return quota, nil
}

// part goes through the examples in random order and holds out the first of each group up to its quota.
func (d *Dataset) part(seed int64, group func(i int) int, quotas []int) (train, heldOut *Dataset) {
	var kept, out []int
	taken := make([]int, len(quotas))
	for _, i := range random(seed, streamSplit).Perm(d.Len()) {
		if g := group(i); taken[g] < quotas[g] {
			taken[g]++
			out = append(out, i)
			continue
		}
		kept = append(kept, i)
	}
	train, heldOut = d.Select(kept), d.Select(out)
	train.Name += ", training part"
	heldOut.Name += ", held-out part"
	return train, heldOut
}
