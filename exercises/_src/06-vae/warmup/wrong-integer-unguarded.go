package warmup

func Betas(epochs, warm int, beta float64) []float64 {
	betas := make([]float64, epochs)
	for i := range betas {
		betas[i] = beta * float64(min(i/warm, 1))
	}
	return betas
}
