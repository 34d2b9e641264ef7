package ari

func ARI(clusters, labels []int) float64 {
	var pairs, inCluster, inClass, inBoth float64
	for i := range clusters {
		for j := range i + 1 {
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
	return (inBoth - chance) / ((inCluster+inClass)/2 - chance)
}
