package lab

import (
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// corruption has an engine's run spoil its inputs with a noise.
func corruption(n noise.Noise) engine.Corruption {
	return func(seed int64) engine.Spoiler {
		source := noise.NewSource(seed)
		return func(dst, src []float32, epoch, example int) error { return n.Apply(dst, src, source, epoch, example) }
	}
}
