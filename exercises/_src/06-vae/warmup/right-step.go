package warmup

// Betas adds a step at a time and begins with the whole of beta where there is no warm-up.
func Betas(epochs, warm int, beta float64) []float64 {
	var betas []float64
	current := 0.0
	if warm == 0 {
		current = beta
	}
	for range epochs {
		betas = append(betas, current)
		if warm > 0 {
			current = min(beta, current+beta/float64(warm))
		}
	}
	return betas
}
