package lab

import (
	"context"
	"fmt"
	"math"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
	"github.com/aetutor/aetutor/engine/turn"
)

// method makes clean examples of noisy ones; apply is nil while its model is not there.
type method struct {
	name   Method
	detail string
	apply  func(ctx context.Context, dst, src []float32) error
}

// trainedFor says which noise a denoising autoencoder knows.
func trainedFor(d denoiser) string {
	if d.model == nil {
		return ""
	}
	return fmt.Sprintf("%s %.2f", shortKind(d.noise.Kind), d.noise.Strength)
}

// shortKind is a kind of noise in at most six letters.
func shortKind(k noise.Kind) string {
	switch k {
	case noise.Gaussian:
		return "gauss"
	case noise.SaltAndPepper:
		return "salt"
	default:
		return string(k)
	}
}

func reconstruct(m *engine.Model) func(context.Context, []float32, []float32) error {
	if m == nil {
		return nil
	}
	return func(ctx context.Context, dst, src []float32) error {
		y, err := m.Reconstruct(ctx, src)
		copy(dst, y)
		return err
	}
}

func medianFilter(s NoiseSettings, core turn.Core, side int) method {
	shape := s.Data.shape()
	detail := fmt.Sprintf("%d×%d", side, side)
	if len(shape) == 1 {
		detail = fmt.Sprintf("of %d", side)
	}
	return method{Median, detail, func(ctx context.Context, dst, src []float32) error {
		return noise.MedianFilter(ctx, core, dst, src, shape, side)
	}}
}

func gaussianFilter(s NoiseSettings, core turn.Core, sigma float64) method {
	return method{Gauss, fmt.Sprintf("σ %.1f", sigma), func(ctx context.Context, dst, src []float32) error {
		return noise.GaussianFilter(ctx, core, dst, src, s.Data.shape(), sigma)
	}}
}

// tunedOn is how many training examples decide the widths of the filters.
const tunedOn = 60

// bestFilters are both filters with the width that suits the noise best, judged by the error on noisy training
// examples: a filter of the wrong width would be no honest rival.
func bestFilters(ctx context.Context, core turn.Core, s NoiseSettings, r Recipe) ([]method, error) {
	train, err := r.Train()
	if err != nil {
		return nil, err
	}
	t, err := newTrial(train, r.Noise, upTo(min(tunedOn, train.Len())), s.Seed, 1)
	if err != nil {
		return nil, err
	}
	var medians, gaussians []method
	for _, side := range []int{3, 5, 7} {
		medians = append(medians, medianFilter(s, core, side))
	}
	sigmas := []float64{0.4, 0.6, 0.8, 1, 1.5}
	if len(s.Data.shape()) == 1 {
		sigmas = []float64{0.5, 1, 1.5, 2, 3, 4}
	}
	for _, sigma := range sigmas {
		gaussians = append(gaussians, gaussianFilter(s, core, sigma))
	}
	var best []method
	for _, group := range [][]method{medians, gaussians} {
		least, chosen := math.Inf(1), group[0]
		for _, m := range group {
			out := make([]float32, len(t.noisy))
			if err := m.apply(ctx, out, t.noisy); err != nil {
				return nil, err
			}
			mse, err := noise.MSE(t.clean, out)
			if err != nil {
				return nil, err
			}
			if mse < least {
				least, chosen = mse, m
			}
		}
		best = append(best, chosen)
	}
	return best, nil
}
