package wordpairs

func Pairs(sentence []string, window int) [][2]string {
	var pairs [][2]string
	for i, word := range sentence {
		for j, near := range sentence {
			if i < j && j-i <= window {
				pairs = append(pairs, [2]string{word, near})
			}
		}
	}
	return pairs
}
