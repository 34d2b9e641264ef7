//go:build goexperiment.simd

package engine

import "simd"

// adam is the update of an optimizer for the weights w with gradients g and moments m and v, all of one length. It goes
// through memory once, where the graph's update makes eleven passes.
func adam(w, g, m, v []float32, size, eps float32) {
	b1, b2 := simd.BroadcastFloat32s(beta1), simd.BroadcastFloat32s(beta2)
	s, e, t := simd.BroadcastFloat32s(size), simd.BroadcastFloat32s(eps), simd.BroadcastFloat32s(tiny)
	lanes := s.Len()
	for len(w) >= lanes {
		grad := simd.LoadFloat32s(g).Add(t)
		first := simd.LoadFloat32s(m).MulAdd(b1, grad)
		second := simd.LoadFloat32s(v).MulAdd(b2, grad.Mul(grad))
		first.Store(m)
		second.Store(v)
		simd.LoadFloat32s(w).Sub(first.Mul(s).Div(second.Sqrt().Add(e))).Store(w)
		w, g, m, v = w[lanes:], g[lanes:], m[lanes:], v[lanes:]
	}
	adamScalar(w, g, m, v, size, eps)
}

// add adds src to dst, both of one length.
func add(dst, src []float32) {
	lanes := simd.BroadcastFloat32s(0).Len()
	for len(dst) >= lanes {
		simd.LoadFloat32s(dst).Add(simd.LoadFloat32s(src)).Store(dst)
		dst, src = dst[lanes:], src[lanes:]
	}
	addScalar(dst, src)
}
