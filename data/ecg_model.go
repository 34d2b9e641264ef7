package data

import "math"

// The model is that of P. E. McSharry, G. D. Clifford, L. Tarassenko and L. A. Smith, "A dynamical model for generating
// synthetic electrocardiogram signals", IEEE Transactions on Biomedical Engineering 50(3), 2003. A point runs around
// the unit circle of the (x, y) plane, once a heartbeat; waves at fixed angles push its third coordinate z, the ECG, up
// or down:
//
//	x′ = αx − ωy,  y′ = αy + ωx,  z′ = −Σ aᵢ Δθᵢ exp(−Δθᵢ² / 2bᵢ²) − (z − z₀)
//	α = 1 − √(x² + y²),  Δθᵢ = θ − θᵢ between −π and π,  θ = atan2(y, x),  z₀ = A sin(2π f t)
//
// A beat runs from θ = −π to π. The angular speed ω is 2π/RR, where RR is the time from one θ = 0 to the next.

// wave is one of the waves P, Q, R, S and T of a heartbeat: a bump in z at an angle.
type wave struct {
	angle  float64 // θ, in radians
	height float64 // a
	width  float64 // b, in radians
}

// beatShape are the waves P, Q, R, S and T.
type beatShape [5]wave

// waveR is the index of the R wave.
const waveR = 2

// normalBeat is Table I of the paper.
func normalBeat() beatShape {
	return beatShape{
		{-math.Pi / 3, 1.2, 0.25},
		{-math.Pi / 12, -5, 0.1},
		{0, 30, 0.1},
		{math.Pi / 12, -7.5, 0.1},
		{math.Pi / 2, 0.75, 0.4},
	}
}

// ectopicBeat is a premature ventricular beat, of which the paper has none. The impulse comes from the ventricle, so
// there is no P and no Q; it spreads from muscle cell to muscle cell, so R and S are 2.5 to 3 times as wide as in Table
// I; and the muscle recovers in the order in which it was excited, so T points down and is deep. All angles are shifted
// by premature, a fraction of the cycle, to an earlier time. The sinus node goes on undisturbed: the beat after comes
// when it would have come anyway, which makes the full compensatory pause. The heights are ours, chosen by eye beside
// record 208.
func ectopicBeat(premature float64) beatShape {
	shape := beatShape{
		{-math.Pi / 3, 0, 0.25},
		{-math.Pi / 12, 0, 0.1},
		{0, 6, 0.25},
		{0.45, -1.5, 0.3},
		{0.55 * math.Pi, -1.2, 0.5},
	}
	for i := range shape {
		shape[i].angle -= 2 * math.Pi * premature
	}
	return shape
}

// at is the shape at another heart rate than the 60 beats a minute of Table I. A fast heart spends a larger part of a
// cycle on a beat: with h = rate/60 widths grow by √h, the angles from R by √h for Q and S and by ⁴√h for P and T, as
// in the authors' program ECGSYN (https://physionet.org/content/ecgsyn/1.0.0/). The heights in mV stay, for they go
// with a·b²/ω.
func (s beatShape) at(rate float64) beatShape {
	fast := math.Sqrt(rate / 60)
	faster := [5]float64{math.Sqrt(fast), fast, 1, fast, math.Sqrt(fast)}
	r := s[waveR].angle
	for i := range s {
		s[i].angle = r + (s[i].angle-r)*faster[i]
		s[i].width *= fast
	}
	return s
}

// A normal beat at a constant 60 a minute reaches from -0.4 to 1.2 mV, as the paper scales it: mV = zGain·z + zOffset.
const (
	zGain   = 27.474251
	zOffset = 0.047044
)

// respiration is the frequency of breathing in Hz, f₂ of the paper. It moves the baseline and the heart rate.
const respiration = 0.25

// maxStep bounds a step of the integration in seconds. At it the fourth-order Runge-Kutta error is below 5·10⁻⁶ mV.
const maxStep = 1.0 / 300

// heart integrates the model.
type heart struct {
	t       float64 // seconds
	x, y, z float64
	wander  float64 // A, in units of z
}

// slope are the three derivatives for one beat.
func (h *heart) slope(t, x, y, z, omega float64, shape *beatShape) (dx, dy, dz float64) {
	alpha := 1 - math.Sqrt(x*x+y*y)
	theta := math.Atan2(y, x)
	dz = h.wander*math.Sin(2*math.Pi*respiration*t) - z
	for _, w := range shape {
		delta := theta - w.angle
		if delta >= math.Pi {
			delta -= 2 * math.Pi
		} else if delta < -math.Pi {
			delta += 2 * math.Pi
		}
		// Further than eight widths away a wave is less than 10⁻¹³ of itself.
		if u := delta / w.width; u*u < 64 {
			dz -= w.height * delta * math.Exp(-u*u/2)
		}
	}
	return alpha*x - omega*y, alpha*y + omega*x, dz
}

// advance goes to the time t in fourth-order Runge-Kutta steps of at most maxStep.
func (h *heart) advance(t, omega float64, shape *beatShape) {
	span := t - h.t
	steps := math.Ceil(span / maxStep)
	d := span / steps
	for range int(steps) {
		x1, y1, z1 := h.slope(h.t, h.x, h.y, h.z, omega, shape)
		x2, y2, z2 := h.slope(h.t+d/2, h.x+d/2*x1, h.y+d/2*y1, h.z+d/2*z1, omega, shape)
		x3, y3, z3 := h.slope(h.t+d/2, h.x+d/2*x2, h.y+d/2*y2, h.z+d/2*z2, omega, shape)
		x4, y4, z4 := h.slope(h.t+d, h.x+d*x3, h.y+d*y3, h.z+d*z3, omega, shape)
		h.x += d / 6 * (x1 + 2*x2 + 2*x3 + x4)
		h.y += d / 6 * (y1 + 2*y2 + 2*y3 + y4)
		h.z += d / 6 * (z1 + 2*z2 + 2*z3 + z4)
		h.t += d
	}
	h.t = t // without the rounding errors of many small steps
}
