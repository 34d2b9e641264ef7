package engine

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// LayerKind says what a layer connects.
type LayerKind string

// The kinds of layers.
const (
	// Dense connects every value of its input with each of its units: out = activation(in · W + b), with W of shape
	// [in, Units] and b of shape [Units].
	Dense LayerKind = ""
	// Conv slides a window of Kernel×Kernel over a picture, Stride pixels a move, and computes Units channels from what
	// it sees: [height, width, c] → [height/Stride, width/Stride, Units].
	Conv LayerKind = "conv"
	// Deconv is the way back, the transposed convolution: [height, width, c] → [height·Stride, width·Stride, Units].
	Deconv LayerKind = "deconv"
)

// String is "dense", "conv" or "deconv".
func (k LayerKind) String() string {
	if k == Dense {
		return "dense"
	}
	return string(k)
}

// Layer is one layer. Only Units and Activation concern a dense one, unless a convolution follows it.
type Layer struct {
	Units      int        `json:"units"` // values of a dense layer, channels of a convolution
	Activation Activation `json:"activation"`
	Kind       LayerKind  `json:"kind,omitempty"`
	// Kernel is the side of the window, a multiple of Stride, which is 1 or 2. The picture is extended by zeros so that
	// the output has exactly 1/Stride of its sides.
	Kernel int `json:"kernel,omitempty"`
	Stride int `json:"stride,omitempty"`
	// Shape is the picture, [height, width, channels], that the next layer sees in the values of a dense layer; all zero
	// leaves them a row.
	Shape [3]int `json:"shape,omitzero"`
}

// maxUnits bounds the units, the sides of a shape and the width of an example.
const maxUnits = 1 << 20

// output is the shape of one example after the layer, given the shape before it, or why the layer cannot take it.
func (l Layer) output(in []int) ([]int, error) {
	if l.Units < 1 || l.Units > maxUnits {
		return nil, fmt.Errorf("has %d units; it needs from 1 to %d", l.Units, maxUnits)
	}
	switch l.Kind {
	case Dense:
		if l.Kernel != 0 || l.Stride != 0 {
			return nil, errors.New("is dense and has a kernel or a stride; only a conv or a deconv layer has them")
		}
		if l.Shape == [3]int{} {
			return []int{l.Units}, nil
		}
		product := float64(l.Shape[0]) * float64(l.Shape[1]) * float64(l.Shape[2])
		if product != float64(l.Units) || slices.Min(l.Shape[:]) < 1 {
			return nil, fmt.Errorf("has %d units, which are no picture of %s", l.Units, shapeString(l.Shape[:]))
		}
		return l.Shape[:], nil
	case Conv, Deconv:
		return l.convolved(in)
	default:
		return nil, fmt.Errorf("is of kind %q; choose dense, conv or deconv", string(l.Kind))
	}
}

// convolved is output for a convolution.
func (l Layer) convolved(in []int) ([]int, error) {
	picture, ok := pictureShape(in)
	if !ok {
		return nil, fmt.Errorf("is a %s layer and gets %s; it needs a picture, [height, width] or [height, width, channels]",
			l.Kind, shapeString(in))
	}
	if l.Shape != [3]int{} {
		return nil, fmt.Errorf("is a %s layer and has a shape; only a dense layer is given one", l.Kind)
	}
	if l.Stride < 1 || l.Stride > 2 || l.Kernel < l.Stride || l.Kernel > 32 || l.Kernel%l.Stride != 0 {
		return nil, fmt.Errorf("has kernel %d and stride %d; the stride must be 1 or 2, the kernel a multiple of it of at "+
			"most 32",
			l.Kernel, l.Stride)
	}
	height, width := picture[0], picture[1]
	if l.Kind == Deconv {
		if max(height, width)*l.Stride > maxUnits {
			return nil, fmt.Errorf("makes a picture with a side of more than %d", maxUnits)
		}
		return []int{height * l.Stride, width * l.Stride, l.Units}, nil
	}
	if height%l.Stride != 0 || width%l.Stride != 0 {
		return nil, fmt.Errorf("has stride %d, which does not divide a picture of %d×%d", l.Stride, height, width)
	}
	return []int{height / l.Stride, width / l.Stride, l.Units}, nil
}

// pictureShape is a shape as [height, width, channels].
func pictureShape(shape []int) ([3]int, bool) {
	switch len(shape) {
	case 2:
		return [3]int{shape[0], shape[1], 1}, true
	case 3:
		return [3]int(shape), true
	default:
		return [3]int{}, false
	}
}

// weights is the shape of the layer's matrix and the number of its biases.
func (l Layer) weights(in []int) (rows, columns, biases int) {
	switch l.Kind {
	case Conv:
		return l.Kernel * l.Kernel * channels(in), l.Units, l.Units
	case Deconv:
		q := l.Kernel / l.Stride
		return q * q * channels(in), l.Stride * l.Stride * l.Units, l.Units
	default:
		return size(in), l.Units, l.Units
	}
}

// places is how often the layer's matrix is applied to one example: 1 for a dense layer, else once for each window.
func (l Layer) places(in []int) int {
	if l.Kind == Dense {
		return 1
	}
	if l.Kind == Conv {
		return in[0] / l.Stride * (in[1] / l.Stride)
	}
	q := l.Kernel / l.Stride
	return (in[0] + q - 1) * (in[1] + q - 1)
}

func channels(shape []int) int {
	if len(shape) < 3 {
		return 1
	}
	return shape[2]
}

// size is the number of values of a shape.
func size(shape []int) int {
	n := 1
	for _, side := range shape {
		n *= side
	}
	return n
}

// shapeString is "14×14×16".
func shapeString(shape []int) string {
	sides := make([]string, 0, len(shape))
	for _, side := range shape {
		sides = append(sides, strconv.Itoa(side))
	}
	return strings.Join(sides, "×")
}
