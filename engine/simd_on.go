//go:build goexperiment.simd && amd64

package engine

// SIMD says whether this binary has the Go backend's vector kernels, which GoMLX has for amd64 only.
const SIMD = true
