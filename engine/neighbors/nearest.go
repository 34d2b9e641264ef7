package neighbors

import "slices"

// neighbor is a reference and the square of its distance.
type neighbor struct {
	square float64
	index  int
}

// compare orders neighbours: the nearer first, of equally distant ones that with the lower index.
func (a neighbor) compare(b neighbor) int {
	switch {
	case a.square < b.square:
		return -1
	case a.square > b.square:
		return 1
	default:
		return a.index - b.index
	}
}

// nearest keeps the k nearest of all neighbours that are pushed. It is a heap with the farthest of them on top, so that
// a nearer one replaces it in log k steps.
type nearest struct {
	k    int
	heap []neighbor
}

// push takes a neighbour that is among the k nearest so far and says whether it was.
func (n *nearest) push(x neighbor) bool {
	if len(n.heap) < n.k {
		n.heap = append(n.heap, x)
		n.up(len(n.heap) - 1)
		return true
	}
	if n.heap[0].compare(x) <= 0 {
		return false
	}
	n.heap[0] = x
	n.down(0)
	return true
}

// full says whether k neighbours were pushed, so that the farthest bounds those to come.
func (n *nearest) full() bool { return len(n.heap) == n.k }

// farthest is the square distance of the farthest neighbour that is kept.
func (n *nearest) farthest() float64 { return n.heap[0].square }

// sorted returns the neighbours that are kept, the nearest first. They are no heap any more.
func (n *nearest) sorted() []neighbor {
	slices.SortFunc(n.heap, neighbor.compare)
	return n.heap
}

func (n *nearest) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if n.heap[parent].compare(n.heap[i]) >= 0 {
			return
		}
		n.heap[parent], n.heap[i] = n.heap[i], n.heap[parent]
		i = parent
	}
}

func (n *nearest) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(n.heap) {
			return
		}
		if child+1 < len(n.heap) && n.heap[child+1].compare(n.heap[child]) > 0 {
			child++
		}
		if n.heap[i].compare(n.heap[child]) >= 0 {
			return
		}
		n.heap[i], n.heap[child] = n.heap[child], n.heap[i]
		i = child
	}
}
