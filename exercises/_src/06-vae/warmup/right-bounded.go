package warmup

func Betas(epochs, warm int, beta float64) []float64 {
	betas := make([]float64, epochs)
	for i := range epochs {
		if warm == 0 {
			betas[i] = beta
			continue
		}
		betas[i] = beta * float64(min(i, warm)) / float64(max(warm, 1))
	}
	return betas
}
