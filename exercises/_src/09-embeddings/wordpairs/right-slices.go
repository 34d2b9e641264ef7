package wordpairs

// Pairs goes over distances, and takes each pair of places both ways.
func Pairs(sentence []string, window int) (pairs [][2]string) {
	for distance := 1; distance <= window && distance < len(sentence); distance++ {
		for i, second := range sentence[distance:] {
			pairs = append(pairs, [2]string{sentence[i], second}, [2]string{second, sentence[i]})
		}
	}
	return pairs
}
