package noise

import (
	"math"
	"math/rand/v2"
)

// ziggurat draws normal numbers: it covers the density e^(-x²/2) with layers of equal area and draws a point in one of
// them (Marsaglia and Tsang 2000, The Ziggurat Method for Generating Random Variables; constants for 128 layers).
//
// NormFloat64 of math/rand/v2 is the same method, but decides by an exponential where this one takes the logarithm.
// Go's exponential mixes VEX and older vector instructions on amd64, and an asynchronous preemption in a
// GOEXPERIMENT=simd build leaves the processor in a state where each change between the two is slow: 128·784 numbers
// took 2.6 ms on average, where a whole batch of noise takes 0.6 ms with these.
type ziggurat struct {
	edge    [layers + 1]float64 // right edges of the layers, from the lowest on; the last is 0
	density [layers + 1]float64 // at the edges
}

const (
	layers       = 128
	zigguratTail = 3.442619855899      // where the lowest layer turns into the tail
	zigguratArea = 9.91256303526217e-3 // of a layer
)

func newZiggurat() ziggurat {
	var z ziggurat
	x := zigguratTail
	for i := 1; i < layers; i++ {
		z.edge[i], z.density[i] = x, math.Exp(-x*x/2)
		x = math.Sqrt(-2 * math.Log(z.density[i]+zigguratArea/x))
	}
	z.edge[0] = zigguratArea / z.density[1] // a rectangle of the lowest layer's area, its tail included
	z.density[layers] = 1
	return z
}

// normal is a number of mean 0 and standard deviation 1.
func (z *ziggurat) normal(pcg *rand.PCG) float64 {
	for {
		u := pcg.Uint64()
		layer := u % layers
		x := float64(int64(u)>>7) / (1 << 56) * z.edge[layer]
		if math.Abs(x) < z.edge[layer+1] {
			return x
		}
		if layer == 0 {
			return math.Copysign(tail(pcg), x)
		}
		y := z.density[layer] + uniform(pcg)*(z.density[layer+1]-z.density[layer])
		if x*x < -2*math.Log(y) {
			return x
		}
	}
}

// tail is the size of a normal number beyond zigguratTail (Marsaglia 1964, Generating a Variable from the Tail of the
// Normal Distribution).
func tail(pcg *rand.PCG) float64 {
	for {
		x := -math.Log(uniform(pcg)) / zigguratTail
		if x*x <= -2*math.Log(uniform(pcg)) {
			return zigguratTail + x
		}
	}
}

// uniform is a number above 0 and at most 1.
func uniform(pcg *rand.PCG) float64 { return float64(pcg.Uint64()>>11+1) / (1 << 53) }
