// Package warmup is an exercise of the lesson "Variational autoencoder".
package warmup

// Betas returns the weight of KL in each epoch. It is 0 in epoch 0, grows by the same amount from epoch to epoch,
// reaches beta in epoch warm, and stays there. With warm = 0 it is beta from the start.
//
//	epochs: how many epochs there are
//	warm:   the length of the warm-up in epochs; it may be longer than the training
//	beta:   the weight after the warm-up
//	return: [epochs]
func Betas(epochs, warm int, beta float64) []float64 {
	betas := make([]float64, epochs)
	for i := range betas {
		betas[i] = beta
		if i < warm {
			betas[i] *= float64(i) / float64(warm)
		}
	}
	return betas
}
