package builder

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine"
)

// mostLayers bounds the stack to what a learner oversees and a laptop trains.
const mostLayers = 16

// units are the steps of the keys ← and →.
func units() []int {
	return []int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 784, 1024}
}

func (m *Model) layers() []engine.Layer { return slices.Concat(m.stack.Encoder, m.stack.Decoder) }

// set replaces the layers; the first of them, as many as encoder says, encode.
func (m *Model) set(layers []engine.Layer, encoder int) {
	encoder = min(max(encoder, 0), len(layers))
	m.stack.Encoder, m.stack.Decoder = slices.Clone(layers[:encoder]), slices.Clone(layers[encoder:])
	m.rebuilt()
}

// rebuilt follows every change of the stack.
func (m *Model) rebuilt() {
	m.at = min(max(m.at, 0), max(len(m.layers())-1, 0))
	m.fault, m.source = m.stack.Validate(), nil
	if m.fault != nil {
		return
	}
	source, err := m.stack.GoSource()
	if err != nil {
		m.fault = err
		return
	}
	m.source = strings.Split(strings.ReplaceAll(source, "\t", "  "), "\n")
}

// edited follows a change that the learner made: what trains is not what stands there any more.
func (m *Model) edited() {
	if m.job != nil {
		m.giveUp()
		m.notice.Say("the stack has changed, so the trial ended; enter trains the new one")
	}
}

func (m *Model) selectLayer(step int) {
	m.at = min(max(m.at+step, 0), max(len(m.layers())-1, 0))
}

// add puts a layer behind the selected one, between the sizes of its neighbours.
func (m *Model) add() {
	layers, encoder := m.layers(), len(m.stack.Encoder)
	if len(layers) >= mostLayers {
		m.notice.Refuse("the stack has %d layers already; more would not fit", mostLayers)
		return
	}
	if len(layers) == 0 {
		m.set([]engine.Layer{{Units: 16, Activation: engine.Linear}}, 1)
		m.edited()
		return
	}
	// Before the code it belongs to the encoder, behind it to the decoder. Behind the output it goes before it.
	at := m.at + 1
	if at == len(layers) {
		at--
	}
	before := m.stack.Width()
	if at > 0 {
		before = layers[at-1].Units
	}
	layer := engine.Layer{Units: between(before, layers[at].Units), Activation: engine.ReLU}
	layers = slices.Insert(layers, at, layer)
	if at < encoder {
		encoder++
	}
	m.at = at
	m.set(layers, encoder)
	m.edited()
}

// between is a number of units whose ratio to both is about the same.
func between(a, b int) int {
	steps := units()
	from, _ := slices.BinarySearch(steps, min(a, b))
	to, _ := slices.BinarySearch(steps, max(a, b))
	return steps[min((from+to)/2, len(steps)-1)]
}

// remove deletes the selected layer.
func (m *Model) remove() {
	layers, encoder := m.layers(), len(m.stack.Encoder)
	if len(layers) == 0 {
		m.notice.Refuse("there is no layer left; a adds one")
		return
	}
	if m.at < encoder {
		encoder--
	}
	m.set(slices.Delete(layers, m.at, m.at+1), encoder)
	m.edited()
}

// swap moves the selected layer by a step. The place of the code stays, so another layer may become it.
func (m *Model) swap(step int) {
	layers := m.layers()
	to := m.at + step
	if to < 0 || to >= len(layers) {
		m.notice.Refuse("the layer is at the end of the stack already")
		return
	}
	layers[m.at], layers[to] = layers[to], layers[m.at]
	m.at = to
	m.set(layers, len(m.stack.Encoder))
	m.edited()
}

// makeCode makes the selected layer the last of the encoder.
func (m *Model) makeCode() {
	m.set(m.layers(), m.at+1)
	m.edited()
}

func (m *Model) changeUnits(step int) {
	layers, steps := m.layers(), units()
	if len(layers) == 0 {
		m.notice.Refuse("there is no layer left; a adds one")
		return
	}
	at, found := slices.BinarySearch(steps, layers[m.at].Units)
	switch {
	case step < 0:
		at--
	case found:
		at++
	}
	if at < 0 || at >= len(steps) {
		m.notice.Refuse("a layer has between %d and %d units here", steps[0], steps[len(steps)-1])
		return
	}
	layers[m.at].Units = steps[at]
	m.set(layers, len(m.stack.Encoder))
	m.edited()
}

// bend gives the selected layer the next activation.
func (m *Model) bend() {
	layers, all := m.layers(), engine.Activations()
	if len(layers) == 0 {
		m.notice.Refuse("there is no layer left; a adds one")
		return
	}
	next := (slices.Index(all, layers[m.at].Activation) + 1) % len(all)
	layers[m.at].Activation = all[next]
	m.set(layers, len(m.stack.Encoder))
	m.edited()
}

// name says what a layer is for.
func (m *Model) name(i int) string {
	switch {
	case i == len(m.stack.Encoder)-1:
		return "code z"
	case i == len(m.stack.Encoder)+len(m.stack.Decoder)-1:
		return "output"
	}
	return "hidden"
}

// advice says what is wrong with the stack and which key helps.
func (m *Model) advice() string {
	text := strings.ReplaceAll(m.fault.Error(), "\n", "; ")
	layers := m.layers()
	switch {
	case len(layers) == 0:
		return text + " (a adds a layer)"
	case len(m.stack.Decoder) == 0:
		return text + " (c on an earlier layer makes that the code)"
	case len(m.stack.Encoder) == 0:
		return text + " (c makes the selected layer the code)"
	case layers[len(layers)-1].Units != m.stack.Width():
		return text + fmt.Sprintf(" (give the last layer %d units with ← →)", m.stack.Width())
	}
	return text
}
