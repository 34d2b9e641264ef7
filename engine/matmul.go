package engine

import (
	"errors"
	"fmt"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
)

// Matrix is a matrix of float32 values where its backend computes. It may be an operand of many products at once, but
// not while Fill changes it.
type Matrix struct {
	backend *Backend
	shape   shapes.Shape
	buffer  compute.Buffer
	values  []float32 // the buffer's own memory, or on a device with its own memory the copy that Fill sends there
}

// NewMatrix makes a matrix, [rows, columns]. Its values are undefined until Fill.
func NewMatrix(b *Backend, rows, columns int) (m *Matrix, err error) {
	doing := fmt.Sprintf("a matrix of %d×%d", rows, columns)
	defer recoverGraph(&err, doing)
	if err := checkSides(rows, columns); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	m = &Matrix{backend: b, shape: shapes.Make(dtypes.Float32, rows, columns)}
	if !b.compute.HasSharedBuffers() {
		m.values = make([]float32, rows*columns)
		return m, nil
	}
	buffer, flat, err := b.compute.NewSharedBuffer(0, m.shape)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	m.buffer, m.values = buffer, flat.([]float32)
	return m, nil
}

// Fill lets f change the values, which lie row by row, [rows · columns]. f must not keep them.
func (m *Matrix) Fill(f func(values []float32)) (err error) {
	defer recoverGraph(&err, "filling a matrix")
	f(m.values)
	if m.backend.compute.HasSharedBuffers() {
		return nil
	}
	if err := m.Close(); err != nil {
		return err
	}
	if m.buffer, err = m.backend.compute.BufferFromFlatData(0, m.values, m.shape); err != nil {
		return fmt.Errorf("moving a matrix to %s: %w", m.backend.name, err)
	}
	return nil
}

func (m *Matrix) is(rows, columns int) bool {
	return m.shape.Dimensions[0] == rows && m.shape.Dimensions[1] == columns
}

// Close frees the matrix on its device.
func (m *Matrix) Close() error { return free(&m.buffer) }

// free finalizes a buffer, which may be none, and forgets it.
func free(buffer *compute.Buffer) error {
	if *buffer == nil {
		return nil
	}
	err := (*buffer).Finalize()
	*buffer = nil
	if err != nil {
		return fmt.Errorf("freeing a matrix: %w", err)
	}
	return nil
}

// MatMul multiplies matrices of one shape. It serves one goroutine at a time.
type MatMul struct {
	backend *Backend
	m, k, n int
	exec    compute.Executable
	product compute.Buffer // the last product
	values  []float32      // a copy of it, for devices with their own memory
}

// NewMatMul prepares products x·y of an x of [m, k] and a y of [k, n]. The Go backend reads y fastest in this layout:
// it takes vectors along the rows of y as they lie, where rows of the other layout, [n, k], would have to be gathered.
func NewMatMul(b *Backend, m, k, n int) (p *MatMul, err error) {
	doing := fmt.Sprintf("a product of %d×%d and %d×%d", m, k, k, n)
	defer recoverGraph(&err, doing)
	if err := checkSides(m, k, n); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	p = &MatMul{backend: b, m: m, k: k, n: n}
	if p.exec, err = p.compile(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	if !b.compute.HasSharedBuffers() {
		p.values = make([]float32, m*n)
	}
	return p, nil
}

// reuses says whether a product takes the memory of the one before. The Go backend takes a result's memory from a pool
// to which only a donated input returns. So there the graph has one input more, which nothing reads: the last product.
// Without it each product allocates and clears its result, which for 128×16 · 16×1024 takes 8 times as long as the
// rest.
func (p *MatMul) reuses() bool { return p.backend.name == "go" }

func (p *MatMul) compile() (compute.Executable, error) {
	builder := p.backend.compute.Builder("matmul")
	main := builder.Main()
	x, errX := main.Parameter("x", shapes.Make(dtypes.Float32, p.m, p.k), nil)
	y, errY := main.Parameter("y", shapes.Make(dtypes.Float32, p.k, p.n), nil)
	if err := errors.Join(errX, errY); err != nil {
		return nil, err
	}
	if p.reuses() {
		if _, err := main.Parameter("last", shapes.Make(dtypes.Float32, p.m, p.n), nil); err != nil {
			return nil, err
		}
	}
	product, err := main.DotGeneral(x, []int{1}, nil, y, []int{0}, nil, compute.DotGeneralConfig{})
	if err != nil {
		return nil, err
	}
	if err := main.Return([]compute.Value{product}, nil); err != nil {
		return nil, err
	}
	return builder.Compile()
}

// Multiply computes x·y. The product lies row by row, [m · n], and holds until the next call or Close.
func (p *MatMul) Multiply(x, y *Matrix) (product []float32, err error) {
	defer recoverGraph(&err, "multiplying")
	if !x.is(p.m, p.k) || !y.is(p.k, p.n) {
		return nil, fmt.Errorf("multiplying: operands of %v and %v; this product takes [%d %d] and [%d %d]",
			x.shape.Dimensions, y.shape.Dimensions, p.m, p.k, p.k, p.n)
	}
	if x.buffer == nil || y.buffer == nil {
		return nil, errors.New("multiplying: an operand is closed or was never filled")
	}
	inputs, donate, err := p.inputs(x, y)
	if err != nil {
		return nil, fmt.Errorf("multiplying: %w", err)
	}
	outputs, err := p.exec.Execute(inputs, donate, 0)
	if err != nil {
		return nil, fmt.Errorf("multiplying: %w", err)
	}
	p.product = outputs[0]
	if p.values != nil {
		if err := p.product.ToFlatData(p.values); err != nil {
			return nil, fmt.Errorf("fetching a product: %w", err)
		}
		return p.values, nil
	}
	flat, err := p.product.Data()
	if err != nil {
		return nil, fmt.Errorf("reading a product: %w", err)
	}
	return flat.([]float32), nil
}

// inputs are the operands of the graph, and which of them it may take for its result. The last product is gone after.
func (p *MatMul) inputs(x, y *Matrix) ([]compute.Buffer, []bool, error) {
	if !p.reuses() {
		return []compute.Buffer{x.buffer, y.buffer}, nil, free(&p.product)
	}
	last := p.product
	p.product = nil
	if last == nil {
		var err error
		if last, _, err = p.backend.compute.NewSharedBuffer(0, shapes.Make(dtypes.Float32, p.m, p.n)); err != nil {
			return nil, nil, err
		}
	}
	return []compute.Buffer{x.buffer, y.buffer, last}, []bool{false, false, true}, nil
}

// Close frees the last product and the graph.
func (p *MatMul) Close() error {
	p.exec.Finalize()
	return free(&p.product)
}

// maxSide bounds a side, and the values of a matrix too: with so many it takes 4 GiB.
const maxSide = 1 << 30

// checkSides checks the sides of a matrix, or of two and with them their product, whose sides are the first and the
// last.
func checkSides(sides ...int) error {
	for _, side := range sides {
		if side < 1 || side > maxSide {
			return fmt.Errorf("a side is %d; it must be from 1 to %d", side, maxSide)
		}
	}
	if values := sides[0] * sides[len(sides)-1]; values > maxSide {
		return fmt.Errorf("%d values; at most %d are allowed", values, maxSide)
	}
	return nil
}

// SerialMultiplications is the largest m·k·n of a MatMul that the calling goroutine computes by itself, or 0 where the
// backend always spreads a product over its device. Up to it the Go backend multiplies the operands as they lie; beyond
// it copies them into panels and hands these to goroutines of its own. The number is SmallMatMulSizeThreshold of
// github.com/gomlx/compute v0.1.14, which does not export it; with another one products stay right.
func (b *Backend) SerialMultiplications() int {
	if b.name == "go" {
		return 4<<20 - 1
	}
	return 0
}

// TermError bounds the relative error of one term xᵢ·yᵢ in a MatMul, before the terms are added in float32. It is
// float32's unit roundoff, 2⁻²⁴, but 2⁻¹⁰ on CUDA, where XLA rounds both factors to the 11 significant bits of TF32.
func (b *Backend) TermError() float64 {
	if b.name == "xla:cuda" {
		return 1.0 / (1 << 10)
	}
	return 1.0 / (1 << 24)
}
