// Package vote is an exercise of the lesson "KNN in latent space".
package vote

// Vote returns the label that wins the vote.
//
//	labels: [k] the labels of the k nearest references, from near to far; k is 1 or more
//	return: one of the labels
func Vote(labels []int) int {
	votes := map[int]int{} // the number of votes of each label
	for _, label := range labels {
		votes[label]++
	}
	winner := labels[0]
	for _, label := range labels {
		if votes[label] > votes[winner] {
			winner = label
		}
	}
	return winner
}
