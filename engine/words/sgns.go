package words

import (
	"math"
	"math/rand/v2"
	"slices"
)

// model holds what skip-gram learns: for each word a row of its own, and one for it as a context of others.
type model struct {
	dim      int
	centers  []float32 // [words, dim], the word vectors
	contexts []float32 // [words, dim]
	errors   []float32 // of one step's context and negatives, kept to save the allocation
	gradient []float32 // of one step's center, [dim]
}

// newModel starts as word2vec does: center rows uniform in ±1/(2 dim), context rows zero.
func newModel(words, dim int, random *rand.Rand) *model {
	m := &model{
		dim: dim, centers: make([]float32, words*dim), contexts: make([]float32, words*dim), gradient: make([]float32, dim),
	}
	for i := range m.centers {
		m.centers[i] = (random.Float32() - 0.5) / float32(dim)
	}
	return m
}

// step takes one step of gradient descent for a center and a word near it, and returns the loss before it,
//
//	−log σ(u·v) − Σ log σ(−u_k·v)
//
// with v the center's row, u the context's and u_k those of the negatives (Mikolov et al. 2013b, equation 4).
func (m *model) step(center, context int32, negatives []int32, rate float32) float64 {
	v := row(m.centers, center, m.dim)
	clear(m.gradient)
	m.errors = m.errors[:0]
	loss := m.score(v, context, 1)
	for _, negative := range negatives {
		loss += m.score(v, negative, 0)
	}
	// The context rows move after all scores are taken, so that the step follows the gradient also where a negative
	// was drawn twice.
	addScaled(row(m.contexts, context, m.dim), v, -rate*m.errors[0])
	for i, negative := range negatives {
		addScaled(row(m.contexts, negative, m.dim), v, -rate*m.errors[i+1])
	}
	addScaled(v, m.gradient, -rate)
	return loss
}

// score adds one term of the loss to the gradient of the center's row v: target is 1 for a word near it and 0 for a
// negative. The derivative by the score u·v is σ(u·v) − target.
func (m *model) score(v []float32, word int32, target float32) float64 {
	u := row(m.contexts, word, m.dim)
	x := float64(dot(u, v))
	// Both σ and log σ come from e^−|x|, which cannot overflow. Exp2 is plain Go on amd64. Exp is assembly that mixes two
	// encodings of vector instructions, which takes a hundred times as long once Go 1.27, built with GOEXPERIMENT=simd,
	// has interrupted the loop and restored the registers at their full width.
	e := math.Exp2(-math.Abs(x) * math.Log2E)
	sigmoid := 1 / (1 + e)
	if x < 0 {
		sigmoid = e / (1 + e)
	}
	err := float32(sigmoid) - target
	m.errors = append(m.errors, err)
	addScaled(m.gradient, u, err)
	if target == 1 {
		x = -x
	}
	return math.Log1p(e) + max(0, x)
}

// finite says whether no center row holds NaN or an infinity.
func (m *model) finite() bool {
	return !slices.ContainsFunc(m.centers, func(x float32) bool { return !isFinite(float64(x)) })
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func row(rows []float32, i int32, dim int) []float32 {
	return rows[int(i)*dim : (int(i)+1)*dim]
}

// dot keeps four sums so that one addition need not wait for the last.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// addScaled adds scale·x to y.
func addScaled(y, x []float32, scale float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += scale * x[i]
	}
}
