package race

import (
	"context"
	"errors"

	"github.com/aetutor/aetutor/engine"
)

// OnBackend multiplies on a backend, under the name by which it was opened. The backend stays the caller's to close.
func OnBackend(name string, b *engine.Backend) Multiplier { return onBackend{name, b} }

type onBackend struct {
	name    string
	backend *engine.Backend
}

func (m onBackend) Name() string { return m.name }

func (m onBackend) Prepare(a, b []float32, n int) (Product, error) {
	p := &backendProduct{}
	err := p.prepare(m.backend, a, b, n)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

type backendProduct struct {
	x, y   *engine.Matrix
	matMul *engine.MatMul
}

func (p *backendProduct) prepare(backend *engine.Backend, a, b []float32, n int) (err error) {
	if p.x, err = operand(backend, a, n); err != nil {
		return err
	}
	if p.y, err = operand(backend, b, n); err != nil {
		return err
	}
	p.matMul, err = engine.NewMatMul(backend, n, n, n)
	return err
}

// operand is a matrix of [n, n] on a backend.
func operand(backend *engine.Backend, values []float32, n int) (*engine.Matrix, error) {
	m, err := engine.NewMatrix(backend, n, n)
	if err != nil {
		return nil, err
	}
	if err := m.Fill(func(to []float32) { copy(to, values) }); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	return m, nil
}

// Multiply obeys ctx between products only, because a backend computes one in a fraction of a second.
func (p *backendProduct) Multiply(ctx context.Context, w *Stopwatch) (product []float32, err error) {
	err = w.Do(ctx, func() error {
		product, err = p.matMul.Multiply(p.x, p.y)
		return err
	})
	return product, err
}

func (p *backendProduct) Close() error {
	var errs []error
	if p.matMul != nil {
		errs = append(errs, p.matMul.Close())
	}
	for _, m := range []*engine.Matrix{p.x, p.y} {
		if m != nil {
			errs = append(errs, m.Close())
		}
	}
	return errors.Join(errs...)
}
