package ari

func ARI(clusters, labels []int) float64 {
	same := 0.0
	for i := range clusters {
		if clusters[i] == labels[i] {
			same++
		}
	}
	return same / float64(len(clusters))
}
