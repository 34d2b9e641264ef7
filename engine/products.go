package engine

import (
	"fmt"
	"math/rand/v2"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
)

// Products are the matrix products of one training step and nothing else: for each layer x·W, the gradient of the
// weights and, but for the first layer, the gradient of its input. Operands lie in memory as each product likes them
// best, so this is the least that a training step can cost on a backend.
type Products struct {
	exec     *graph.Exec
	operands []any
}

// NewProducts prepares the products of a training step of the architecture with the given batch size.
func NewProducts(b *Backend, a Architecture, batchSize int) (p *Products, err error) {
	defer recoverGraph(&err, "building the products of "+a.String())
	if err := a.Validate(); err != nil {
		return nil, err
	}
	if err := checkBatchSize(batchSize, MaxBatchSize); err != nil {
		return nil, err
	}
	p = &Products{}
	random := rand.New(rand.NewPCG(1, 1))
	product := func(rows, inner, columns int) {
		for _, shape := range [][2]int{{rows, inner}, {inner, columns}} {
			flat := make([]float32, shape[0]*shape[1])
			for i := range flat {
				flat[i] = random.Float32() - 0.5
			}
			operand := tensors.FromFlatDataAndDimensions(flat, shape[0], shape[1])
			operand.MustMaterializeOnDevice(b.compute, false, 0)
			p.operands = append(p.operands, operand)
		}
	}
	for i, l := range a.located() {
		in, out, _ := l.layer.weights(l.in)
		rows := batchSize * l.layer.places(l.in)
		product(rows, in, out) // x·W
		product(in, rows, out) // xᵀ·dy
		if i > 0 {
			product(rows, out, in) // dy·Wᵀ
		}
	}
	p.exec, err = graph.NewExec(b.compute, func(operands []*graph.Node) []*graph.Node {
		products := make([]*graph.Node, 0, len(operands)/2)
		for i := 0; i < len(operands); i += 2 {
			products = append(products, graph.Dot(operands[i], operands[i+1]).Product())
		}
		return products
	})
	return p, err
}

// Step computes the products once.
func (p *Products) Step() error {
	results, err := p.exec.Call(p.operands...)
	if err != nil {
		return fmt.Errorf("the matrix products of a step: %w", err)
	}
	for _, result := range results {
		if err := result.FinalizeAll(); err != nil {
			return fmt.Errorf("freeing a product: %w", err)
		}
	}
	return nil
}
