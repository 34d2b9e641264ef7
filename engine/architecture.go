package engine

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Layer is a dense layer: out = activation(in · W + b), with W of shape [in, Units] and b of shape [Units].
type Layer struct {
	Units      int        `json:"units"`
	Activation Activation `json:"activation"`
}

// Architecture is the shape of an autoencoder. The last layer of the encoder gives the latent code, the last layer of
// the decoder the reconstruction, which has as many values as the input.
type Architecture struct {
	Input   []int   `json:"input"` // shape of one example, [28, 28]
	Encoder []Layer `json:"encoder"`
	Decoder []Layer `json:"decoder"`
}

// maxParameters bounds an architecture to what a laptop trains: 50 million parameters with Adam's two moments and the
// gradients take 800 MB.
const maxParameters = 50_000_000

// NewArchitecture makes a symmetric autoencoder: the encoder has the hidden layers and then the latent one, the decoder
// mirrors them and ends with the size of the input. Hidden layers use the given activation; the latent layer and the
// output are linear, so a code and an output may take any value. WithOutput changes the latter.
func NewArchitecture(input []int, act Activation, hidden []int, latent int) Architecture {
	a := Architecture{Input: input}
	for _, units := range hidden {
		a.Encoder = append(a.Encoder, Layer{units, act})
	}
	a.Encoder = append(a.Encoder, Layer{latent, Linear})
	for i := len(hidden) - 1; i >= 0; i-- {
		a.Decoder = append(a.Decoder, Layer{hidden[i], act})
	}
	a.Decoder = append(a.Decoder, Layer{a.Width(), Linear})
	return a
}

// WithOutput is the architecture with another activation of its output: Sigmoid where every value of an example lies
// between 0 and 1, as the ink of a pixel does.
func (a Architecture) WithOutput(act Activation) Architecture {
	if last := len(a.Decoder) - 1; last >= 0 {
		a.Decoder = slices.Clone(a.Decoder)
		a.Decoder[last].Activation = act
	}
	return a
}

// Width is the number of values of one example: 784 for an input of shape [28, 28].
func (a Architecture) Width() int {
	width := 1
	for _, n := range a.Input {
		width *= n
	}
	return width
}

// Latent is the number of values of a code, 0 when there is no encoder.
func (a Architecture) Latent() int {
	if len(a.Encoder) == 0 {
		return 0
	}
	return a.Encoder[len(a.Encoder)-1].Units
}

// Validate says all that keeps the layers from being an autoencoder, or nil.
func (a Architecture) Validate() error {
	var problems []error
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if len(a.Input) == 0 {
		problem("the input has no shape; a picture's is [28, 28]")
	}
	for _, n := range a.Input {
		if n < 1 || n > 1<<20 {
			problem("the input has shape %v; each side must be from 1 to %d", a.Input, 1<<20)
			break
		}
	}
	if len(a.Encoder) == 0 {
		problem("there is no encoder; it needs at least the latent layer")
	}
	if len(a.Decoder) == 0 {
		problem("there is no decoder; it needs at least the output layer")
	}
	for _, part := range a.parts() {
		for i, layer := range part.layers {
			if layer.Units < 1 || layer.Units > 1<<20 {
				problem("%s layer %d has %d units; it needs from 1 to %d", part.name, i+1, layer.Units, 1<<20)
			}
			if err := layer.Activation.validate(); err != nil {
				problem("%s layer %d: %w", part.name, i+1, err)
			}
		}
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	if last := a.Decoder[len(a.Decoder)-1].Units; last != a.Width() {
		problem("the last layer gives %d values, the input has %d", last, a.Width())
	}
	if n := a.Parameters(); n > maxParameters {
		problem("the layers have %d parameters, at most %d are allowed; take fewer units", n, maxParameters)
	}
	return errors.Join(problems...)
}

type part struct {
	name   string
	layers []Layer
}

func (a Architecture) parts() []part {
	return []part{{"encoder", a.Encoder}, {"decoder", a.Decoder}}
}

// LayerReport describes one layer as a learner sees it.
type LayerReport struct {
	Name       string // "encoder 1", "latent", "decoder 1", "output"
	In, Out    int    // values of one example before and after the layer
	Activation Activation
	Parameters int // weights and biases: In×Out + Out
}

// Layers reports each layer from the input on.
func (a Architecture) Layers() []LayerReport {
	var reports []LayerReport
	in := a.Width()
	for _, part := range a.parts() {
		for i, layer := range part.layers {
			name := fmt.Sprintf("%s %d", part.name, i+1)
			if i == len(part.layers)-1 {
				name = map[string]string{"encoder": "latent", "decoder": "output"}[part.name]
			}
			reports = append(reports, LayerReport{name, in, layer.Units, layer.Activation, in*layer.Units + layer.Units})
			in = layer.Units
		}
	}
	return reports
}

// Parameters is the number of weights and biases that training sets. It stops counting at the largest int.
func (a Architecture) Parameters() int {
	total := 0.0
	for _, layer := range a.Layers() {
		total += float64(layer.In)*float64(layer.Out) + float64(layer.Out)
	}
	return int(min(total, math.MaxInt64/2))
}

// Compression is how many values of the input share one value of the code.
func (a Architecture) Compression() float64 { return float64(a.Width()) / float64(a.Latent()) }

// String is the sizes from input to output, "784–256–64–16–64–256–784".
func (a Architecture) String() string {
	sizes := []string{strconv.Itoa(a.Width())}
	for _, layer := range a.Layers() {
		sizes = append(sizes, strconv.Itoa(layer.Out))
	}
	return strings.Join(sizes, "–")
}
