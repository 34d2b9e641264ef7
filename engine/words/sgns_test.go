package words

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// readJSON reads what one of testdata's scripts wrote.
func readJSON(t *testing.T, name string, to any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, to); err != nil {
		t.Fatal(err)
	}
}

// TestStepsMatchAutograd compares with testdata/sgns.json, which testdata/sgns.py made with PyTorch.
func TestStepsMatchAutograd(t *testing.T) {
	var oracle struct {
		Dim               int
		Centers, Contexts []float32
		Steps             []struct {
			Center, Context int32
			Negatives       []int32
			Rate            float32
			Loss            float64
		}
		FinalCenters  []float64 `json:"final_centers"`
		FinalContexts []float64 `json:"final_contexts"`
	}
	readJSON(t, "sgns.json", &oracle)
	if len(oracle.Steps) == 0 {
		t.Fatal("sgns.json holds no steps")
	}
	m := &model{
		dim: oracle.Dim, centers: oracle.Centers, contexts: oracle.Contexts, gradient: make([]float32, oracle.Dim),
	}
	for i, s := range oracle.Steps {
		if loss := m.step(s.Center, s.Context, s.Negatives, s.Rate); math.Abs(loss-s.Loss) > 1e-5 {
			t.Errorf("step %d: loss %v, want %v", i, loss, s.Loss)
		}
	}
	for i, want := range oracle.FinalCenters {
		if math.Abs(float64(m.centers[i])-want) > 1e-5 {
			t.Errorf("center value %d is %v, want %v", i, m.centers[i], want)
		}
	}
	for i, want := range oracle.FinalContexts {
		if math.Abs(float64(m.contexts[i])-want) > 1e-5 {
			t.Errorf("context value %d is %v, want %v", i, m.contexts[i], want)
		}
	}
}

// pairLoss is the loss of a step in float64, written down from the formula.
func pairLoss(m *model, centers, contexts []float64, center, context int32, negatives []int32) float64 {
	score := func(word int32) float64 {
		sum := 0.0
		for i := range m.dim {
			sum += centers[int(center)*m.dim+i] * contexts[int(word)*m.dim+i]
		}
		return sum
	}
	loss := -math.Log(1 / (1 + math.Exp(-score(context))))
	for _, negative := range negatives {
		loss -= math.Log(1 / (1 + math.Exp(score(negative))))
	}
	return loss
}

func TestStepFollowsTheFiniteDifferences(t *testing.T) {
	const words, dim, rate, h = 6, 5, 1, 1e-5
	for name, pair := range map[string]struct {
		center, context int32
		negatives       []int32
	}{
		"all different":           {0, 1, []int32{2, 3, 4}},
		"a negative twice":        {0, 1, []int32{2, 2, 4}},
		"the center as negative":  {0, 1, []int32{0, 3}},
		"a word beside itself":    {3, 3, []int32{0, 1}},
		"no negative is left":     {0, 1, nil},
		"the context as negative": {0, 1, []int32{1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 1))
			m := newModel(words, dim, random)
			for i := range m.contexts {
				m.centers[i], m.contexts[i] = float32(random.NormFloat64()), float32(random.NormFloat64())
			}
			centers, contexts := float64s(m.centers), float64s(m.contexts)
			loss := func() float64 { return pairLoss(m, centers, contexts, pair.center, pair.context, pair.negatives) }
			if got := m.step(pair.center, pair.context, pair.negatives, rate); math.Abs(got-loss()) > 1e-5 {
				t.Errorf("the loss is %v, want %v", got, loss())
			}
			for _, matrix := range []struct {
				name   string
				before []float64
				after  []float32
			}{{"center", centers, m.centers}, {"context", contexts, m.contexts}} {
				for i, x := range matrix.before {
					matrix.before[i] = x + h
					above := loss()
					matrix.before[i] = x - h
					below := loss()
					matrix.before[i] = x
					want := -rate * (above - below) / (2 * h)
					if got := float64(matrix.after[i]) - x; math.Abs(got-want) > 1e-5 {
						t.Errorf("%s value %d moved by %v, want %v", matrix.name, i, got, want)
					}
				}
			}
		})
	}
}

func float64s(x []float32) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = float64(x[i])
	}
	return y
}

// TestLossOfFarScores takes scores where e^x would overflow or 1 − σ vanish; −log σ(x) is then −x or 0.
func TestLossOfFarScores(t *testing.T) {
	for _, test := range []struct{ x, near, negative float64 }{
		{0, math.Ln2, math.Ln2}, {1000, 0, 1000}, {-1000, 1000, 0}, {40, 0, 40}, {-40, 40, 0},
	} {
		m := &model{dim: 1, centers: []float32{1}, contexts: []float32{float32(test.x)}, gradient: []float32{0}}
		if loss := m.score(m.centers, 0, 1); math.Abs(loss-test.near) > 1e-12 {
			t.Errorf("score %v near: loss %v, want %v", test.x, loss, test.near)
		}
		if loss := m.score(m.centers, 0, 0); math.Abs(loss-test.negative) > 1e-12 {
			t.Errorf("score %v as negative: loss %v, want %v", test.x, loss, test.negative)
		}
	}
}

func TestNewModelStartsAsWord2vec(t *testing.T) {
	const words, dim = 500, 20
	m := newModel(words, dim, rand.New(rand.NewPCG(2, 2)))
	low, high, sum := 1.0, -1.0, 0.0
	for i, x := range m.centers {
		low, high, sum = min(low, float64(x)), max(high, float64(x)), sum+float64(x)
		if m.contexts[i] != 0 {
			t.Fatalf("context value %d starts at %v, want 0", i, m.contexts[i])
		}
	}
	// A mean of 10,000 draws from ±1/40 has a standard deviation of 1/40/√3/100.
	if bound := 1.0 / (2 * dim); low < -bound || high > bound || low > -0.99*bound || high < 0.99*bound ||
		math.Abs(sum/(words*dim)) > 4*bound/math.Sqrt(3)/100 {
		t.Errorf("center values from %v to %v with mean %v, want from %v to %v with mean 0", low, high, sum/(words*dim), -bound, bound)
	}
}
