//go:build !goexperiment.simd

package engine

// SIMD says whether this binary has the Go backend's vector kernels.
const SIMD = false
