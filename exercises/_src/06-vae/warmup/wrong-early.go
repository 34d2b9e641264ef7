package warmup

func Betas(epochs, warm int, beta float64) []float64 {
	betas := make([]float64, epochs)
	for i := range betas {
		betas[i] = beta
		if i < warm {
			betas[i] *= float64(i+1) / float64(warm)
		}
	}
	return betas
}
