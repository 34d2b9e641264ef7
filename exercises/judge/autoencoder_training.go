package judge

import (
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// stoppingJudge is that of func Stop(losses []float64, patience int) (best, last int).
func stoppingJudge() Judge {
	type rule func(losses []float64, patience int) (best, last int)
	of := func(stop rule) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			best, last := stop(args[0].Floats(), args[1].Int())
			return []wire.Value{wire.Of(best), wire.Of(last)}
		}
	}
	lowest := func(losses []float64) (best int) {
		for i, loss := range losses {
			if loss < losses[best] {
				best = i
			}
		}
		return best
	}
	// after stops when the lowest loss was a number of epochs ago.
	after := func(losses []float64, epochs int) (best, last int) {
		for last = range losses {
			if best = lowest(losses[:last+1]); last-best >= epochs {
				break
			}
		}
		return best, last
	}
	return Judge{
		Params: []string{"losses", "patience"}, Results: []string{"best", "last"},
		Cases:     func(rng *rand.Rand) ([]Case, error) { return stoppingCases(rng), nil },
		Want:      of(after),
		Tolerance: Tolerance{Absolute: 0.1},
		Wrong: []Wrong{
			{Name: "previous", Compute: of(func(losses []float64, patience int) (best, last int) {
				rises := 0
				for last = range losses {
					if last == 0 || losses[last] < losses[last-1] {
						rises = 0
					} else if rises++; rises == patience {
						break
					}
				}
				return lowest(losses[:last+1]), last
			})},
			{Name: "total", Compute: of(func(losses []float64, patience int) (best, last int) {
				for last = range losses {
					best = lowest(losses[:last+1])
					higher := 0 // how many epochs in all brought no lower loss
					for i := 1; i <= last; i++ {
						if lowest(losses[:i+1]) != i {
							higher++
						}
					}
					if higher == patience {
						break
					}
				}
				return best, last
			})},
			{Name: "late", Compute: of(func(losses []float64, patience int) (best, last int) {
				return after(losses, patience+1)
			})},
			{Name: "nostop", Compute: of(func(losses []float64, _ int) (best, last int) {
				return lowest(losses), len(losses) - 1
			})},
			{Name: "worst", Compute: of(func(losses []float64, patience int) (best, last int) {
				_, last = after(losses, patience)
				return last, last
			})},
			{Name: "hindsight", Compute: of(func(losses []float64, patience int) (best, last int) {
				_, last = after(losses, patience)
				return lowest(losses), last
			})},
		},
	}
}

// stoppingCases are curves that fall and then rise, steadily or up and down, and in the end fall below all before.
func stoppingCases(rng *rand.Rand) []Case {
	const patience = 3
	// curve is a curve that falls for some epochs, has a bump that is shorter than the patience, falls to its lowest, and
	// goes on as later says, in steps above it.
	curve := func(later ...float64) wire.Value {
		losses := []float64{0.2}
		add := func(change float64) { losses = append(losses, losses[len(losses)-1]+change*(0.9+0.2*rng.Float64())) }
		for range 2 + rng.IntN(4) {
			add(-0.01)
		}
		for _, change := range []float64{0.004, 0.004, -0.03, -0.004} {
			add(change)
		}
		low := losses[len(losses)-1]
		for _, above := range later {
			losses = append(losses, low+above*(0.9+0.2*rng.Float64()))
		}
		return wire.List(losses)
	}
	return []Case{
		{Name: "it rises at the end", Args: []wire.Value{wire.List([]float64{0.9, 0.5, 0.4, 0.45, 0.5, 0.6}), wire.Of(2)}},
		{Name: "a bump is no reason to stop", Args: []wire.Value{wire.List([]float64{0.9, 0.5, 0.6, 0.4, 0.3}), wire.Of(2)}},
		{Name: "fewer epochs than the patience", Args: []wire.Value{wire.List([]float64{900, 500}), wire.Of(patience)}},
		{Name: "it rises steadily", Hidden: true, Args: []wire.Value{
			curve(0.01, 0.02, 0.03, 0.04, 0.05, 0.06, -0.01), wire.Of(patience),
		}},
		{Name: "it goes up and down", Hidden: true, Args: []wire.Value{
			curve(0.02, 0.01, 0.03, 0.01, 0.02, 0.01, 0.03, -0.01), wire.Of(patience),
		}},
		{Name: "it never stops", Hidden: true, Args: []wire.Value{curve(0.01, 0.02, -0.01, -0.02), wire.Of(patience)}},
	}
}

// trainingJudge is that of
//
//	func Train(backend compute.Backend, store *model.Store, pictures [][]float32, epochs, size int) []float32
//
// The weights are those that the network starts from. What the trained network makes of the held-out pictures shows that
// all steps were taken, with the right pictures.
func trainingJudge() Judge {
	// of trains with the batches of a schedule: the first picture of each batch and that after its last.
	type schedule func(n, epochs, size int) (batches [][2]int)
	of := func(plan schedule) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			pictures := args[0].Rows()
			t := newTwoLayers(args[4:])
			var losses []float64
			for _, b := range plan(len(pictures), args[1].Int(), args[2].Int()) {
				losses = append(losses, t.step(pictures[b[0]:b[1]]))
			}
			_, y := t.forward(args[3].Rows())
			return []wire.Value{wire.List(losses), wire.Matrix(y)}
		}
	}
	epoch := func(n, size int) (batches [][2]int) {
		for start := 0; start < n; start += size {
			batches = append(batches, [2]int{start, min(start+size, n)})
		}
		return batches
	}
	repeated := func(batches [][2]int, epochs int) (all [][2]int) {
		for range epochs {
			all = append(all, batches...)
		}
		return all
	}
	return Judge{
		Params:  []string{"pictures", "epochs", "size", "held out", "W1", "b1", "W2", "b2"},
		Results: []string{"losses", "the reconstruction of held-out pictures"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			fixed := rand.New(rand.NewPCG(1, 2)) // A visible case is always the same.
			few, one := wire.Tensor(uniform[float32](fixed, 15), 5, 3), wire.Tensor(uniform[float32](fixed, 3), 1, 3)
			small := trainingCase(fixed, few, 2, 2, one)
			even := trainingCase(fixed, wire.Tensor(uniform[float32](fixed, 12), 4, 3), 1, 2, one)
			pictures, err := digits(rng, 50)
			if err != nil {
				return nil, err
			}
			heldOut, err := digits(rng, 4)
			if err != nil {
				return nil, err
			}
			return []Case{
				{Name: "five pictures of three pixels", Args: small},
				{Name: "two full batches", Args: even},
				{Name: "digits", Hidden: true, Args: trainingCase(rng, pictures, 3, 16, heldOut)},
			}, nil
		},
		Want: of(func(n, epochs, size int) [][2]int { return repeated(epoch(n, size), epochs) }),
		// Adam divides gradients that are nearly 0 by their own size, so that rounding shows.
		Tolerance: Tolerance{Absolute: 1e-3, Relative: 1e-3},
		Wrong: []Wrong{
			{Name: "oneepoch", Compute: of(func(n, _, size int) [][2]int { return epoch(n, size) })},
			{Name: "dropped", Compute: of(func(n, epochs, size int) [][2]int { return repeated(epoch(n-n%size, size), epochs) })},
			{Name: "pastend", Panic: "slice bounds out of range"},
			{Name: "whole", Compute: of(func(n, epochs, _ int) [][2]int { return repeated([][2]int{{0, n}}, epochs) })},
			{Name: "single", Compute: func(args []wire.Value) []wire.Value {
				if args[0].Shape[0] > 10 {
					return nil // Over so many steps rounding adds up.
				}
				return of(func(n, epochs, _ int) [][2]int { return repeated(epoch(n, 1), epochs) })(args)
			}},
			{Name: "samebatch", Compute: of(func(n, epochs, size int) [][2]int {
				return repeated([][2]int{{0, size}}, epochs*len(epoch(n, size)))
			})},
		},
	}
}

// trainingCase is a case with random weights for a code of 4 numbers.
func trainingCase(rng *rand.Rand, pictures wire.Value, epochs, size int, heldOut wire.Value) []wire.Value {
	const code = 4
	pixels := pictures.Shape[1]
	all := layers(rng, pictures, code, pixels)
	return append([]wire.Value{pictures, wire.Of(epochs), wire.Of(size), heldOut}, all[3:]...)
}

// twoLayerNet is an autoencoder of two dense layers, the first without activation and the second with a sigmoid, that
// Adam trains.
type twoLayerNet struct {
	weights [4][]float64 // W1 [pixels · code], b1, W2 [code · pixels], b2
	m, v    [4][]float64 // the running means of gradients and of their squares
	code    int
	steps   int
}

func newTwoLayers(weights []wire.Value) *twoLayerNet {
	t := &twoLayerNet{code: weights[1].Size()}
	for i, w := range weights {
		t.weights[i] = append([]float64(nil), w.Floats()...)
		t.m[i], t.v[i] = make([]float64, w.Size()), make([]float64, w.Size())
	}
	return t
}

// forward computes the codes of pictures, and the reconstructions.
func (t *twoLayerNet) forward(x [][]float64) (z, y [][]float64) {
	matrix := func(i, columns int) [][]float64 {
		return wire.Value{Shape: []int{len(t.weights[i]) / columns, columns}, Data: t.weights[i]}.Rows()
	}
	z = dense(x, matrix(0, t.code), t.weights[1], linear)
	return z, dense(z, matrix(2, len(x[0])), t.weights[3], sigmoid)
}

// step takes a step of Adam with the learning rate 0.01 and returns the mean squared error before it.
func (t *twoLayerNet) step(x [][]float64) float64 {
	z, y := t.forward(x)
	var gradients [4][]float64
	for i, w := range t.weights {
		gradients[i] = make([]float64, len(w))
	}
	loss, pixels := 0.0, len(x[0])
	size := float64(len(x) * pixels)
	for i := range x {
		dz := make([]float64, t.code)
		for p, out := range y[i] {
			loss += (out - x[i][p]) * (out - x[i][p]) / size
			d := 2 * (out - x[i][p]) / size * out * (1 - out)
			gradients[3][p] += d
			for c := range t.code {
				gradients[2][c*pixels+p] += z[i][c] * d
				dz[c] += t.weights[2][c*pixels+p] * d
			}
		}
		for c, d := range dz {
			gradients[1][c] += d
			for p, in := range x[i] {
				gradients[0][p*t.code+c] += in * d
			}
		}
	}
	t.move(gradients)
	return loss
}

// move changes the weights by Adam's rule (Kingma and Ba, 2014).
func (t *twoLayerNet) move(gradients [4][]float64) {
	const rate, beta1, beta2, epsilon = 0.01, 0.9, 0.999, 1e-7
	t.steps++
	for i, all := range gradients {
		for j, g := range all {
			t.m[i][j] = beta1*t.m[i][j] + (1-beta1)*g
			t.v[i][j] = beta2*t.v[i][j] + (1-beta2)*g*g
			m := t.m[i][j] / (1 - math.Pow(beta1, float64(t.steps)))
			v := t.v[i][j] / (1 - math.Pow(beta2, float64(t.steps)))
			t.weights[i][j] -= rate * m / (math.Sqrt(v) + epsilon)
		}
	}
}
