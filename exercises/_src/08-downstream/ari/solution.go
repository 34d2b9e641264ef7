// Package ari is an exercise of the lesson "Downstream analysis".
package ari

// ARI is the adjusted Rand index of two sortings of the same examples, (inBoth − chance) / (best − chance), where
// chance is inCluster · inClass / pairs and best is (inCluster + inClass) / 2.
//
//	clusters: [examples] the cluster of each example
//	labels:   [examples] the class of each example
//	return:   1 for the same sorting under any names, about 0 for what chance gives
func ARI(clusters, labels []int) float64 {
	// How many pairs of examples there are, how many are together in a cluster, in a class, and in both.
	var pairs, inCluster, inClass, inBoth float64
	for i := range clusters {
		for j := range i { // each pair once
			pairs++
			if clusters[i] == clusters[j] {
				inCluster++
			}
			if labels[i] == labels[j] {
				inClass++
			}
			if clusters[i] == clusters[j] && labels[i] == labels[j] {
				inBoth++
			}
		}
	}
	chance := inCluster * inClass / pairs
	best := (inCluster + inClass) / 2
	return (inBoth - chance) / (best - chance)
}
