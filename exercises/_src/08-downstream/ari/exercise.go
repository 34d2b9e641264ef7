// Package ari is an exercise of the lesson "Downstream analysis".
//
// Clusters have no names, so they are compared with labels by pairs of examples: are the two together or apart?
// Edit this file as you like, but keep the signature of ARI. Then run: aetutor check ari
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
			// TODO: count the pairs that are together in both, and correct the result for chance.
		}
	}
	return inBoth / pairs
}
