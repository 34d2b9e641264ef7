package job

import (
	"context"
	"sync"
)

// Gate holds work up while it is shut: a lab's pause for work that knows none. Its events go through it one by one.
type Gate struct {
	mu     sync.Mutex
	opened chan struct{} // closed while the gate is open
}

// NewGate is a gate that is open.
func NewGate() *Gate {
	g := &Gate{opened: make(chan struct{})}
	close(g.opened)
	return g
}

// Shut holds up whoever comes until Open is called. A gate that is shut stays so.
func (g *Gate) Shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.opened:
		g.opened = make(chan struct{})
	default:
	}
}

// Open lets all through. A gate that is open stays so.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.opened:
	default:
		close(g.opened)
	}
}

// Wait returns when the gate is open or ctx ends.
func (g *Gate) Wait(ctx context.Context) {
	g.mu.Lock()
	opened := g.opened
	g.mu.Unlock()
	select {
	case <-opened:
	case <-ctx.Done():
	}
}
