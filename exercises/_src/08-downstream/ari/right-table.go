package ari

// ARI counts pairs from the table of how many examples are in which cluster and class: n of them are n(n−1)/2 pairs.
func ARI(clusters, labels []int) float64 {
	table, rows, columns := map[[2]int]int{}, map[int]int{}, map[int]int{}
	for i := range clusters {
		table[[2]int{clusters[i], labels[i]}]++
		rows[clusters[i]]++
		columns[labels[i]]++
	}
	inBoth, inCluster, inClass := count(table), count(rows), count(columns)
	total := pairs(len(clusters))
	return 2 * (total*inBoth - inCluster*inClass) / (total*(inCluster+inClass) - 2*inCluster*inClass)
}

func count[K comparable](sizes map[K]int) (sum float64) {
	for _, n := range sizes {
		sum += pairs(n)
	}
	return sum
}

func pairs(n int) float64 { return float64(n*(n-1)) / 2 }
