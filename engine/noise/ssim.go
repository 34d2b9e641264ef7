package noise

import (
	"math"
	"slices"
)

// The parameters of Wang, Bovik, Sheikh and Simoncelli 2004, section III: an 11×11 Gaussian window with a standard
// deviation of 1.5, and C = (K·L)² for K₁ = 0.01, K₂ = 0.03 and values between 0 and L = 1.
const (
	ssimWindow = 11
	ssimSigma  = 1.5
	ssimC1     = 0.01 * 0.01
	ssimC2     = 0.03 * 0.03
)

// ssim compares pictures of one shape, one pair after the other, by their mean structural similarity (Wang, Bovik, Sheikh
// and Simoncelli 2004): 1 for identical ones, near 0 for unrelated ones, less than 0 for a negative. The mean is over the
// windows that lie wholly within the picture, a map of [height-10, width-10]. Values may lie outside [0, 1].
type ssim struct {
	height, width int
	kernel        [ssimWindow]float64
	rows          []moments // [height, width-10], windows one pixel high
}

// newSSIM is nil for a shape without SSIM.
func newSSIM(shape []int) *ssim {
	if len(shape) != 2 || slices.Min(shape) < ssimWindow {
		return nil
	}
	s := &ssim{height: shape[0], width: shape[1]}
	sum := 0.0
	for i := range s.kernel {
		d := float64(i-ssimWindow/2) / ssimSigma
		s.kernel[i] = math.Exp(-d * d / 2)
		sum += s.kernel[i]
	}
	for i := range s.kernel {
		s.kernel[i] /= sum
	}
	s.rows = make([]moments, s.height*s.columns())
	return s
}

func (s *ssim) columns() int { return s.width - ssimWindow + 1 }

// mean is the mean of the similarity over all windows. The window is separable: it is taken along the rows first.
func (s *ssim) mean(a, b []float32) float64 {
	columns := s.columns()
	for y := range s.height {
		for x := range columns {
			var m moments
			for i, weight := range s.kernel {
				at := y*s.width + x + i
				p, q := float64(a[at]), float64(b[at])
				m.add(weight, moments{p, q, p * p, q * q, p * q})
			}
			s.rows[y*columns+x] = m
		}
	}
	sum, windows := 0.0, len(s.rows)-(ssimWindow-1)*columns
	for at := range windows {
		var m moments
		for i, weight := range s.kernel {
			m.add(weight, s.rows[at+i*columns])
		}
		sum += m.similarity()
	}
	return sum / float64(windows)
}

// moments are the weighted means of a window: of both pictures, of their squares and of their product.
type moments struct{ a, b, aa, bb, ab float64 }

func (m *moments) add(weight float64, o moments) {
	m.a += weight * o.a
	m.b += weight * o.b
	m.aa += weight * o.aa
	m.bb += weight * o.bb
	m.ab += weight * o.ab
}

// similarity is equation 13 of the paper.
func (m *moments) similarity() float64 {
	mean, means := m.a*m.b, m.a*m.a+m.b*m.b
	return (2*mean + ssimC1) * (2*(m.ab-mean) + ssimC2) / ((means + ssimC1) * (m.aa + m.bb - means + ssimC2))
}
