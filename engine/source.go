package engine

import (
	"fmt"
	"go/format"
	"slices"
	"strings"
)

// GoSource is the GoMLX code of the architecture as a learner would write it: the functions encode, decode and
// autoencoder, formatted as gofmt does, in lines of at most 52 columns. Package clause and imports are left out; graph
// is imported with a dot, the other packages are layers, activation, model, initializer and, for a transposed
// convolution, shapes. It fails as Validate does.
//
// The code makes the same layers with the same number of weights. Their scopes end in "dense" or "conv", and the
// kernels of convolutions have the shape [kernel, kernel, in, out], as the layers of GoMLX want them.
func (a Architecture) GoSource() (string, error) {
	if err := a.Validate(); err != nil {
		return "", err
	}
	w := &sourceWriter{}
	w.encoder(a)
	w.decoder(a)
	w.whole(a)
	if slices.ContainsFunc(slices.Concat(a.Encoder, a.Decoder), func(l Layer) bool { return l.Kind == Deconv }) {
		w.deconv()
	}
	source, err := format.Source([]byte(w.String()))
	if err != nil {
		return "", fmt.Errorf("the code of %s: %w", a, err)
	}
	return string(source), nil
}

// sourceWriter writes functions. Within one, from is the variable that holds what the next layer gets.
type sourceWriter struct {
	strings.Builder
	from  string
	shape []int // of one example of from
}

func (w *sourceWriter) line(format string, args ...any) {
	fmt.Fprintf(&w.Builder, format+"\n", args...)
}

// next assigns to h what the expression makes of from.
func (w *sourceWriter) next(format string, args ...any) {
	assign := "="
	if w.from != "h" {
		assign = ":="
	}
	w.line("h "+assign+" "+format, args...)
	w.from = "h"
}

// sides is a shape as Go writes it, "28, 28, 1".
func sides(shape []int) string { return strings.ReplaceAll(shapeString(shape), "×", ", ") }

func (w *sourceWriter) encoder(a Architecture) {
	layers := a.layersOf("encoder")
	hidden, latent := layers[:len(layers)-1], layers[len(layers)-1]
	if a.Variational {
		w.line("// x: [batch, %d] → μ and log σ²: [batch, %d]", a.Width(), a.Latent())
		w.line("func encode(s *model.Scope, x *Node) (mu, v *Node) {")
	} else {
		w.line("// x: [batch, %d] → z: [batch, %d]", a.Width(), a.Latent())
		w.line("func encode(s *model.Scope, x *Node) *Node {")
	}
	w.from, w.shape = "x", []int{a.Width()}
	for _, l := range hidden {
		w.layer(l)
	}
	if a.Variational {
		w.reshape([]int{size(latent.in)})
		w.line("mu = layers.DenseWithBias(s.In(\"%d\"), %s, %d)", latent.index, w.from, latent.layer.Units)
		w.line("second := s.In(%q)", logVariance)
		w.line("v = layers.DenseWithBias(second, %s, %d)", w.from, latent.layer.Units)
		w.line("return mu, v")
	} else {
		w.layer(latent)
		w.line("return h")
	}
	w.line("}\n")
}

func (w *sourceWriter) decoder(a Architecture) {
	w.line("// z: [batch, %d] → y: [batch, %d]", a.Latent(), a.Width())
	w.line("func decode(s *model.Scope, z *Node) *Node {")
	w.from, w.shape = "z", []int{a.Latent()}
	for _, l := range a.layersOf("decoder") {
		w.layer(l)
	}
	w.reshape([]int{a.Width()})
	w.line("return h\n}\n")
}

func (w *sourceWriter) whole(a Architecture) {
	w.line("// x: [batch, %d] → y: [batch, %d]", a.Width(), a.Width())
	w.line("func autoencoder(s *model.Scope, x *Node) *Node {")
	w.line("// Glorot and Bengio (2010): uniform weights.")
	w.line("s = s.WithInitializer(\ninitializer.GlorotUniformFn(s))")
	if a.Variational {
		w.line("mu, v := encode(s.In(\"encoder\"), x)")
		w.line("// z = μ + σ·ε with ε from N(0, 1)")
		w.line("noise := s.RandomNormal(x.Graph(), mu.Shape())")
		w.line("z := Add(mu, Mul(Exp(MulScalar(v, 0.5)), noise))")
	} else {
		w.line("z := encode(s.In(\"encoder\"), x)")
	}
	w.line("return decode(s.In(\"decoder\"), z)\n}")
}

// layer writes one layer.
func (w *sourceWriter) layer(l located) {
	switch l.layer.Kind {
	case Conv:
		w.picture(l.in)
		w.next("layers.Convolution(s.In(\"%d\"), %s).\nChannels(%d).KernelSize(%d).Strides(%d).\nPadSame().Done()",
			l.index, w.from, l.layer.Units, l.layer.Kernel, l.layer.Stride)
	case Deconv:
		w.picture(l.in)
		w.next("deconv(s.In(\"%d\"), %s, %d, %d, %d)", l.index, w.from, l.layer.Units, l.layer.Kernel, l.layer.Stride)
	default:
		w.reshape([]int{size(l.in)})
		w.next("layers.DenseWithBias(s.In(\"%d\"), %s, %d)", l.index, w.from, l.layer.Units)
	}
	switch l.layer.Activation {
	case ReLU:
		w.next("activation.Relu(h)")
	case Tanh:
		w.next("Tanh(h)")
	case Sigmoid:
		w.next("Sigmoid(h)")
	case Linear:
	}
	w.shape = l.out
	if l.layer.Kind == Dense {
		w.shape = []int{l.layer.Units}
	}
	w.line("// h: [batch, %s]", sides(w.shape))
}

// picture makes sure that from has the shape of pictures with channels.
func (w *sourceWriter) picture(shape []int) {
	picture, _ := pictureShape(shape)
	w.reshape(picture[:])
}

func (w *sourceWriter) reshape(shape []int) {
	if !slices.Equal(w.shape, shape) {
		w.next("Reshape(%s, -1, %s)", w.from, sides(shape))
		w.shape = shape
	}
}

// deconv writes the transposed convolution, which the layers of GoMLX do not have: a convolution of the picture with
// zeros between its pixels.
func (w *sourceWriter) deconv() {
	w.line(`
// x: [batch, h, w, c] → [batch, h·by, w·by, n]
func deconv(
	s *model.Scope, x *Node, n, k, by int,
) *Node {
	s = s.In("conv")
	c := x.Shape().Dim(-1)
	kernel := shapes.Make(x.DType(), k, k, c, n)
	w := s.VariableWithShape("weights", kernel)
	bias := shapes.Make(x.DType(), n)
	b := s.VariableWithShape("biases", bias)
	// by-1 zeros between the pixels, and a margin
	// that makes the output by times as large.
	pad := [2]int{
		k - 1 - (k-by)/2, k - 1 - (k-by+1)/2}
	y := Convolve(x, w.NodeValue(x.Graph())).
		InputDilationPerAxis(by, by).
		PaddingPerDim([][2]int{pad, pad}).Done()
	return Add(y, Reshape(b.NodeValue(x.Graph()),
		1, 1, 1, n))
}`)
}
