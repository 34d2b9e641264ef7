package lab

import (
	"fmt"
	"math"
	"strconv"

	"github.com/aetutor/aetutor/engine"
)

// vaeArchitecture is the variational autoencoder of pictures of MNIST.
func vaeArchitecture(hidden []int, latent int) engine.Architecture {
	a := engine.NewArchitecture([]int{28, 28}, engine.ReLU, hidden, latent).WithOutput(engine.Sigmoid)
	a.Variational = true
	return a
}

// vaeRecipe is the variational autoencoder of digits that labs look into: the layers of recipe, β 1, and twice its
// epochs, for the draws make it learn more slowly.
func (d *Digits) vaeRecipe(latent int) Recipe {
	r := d.recipe(latent)
	r.Name = fmt.Sprintf("vae-%d", latent)
	r.Title = fmt.Sprintf("the VAE of digits with %d latent units", latent)
	r.Config.Architecture = vaeArchitecture([]int{256, 64}, latent)
	r.Config.Likelihood, r.Config.Beta, r.Config.Epochs = engine.Bernoulli, 1, 10
	return r
}

// PixelStats are three figures of a set of pictures, by which drawn ones can be compared with real ones.
type PixelStats struct {
	Ink    float64 `json:"ink"`    // the mean of all pixels
	Spread float64 `json:"spread"` // the standard deviation of the pictures' mean ink: 0 where all are the same
	Grey   float64 `json:"grey"`   // the part of the pixels from 0.25 to 0.75: large where pictures are blurred
}

// newPixelStats measures pictures of width pixels each. Without a picture every figure is NaN. pixels: [n, width].
func newPixelStats(pixels []float32, width int) PixelStats {
	n := len(pixels) / width
	if n == 0 {
		return PixelStats{math.NaN(), math.NaN(), math.NaN()}
	}
	inks := make([]float64, n)
	var s PixelStats
	for i := range inks {
		for _, v := range pixels[i*width : (i+1)*width] {
			inks[i] += float64(v) / float64(width)
			if v >= 0.25 && v <= 0.75 {
				s.Grey += 1 / float64(n*width)
			}
		}
		s.Ink += inks[i] / float64(n)
	}
	for _, ink := range inks {
		s.Spread += (ink - s.Ink) * (ink - s.Ink) / float64(n)
	}
	s.Spread = math.Sqrt(s.Spread)
	return s
}

// fixed writes x with some decimals.
func fixed(x float64, decimals int) string { return strconv.FormatFloat(x, 'f', decimals, 64) }
