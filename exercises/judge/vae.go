package judge

// vae are the judges of the lesson vae.
func vae() map[string]Judge {
	return map[string]Judge{}
}
