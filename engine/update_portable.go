//go:build !goexperiment.simd

package engine

// adam is the update of an optimizer for the weights w with gradients g and moments m and v, all of one length.
func adam(w, g, m, v []float32, size, eps float32) { adamScalar(w, g, m, v, size, eps) }

func add(dst, src []float32) { addScalar(dst, src) }
