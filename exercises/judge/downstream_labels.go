package judge

import (
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// pairCounts are how many pairs of examples there are, and how many are together in a cluster, in a class and in both.
type pairCounts struct{ all, inCluster, inClass, inBoth float64 }

func countPairs(clusters, labels []int) (n pairCounts) {
	for i := range clusters {
		for j := range i {
			cluster, class := clusters[i] == clusters[j], labels[i] == labels[j]
			n.all++
			if cluster {
				n.inCluster++
			}
			if class {
				n.inClass++
			}
			if cluster && class {
				n.inBoth++
			}
		}
	}
	return n
}

// adjusted is the Rand index corrected for chance (Hubert and Arabie, 1985).
func (n pairCounts) adjusted() float64 {
	chance := n.inCluster * n.inClass / n.all
	return (n.inBoth - chance) / ((n.inCluster+n.inClass)/2 - chance)
}

// ariJudge is that of func ARI(clusters, labels []int) float64.
func ariJudge() Judge {
	of := func(index func(n pairCounts, examples float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			n := countPairs(args[0].Ints(), args[1].Ints())
			return []wire.Value{wire.Of(index(n, float64(args[0].Size())))}
		}
	}
	return Judge{
		Params: []string{"clusters", "labels"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "the same sorting, other names", Args: []wire.Value{
					wire.List([]int{1, 1, 0, 0, 2}), wire.List([]int{0, 0, 2, 2, 1}),
				}},
				{Name: "one example in the wrong cluster", Args: []wire.Value{
					wire.List([]int{0, 0, 0, 1, 1, 1}), wire.List([]int{0, 0, 0, 0, 1, 1}),
				}},
			}
			codes, labels, err := smallCodes(rng, 200)
			if err != nil {
				return nil, err
			}
			z := wire.Matrix(codes).Rows()
			return append(cases, Case{Name: "digits by the nearest of ten", Hidden: true, Args: []wire.Value{
				wire.List(assign(z, z[:10])), wire.List(labels),
			}}), nil
		},
		Want: of(func(n pairCounts, _ float64) float64 { return n.adjusted() }),
		Wrong: []Wrong{
			{Name: "uncorrected", Compute: of(func(n pairCounts, _ float64) float64 {
				return n.inBoth / ((n.inCluster + n.inClass) / 2)
			})},
			{Name: "rand", Compute: of(func(n pairCounts, _ float64) float64 {
				return (n.all + 2*n.inBoth - n.inCluster - n.inClass) / n.all
			})},
			{Name: "self", Compute: of(func(n pairCounts, examples float64) float64 {
				return pairCounts{n.all + examples, n.inCluster + examples, n.inClass + examples, n.inBoth + examples}.adjusted()
			})},
			{Name: "ofpairs", Compute: of(func(n pairCounts, _ float64) float64 {
				chance := n.inCluster * n.inClass / n.all
				return (n.inBoth - chance) / (n.all - chance)
			})},
			{Name: "names", Compute: func(args []wire.Value) []wire.Value {
				same, labels := 0.0, args[1].Ints()
				for i, cluster := range args[0].Ints() {
					if cluster == labels[i] {
						same++
					}
				}
				return []wire.Value{wire.Of(same / float64(len(labels)))}
			}},
		},
	}
}

// probeRun says how a linear classifier is trained.
type probeRun struct {
	weights, biases float64 // what the gradient of each is multiplied by before it is subtracted
	steps           int
	stale           bool // every step takes the gradient of the start
}

// train returns the weights and biases after the last step. The arguments are those of Probe.
func (r probeRun) train(args []wire.Value) []wire.Value {
	z, target := args[0].Rows(), args[1].Rows()
	units, classes := args[2].Shape[0], args[2].Shape[1]
	weights, biases := wire.Tensor(args[2].Floats(), units, classes).Rows(), args[3].Floats()
	var weightGradient [][]float64
	var biasGradient []float64
	for step := range r.steps {
		if step == 0 || !r.stale {
			weightGradient, biasGradient = probeGradient(z, target, weights, biases)
		}
		weights = moved(weights, weightGradient, r.weights)
		biases = moved([][]float64{biases}, [][]float64{biasGradient}, r.biases)[0]
	}
	return []wire.Value{wire.Matrix(weights), wire.Tensor(biases, 1, classes)}
}

// moved is x − size · gradient.
func moved(x, gradient [][]float64, size float64) [][]float64 {
	all := make([][]float64, len(x))
	for i, row := range x {
		for j, v := range row {
			all[i] = append(all[i], v-size*gradient[i][j])
		}
	}
	return all
}

// probeGradient is the gradient of the mean cross entropy: zᵀ(softmax − target) / n, and the column means of the
// bracket.
func probeGradient(z, target, weights [][]float64, biases []float64) (ofWeights [][]float64, ofBiases []float64) {
	ofBiases = make([]float64, len(biases))
	for range weights {
		ofWeights = append(ofWeights, make([]float64, len(biases)))
	}
	for i, code := range z {
		for c, p := range softmax(affine(code, weights, biases)) {
			g := (p - target[i][c]) / float64(len(z))
			ofBiases[c] += g
			for k, v := range code {
				ofWeights[k][c] += g * v
			}
		}
	}
	return ofWeights, ofBiases
}

// probeJudge is that of func Probe(z, target, weights, biases *Node, rate float64, steps int) (*Node, *Node).
func probeJudge() Judge {
	of := func(change func(r *probeRun, examples, classes float64)) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			r := probeRun{weights: args[4].Float(), biases: args[4].Float(), steps: args[5].Int()}
			change(&r, float64(args[1].Shape[0]), float64(args[1].Shape[1]))
			return r.train(args)
		}
	}
	scaled := func(r *probeRun, by float64) { r.weights, r.biases = r.weights*by, r.biases*by }
	return Judge{
		Params: []string{"z", "target", "weights", "biases", "rate", "steps"}, Results: []string{"weights", "biases"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			small := func(name string, rate float64, steps int) Case {
				return Case{Name: name, Args: []wire.Value{
					wire.Tensor([]float32{1, 0, 0.5, 2, -1, 1}, 3, 2), wire.Tensor([]float32{1, 0, 0, 1, 0, 1}, 3, 2),
					wire.Tensor([]float32{0.5, 0, 0, 0.25}, 2, 2), wire.Tensor([]float32{0, 0.5}, 1, 2),
					wire.Of(rate), wire.Of(steps),
				}}
			}
			cases := []Case{small("one step", 0.5, 1), small("three steps", 0.5, 3)}
			codes, labels, err := smallCodes(rng, 80)
			if err != nil {
				return nil, err
			}
			target := make([]float32, len(labels)*10)
			for i, label := range labels {
				target[10*i+label] = 1
			}
			return append(cases, Case{Name: "codes of digits", Hidden: true, Args: []wire.Value{
				wire.Matrix(codes), wire.Tensor(target, len(labels), 10), wire.Tensor(normal[float32](rng, 160), 16, 10),
				wire.Tensor(normal[float32](rng, 10), 1, 10), wire.Of(1.0), wire.Of(10),
			}}), nil
		},
		Want: of(func(*probeRun, float64, float64) {}),
		Wrong: []Wrong{
			{Name: "summed", Compute: func(args []wire.Value) []wire.Value {
				if args[0].Shape[0] > 10 {
					return nil // Steps so large jump about, and rounding decides where they end.
				}
				return of(func(r *probeRun, examples, _ float64) { scaled(r, examples) })(args)
			}},
			{Name: "elements", Compute: of(func(r *probeRun, _, classes float64) { scaled(r, 1/classes) })},
			{Name: "uphill", Compute: of(func(r *probeRun, _, _ float64) { scaled(r, -1) })},
			{Name: "nobias", Compute: of(func(r *probeRun, _, _ float64) { r.biases = 0 })},
			{Name: "stale", Compute: of(func(r *probeRun, _, _ float64) { r.stale = true })},
			{Name: "onestep", Compute: of(func(r *probeRun, _, _ float64) { r.steps = 1 })},
		},
	}
}
