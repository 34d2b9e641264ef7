package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

// kernelIndex says which weight of PyTorch's kernel, [kernel, kernel, in, out], each of our matrix's is. Our windows
// are made of q×q blocks of stride×stride pixels; a transposed convolution sees the blocks from the other side.
func kernelIndex(l Layer, in int) []int {
	q, s := l.Kernel/l.Stride, l.Stride
	var index []int
	at := func(qi, qj, si, sj, c, unit int) {
		index = append(index, (((qi*s+si)*l.Kernel+qj*s+sj)*in+c)*l.Units+unit)
	}
	for qi := range q {
		for qj := range q {
			if l.Kind == Conv {
				for row := range s * s * in {
					for unit := range l.Units {
						at(qi, qj, row/in/s, row/in%s, row%in, unit)
					}
				}
				continue
			}
			for c := range in {
				for column := range s * s * l.Units {
					at(q-1-qi, q-1-qj, column/l.Units/s, column/l.Units%s, c, column%l.Units)
				}
			}
		}
	}
	return index
}

// TestConvolutionsMatchPyTorch compares values and gradients.
func TestConvolutionsMatchPyTorch(t *testing.T) {
	content, err := os.ReadFile("testdata/oracle/convolution.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Kind                                                LayerKind
		Kernel, Stride, Height, Width, In, Out              int
		X, Weights, Biases, Y, Along, DX, DWeights, DBiases []float32
	}
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	b := openGoBackend(t)
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s %d/%d", c.Kind, c.Kernel, c.Stride), func(t *testing.T) {
			layer := Layer{Units: c.Out, Activation: Linear, Kind: c.Kind, Kernel: c.Kernel, Stride: c.Stride}
			in := []int{c.Height, c.Width, c.In}
			out, err := layer.output(in)
			if err != nil {
				t.Fatal(err)
			}
			l := located{part: "layer", layer: layer, in: in, out: out}
			store := model.NewStore()
			exec := model.MustNewExec(b.compute, store, func(scope *model.Scope, x, along *graph.Node) []*graph.Node {
				n := &network{scope: scope}
				y := n.layer(scope.In("layer"), l, x)
				loss := graph.ReduceAllSum(graph.Mul(y, along))
				grads := n.gradients(loss)
				p := n.products[0]
				return []*graph.Node{y, p.inputGradient(graph.Gradient(loss, p.out)[0]), grads[0].node, grads[1].node}
			})
			x := tensors.FromFlatDataAndDimensions(c.X, 2, size(in))
			along := tensors.FromFlatDataAndDimensions(c.Along, 2, size(out))
			exec.MustCall(x, along) // This makes the weights.
			index := kernelIndex(layer, c.In)
			weights := make([]float32, len(index))
			for i, j := range index {
				weights[i] = c.Weights[j]
			}
			m := &Model{backend: b, store: store}
			setVariable(t, m, "/layer/weights", weights)
			setVariable(t, m, "/layer/biases", c.Biases)
			results := exec.MustCall(x, along)
			compare := func(what string, got, want []float32) {
				if len(got) != len(want) {
					t.Fatalf("%s has %d values, PyTorch has %d", what, len(got), len(want))
				}
				for i := range got {
					if !(math.Abs(float64(got[i]-want[i])) <= 1e-5*max(1, math.Abs(float64(want[i])))) {
						t.Fatalf("%s[%d] is %v, PyTorch has %v", what, i, got[i], want[i])
					}
				}
			}
			compare("y", tensors.MustCopyFlatData[float32](results[0]), c.Y)
			compare("dx", tensors.MustCopyFlatData[float32](results[1]), c.DX)
			slopes := make([]float32, len(index))
			for i, slope := range tensors.MustCopyFlatData[float32](results[2]) {
				slopes[index[i]] = slope
			}
			compare("dweights", slopes, c.DWeights)
			compare("dbiases", tensors.MustCopyFlatData[float32](results[3]), c.DBiases)
		})
	}
}

func TestConvolutionalArchitecture(t *testing.T) {
	a := NewConvArchitecture([]int{28, 28}, []int{16, 32}, 16)
	if err := a.Validate(); err != nil {
		t.Fatal(err)
	}
	if got, want := a.String(), "28×28–14×14×16–7×7×32–16–7×7×32–14×14×16–28×28×1"; got != want {
		t.Errorf("String() = %s, want %s", got, want)
	}
	want := []LayerReport{
		{"encoder 1", 784, 3136, ReLU, 2*2*1*16 + 16, Conv, "14×14×16"},
		{"encoder 2", 3136, 1568, ReLU, 2*2*16*32 + 32, Conv, "7×7×32"},
		{"latent", 1568, 16, Linear, 1568*16 + 16, Dense, "16"},
		{"decoder 1", 16, 1568, ReLU, 16*1568 + 1568, Dense, "7×7×32"},
		{"decoder 2", 1568, 3136, ReLU, 2*2*32*16 + 16, Deconv, "14×14×16"},
		{"output", 3136, 784, Linear, 2*2*16*1 + 1, Deconv, "28×28×1"},
	}
	sum := 0
	for i, got := range a.Layers() {
		if got != want[i] {
			t.Errorf("layer %d is %+v, want %+v", i, got, want[i])
		}
		sum += want[i].Parameters
	}
	if got := a.Parameters(); got != sum {
		t.Errorf("Parameters() = %d, want %d", got, sum)
	}
}

func TestConvolutionErrors(t *testing.T) {
	tests := map[string]struct {
		spoil func(*Architecture)
		want  string
	}{
		"output too small":  {func(a *Architecture) { a.Decoder = a.Decoder[:2] }, "the last layer gives 64 values, the input has 16"},
		"kernel and stride": {func(a *Architecture) { a.Encoder[0].Kernel = 3 }, "has kernel 3 and stride 2; the stride must be 1 or 2, the kernel a multiple"},
		"stride of nothing": {func(a *Architecture) { a.Encoder[0].Stride = 0 }, "stride 0"},
		"odd side":          {func(a *Architecture) { a.Input = []int{4, 5} }, "stride 2, which does not divide a picture of 4×5"},
		"no picture":        {func(a *Architecture) { a.Input = []int{16} }, "encoder layer 1 is a conv layer and gets 16; it needs a picture"},
		"row into a deconv": {func(a *Architecture) { a.Decoder[0].Shape = [3]int{} }, "decoder layer 2 is a deconv layer and gets 16"},
		"shape of another":  {func(a *Architecture) { a.Decoder[0].Shape[2] = 3 }, "has 16 units, which are no picture of 2×2×3"},
		"unknown kind":      {func(a *Architecture) { a.Encoder[0].Kind = "pool" }, `is of kind "pool"; choose dense, conv or deconv`},
		"kernel of a dense": {func(a *Architecture) { a.Encoder[1].Kernel = 2 }, "encoder layer 2 is dense and has a kernel"},
		"picture as code":   {func(a *Architecture) { a.Encoder = a.Encoder[:1] }, "the latent layer, the last of the encoder, must be a dense one"},
		"shape of a conv":   {func(a *Architecture) { a.Encoder[0].Shape = [3]int{1, 1, 1} }, "only a dense layer is given one"},
		"endless enlargements": {func(a *Architecture) {
			a.Decoder[0] = Layer{Units: 1 << 20, Activation: ReLU, Shape: [3]int{1 << 20, 1, 1}}
		}, "with a side of more than"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := NewConvArchitecture([]int{4, 4}, []int{4}, 2)
			test.spoil(&a)
			if name == "output too small" {
				a.Decoder[1].Units = 4
			}
			if err := a.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Validate() = %v, want it to say %q", err, test.want)
			}
		})
	}
}

// withKernel is the architecture with windows of another size.
func withKernel(a Architecture, kernel int) Architecture {
	for _, part := range [][]Layer{a.Encoder, a.Decoder} {
		for i := range part {
			if part[i].Kind != Dense {
				part[i].Kernel = kernel
			}
		}
	}
	return a
}

// TestConvolutionalGradients has two convolutions on each side, so that gradients pass through the windows of one on
// their way to the other, and a variational code, so that some pass by them.
func TestConvolutionalGradients(t *testing.T) {
	for _, kernel := range []int{2, 4} {
		a := withKernel(NewConvArchitecture([]int{4, 4}, []int{2, 3}, 2), kernel)
		a.Variational = true
		for _, part := range [][]Layer{a.Encoder, a.Decoder} {
			for i := range part {
				if part[i].Activation == ReLU {
					part[i].Activation = Tanh // without a kink, where there is no slope to compare with
				}
			}
		}
		m, err := NewModel(openGoBackend(t), a, 11)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float32, 32)
		for i := range x {
			x[i] = float32(i*7%32) / 32
		}
		checkGradients(t, m, Config{Architecture: a}, 0.5, tensors.FromFlatDataAndDimensions(x, 2, 16))
	}
}
