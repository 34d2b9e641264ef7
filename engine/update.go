package engine

import (
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

// mover moves weights against their gradients, in the graph of a step or after it.
type mover struct {
	optimizer *optimizer
	store     *model.Store
	host      *hostUpdate // nil where the graph moves the weights
}

// newMover is for the variables at the given paths of a store. The gradients may come in up to the given number of
// parts of a batch where the weights are moved after the graph; hostMoves tells.
func newMover(b *Backend, store *model.Store, optimizerName string, paths []string, parts int) (*mover, error) {
	m := &mover{optimizer: &optimizer{name: optimizerName}, store: store}
	if !b.hostMoves() {
		return m, nil
	}
	var err error
	m.host, err = newHostUpdate(b, store, m.optimizer, paths, parts)
	return m, err
}

// hostMoves says whether the weights are moved after the graph: they lie in Go's own memory.
func (b *Backend) hostMoves() bool { return b.name == "go" }

// graph is what follows the gradients of a part of the batch in its graph. size and eps are scalars.
func (m *mover) graph(part int, gradients []gradient, size, eps *graph.Node) {
	if m.host != nil {
		m.host.collect(part, gradients)
	} else {
		m.optimizer.update(m.store, gradients, size, eps)
	}
}

// finish follows the execution of the graphs of that many parts.
func (m *mover) finish(parts int, size, eps float32) error {
	if m.host == nil {
		return nil
	}
	return m.host.apply(parts, size, eps)
}

// hostUpdate applies an optimizer to weights that lie in Go's own memory, as the Go backend's do. The graph of a step
// then ends with the gradients. It belongs to one trainer.
type hostUpdate struct {
	optimizer  *optimizer
	parameters []hostParameter
}

// hostParameter is a variable with what the optimizer keeps for it. The gradient of each part of a batch is a variable
// too: the backend gets its memory back with the next step, where a mere output would be new memory in each.
type hostParameter struct {
	weights       *model.Variable
	gradients     []*model.Variable
	first, second []float32
}

// newHostUpdate prepares the variables at the given paths of a store.
func newHostUpdate(b *Backend, store *model.Store, o *optimizer, paths []string, parts int) (*hostUpdate, error) {
	u := &hostUpdate{optimizer: o}
	for _, path := range paths {
		v := store.GetVariable(path)
		if v == nil {
			return nil, fmt.Errorf("the model has no %s", path)
		}
		// Only a tensor made this way can be changed in place.
		shared, err := tensors.FromShapeForBackend(b.compute, 0, v.Shape())
		if err != nil {
			return nil, err
		}
		tensors.MustConstFlatData(v.MustValue(), func(from []float32) {
			tensors.MustMutableFlatData(shared, func(to []float32) { copy(to, from) })
		})
		if err := v.SetValue(shared); err != nil {
			return nil, err
		}
		n := v.Shape().Size()
		h := hostParameter{weights: v, second: make([]float32, n)}
		for part := range parts {
			h.gradients = append(h.gradients, moment(store, v, fmt.Sprintf("gradient%d", part)))
		}
		if o.name == "adam" {
			h.first = make([]float32, n)
		}
		u.parameters = append(u.parameters, h)
	}
	// The first execution would give the gradients their first values, while others already use them.
	if err := store.InitializeVariables(b.compute, nil); err != nil {
		return nil, err
	}
	return u, nil
}

// collect makes the gradients of a part results of its graph.
func (u *hostUpdate) collect(part int, gradients []gradient) {
	for _, d := range gradients {
		for _, p := range u.parameters {
			if p.weights == d.variable {
				p.gradients[part].NodeValue(d.node) // The variable must be a parameter of the graph to be given back.
				p.gradients[part].SetNodeValue(d.node)
			}
		}
	}
}

// chunk is the number of weights from which on an update is worth a goroutine.
const chunk = 1 << 14

// apply moves the weights against the sum of the gradients of that many parts. The large layers are moved side by side.
func (u *hostUpdate) apply(parts int, size, eps float32) error {
	var wait sync.WaitGroup
	errs := make([]error, len(u.parameters))
	for i, p := range u.parameters {
		if p.weights.Shape().Size() < chunk {
			errs[i] = p.apply(u.optimizer.name, parts, size, eps)
		} else {
			wait.Go(func() { errs[i] = p.apply(u.optimizer.name, parts, size, eps) })
		}
	}
	wait.Wait()
	return errors.Join(errs...)
}

// apply moves one variable. Its panics are caught here, because one in a goroutine of its own would end the process.
func (p hostParameter) apply(optimizer string, parts int, size, eps float32) (err error) {
	defer recoverGraph(&err, "moving the weights "+p.weights.Path())
	tensors.MustMutableFlatData(p.gradients[0].MustValue(), func(g []float32) {
		for _, other := range p.gradients[1:parts] {
			tensors.MustConstFlatData(other.MustValue(), func(h []float32) { add(g, h) })
		}
		tensors.MustMutableFlatData(p.weights.MustValue(), func(w []float32) {
			switch optimizer {
			case "adam":
				adam(w, g, p.first, p.second, size, eps)
			case "rmsprop":
				rmsProp(w, g, p.second, size, eps)
			default:
				for i := range w {
					w[i] -= size * g[i]
				}
			}
		})
	})
	return nil
}

func adamScalar(w, g, m, v []float32, size, eps float32) {
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	for i := range w {
		grad := g[i] + tiny
		m[i] = beta1*m[i] + grad
		v[i] = beta2*v[i] + grad*grad
		w[i] -= size * m[i] / (float32(math.Sqrt(float64(v[i]))) + eps)
	}
}

func addScalar(dst, src []float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += src[i]
	}
}

func rmsProp(w, g, v []float32, size, eps float32) {
	g, v = g[:len(w)], v[:len(w)]
	for i := range w {
		grad := g[i] + tiny
		v[i] = beta2*v[i] + grad*grad
		w[i] -= size * grad / (float32(math.Sqrt(float64(v[i]))) + eps)
	}
}
