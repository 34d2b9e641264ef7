package engine

import (
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// The Go backend's own convolution takes thirteen times as long as PyTorch's, its matrix product does not. So a
// convolution is one matrix product of the patches that the window sees.
//
// With a kernel that is q times the stride, a picture falls into blocks of stride×stride pixels, and a window covers
// q×q whole blocks. Turning each block into channels once, a window is then q×q cuts of that picture, each moved by
// whole blocks, side by side: no index for each value, and for q = 1 no copy beyond the blocks.
//
// The way back through the windows is written out here, since the library's own goes value by value: the Go backend
// cuts with a loop over values, but pads, also by negative amounts, with copies of whole rows.

// patches are what the product of a convolution takes, and the way back.
type patches struct {
	nodes *graph.Node // [batch · places, in]
	// back turns the gradient of nodes into the one of the layer's input, [batch, in].
	back func(gradient *graph.Node) *graph.Node
}

// convPatches are the windows of a convolution. x: [batch, in] → [batch · height/stride · width/stride, kernel² · c].
func convPatches(l Layer, in []int, x *graph.Node) patches {
	batch := x.Shape().Dimensions[0]
	s, q := l.Stride, l.Kernel/l.Stride
	h, w, c := in[0]/s+q-1, in[1]/s+q-1, channels(in) // blocks with their margins
	before, after := margins(l)
	x = pad(graph.Reshape(x, batch, in[0], in[1], c), before, after)
	x = windows(toBlocks(x, s), q)
	return patches{x, func(g *graph.Node) *graph.Node {
		g = fromBlocks(unwindows(graph.Reshape(g, batch, h-q+1, w-q+1, q*q*s*s*c), q), s)
		return graph.Reshape(pad(g, -before, -after), batch, size(in))
	}}
}

// deconvPatches are the windows of a transposed convolution. Each pixel paints a kernel×kernel square of the output,
// q×q blocks of it; seen from the output, each block is painted by the q×q pixels around it. x: [batch, in] → [batch ·
// (height+q-1) · (width+q-1), q² · c].
func deconvPatches(l Layer, in []int, x *graph.Node) patches {
	batch := x.Shape().Dimensions[0]
	q, c := l.Kernel/l.Stride, channels(in)
	x = windows(pad(graph.Reshape(x, batch, in[0], in[1], c), q-1, q-1), q)
	return patches{x, func(g *graph.Node) *graph.Node {
		g = unwindows(graph.Reshape(g, batch, in[0]+q-1, in[1]+q-1, q*q*c), q)
		return graph.Reshape(pad(g, 1-q, 1-q), batch, size(in))
	}}
}

// deconvOutput lays the blocks of a transposed convolution side by side and cuts its margins off.
// x: [batch · (height+q-1) · (width+q-1), stride² · units] → [batch, height·stride · width·stride · units].
func deconvOutput(l Layer, in []int, batch int, x *graph.Node) *graph.Node {
	s, q := l.Stride, l.Kernel/l.Stride
	h, w := in[0]+q-1, in[1]+q-1
	x = fromBlocks(graph.Reshape(x, batch, h, w, s*s*l.Units), s)
	if before, after := margins(l); before+after > 0 {
		x = graph.Slice(x, graph.AxisRange(), graph.AxisRange(before, h*s-after), graph.AxisRange(before, w*s-after))
	}
	return graph.Reshape(x, batch, in[0]*s*in[1]*s*l.Units)
}

// margins are the zeros before and after a picture that make the output of a convolution 1/stride of it: for kernel 4
// and stride 2 one on each side.
func margins(l Layer) (before, after int) {
	return (l.Kernel - l.Stride) / 2, (l.Kernel - l.Stride + 1) / 2
}

// pad puts zeros around pictures, or cuts pixels off where the amount is negative. It has no gradient of its own.
// x: [batch, height, width, channels].
func pad(x *graph.Node, before, after int) *graph.Node { return padBy(x, before, after, before, after) }

func padBy(x *graph.Node, top, bottom, left, right int) *graph.Node {
	if top == 0 && bottom == 0 && left == 0 && right == 0 {
		return x
	}
	return graph.Pad(x, graph.ScalarZero(x.Graph(), x.DType()), graph.PadAxis{},
		graph.PadAxis{Start: top, End: bottom}, graph.PadAxis{Start: left, End: right}, graph.PadAxis{})
}

// toBlocks makes each s×s block of a picture one pixel. x: [batch, h·s, w·s, c] → [batch, h, w, s·s·c].
func toBlocks(x *graph.Node, s int) *graph.Node {
	d := x.Shape().Dimensions
	x = graph.Reshape(x, d[0], d[1]/s, s, d[2]/s, s*d[3])
	return graph.Reshape(graph.TransposeAllAxes(x, 0, 1, 3, 2, 4), d[0], d[1]/s, d[2]/s, s*s*d[3])
}

// fromBlocks is the way back. x: [batch, h, w, s·s·c] → [batch, h·s, w·s, c].
func fromBlocks(x *graph.Node, s int) *graph.Node {
	d := x.Shape().Dimensions
	c := d[3] / (s * s)
	x = graph.Reshape(x, d[0], d[1], d[2], s, s*c)
	return graph.Reshape(graph.TransposeAllAxes(x, 0, 1, 3, 2, 4), d[0], d[1]*s, d[2]*s, c)
}

// windows are the q×q pixels from each place on. x: [batch, h+q-1, w+q-1, c] → [batch·h·w, q·q·c].
func windows(x *graph.Node, q int) *graph.Node {
	d := x.Shape().Dimensions
	if q > 1 {
		parts := make([]*graph.Node, 0, q*q)
		for i := range q {
			for j := range q {
				parts = append(parts, padBy(x, -i, i+1-q, -j, j+1-q))
			}
		}
		x = graph.Concatenate(parts, -1)
	}
	return graph.Reshape(x, d[0]*(d[1]-q+1)*(d[2]-q+1), q*q*d[3])
}

// unwindows adds up what windows spread. x: [batch, h, w, q·q·c] → [batch, h+q-1, w+q-1, c].
func unwindows(x *graph.Node, q int) *graph.Node {
	if q == 1 {
		return x
	}
	d := x.Shape().Dimensions
	c := d[3] / (q * q)
	var sum *graph.Node
	for i := range q {
		for j := range q {
			before := (i*q + j) * c
			part := graph.Pad(x, graph.ScalarZero(x.Graph(), x.DType()),
				graph.PadAxis{}, graph.PadAxis{Start: i, End: q - 1 - i}, graph.PadAxis{Start: j, End: q - 1 - j},
				graph.PadAxis{Start: -before, End: before + c - d[3]})
			if sum == nil {
				sum = part
			} else {
				sum = graph.Add(sum, part)
			}
		}
	}
	return sum
}

// kernels is an initializer that sees the matrix of a convolution as what it is, kernels of shape
// [kernel, kernel, in, out], since the spread of the initial weights depends on the values that a unit is connected to.
func kernels(initializer model.VariableInitializer, l Layer, in int) model.VariableInitializer {
	return func(g *graph.Graph, shape shapes.Shape) *graph.Node {
		if shape.Rank() < 2 {
			return initializer(g, shape)
		}
		kernel := initializer(g, shapes.Make(shape.DType, l.Kernel, l.Kernel, in, l.Units))
		return graph.Reshape(kernel, shape.Dimensions...)
	}
}
