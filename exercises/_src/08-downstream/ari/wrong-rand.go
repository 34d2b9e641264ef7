package ari

func ARI(clusters, labels []int) float64 {
	var pairs, inCluster, inClass, inBoth float64
	for i := range clusters {
		for j := range i {
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
	return (pairs + 2*inBoth - inCluster - inClass) / pairs
}
