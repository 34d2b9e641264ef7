//go:build cgo

package engine

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/go-xla/compute/xla"
	"github.com/gomlx/go-xla/pjrt"
)

// openCUDA opens the CUDA plugin, or returns nil and why it cannot be used.
func openCUDA() (compute.Backend, string) {
	plugins := pjrt.AvailablePlugins()
	for _, name := range slices.Sorted(maps.Keys(plugins)) {
		if !pjrt.IsCUDAName(name) {
			continue
		}
		b, err := openPlugin(name)
		if err != nil {
			return nil, fmt.Sprintf("the CUDA plugin %s does not open (%v)", plugins[name], err)
		}
		return b, "a CUDA plugin and a device were found"
	}
	return nil, "no CUDA plugin with a device was found"
}

// openPlugin opens a PJRT plugin by its name. Only plugins that are there already are opened: the installing part of
// go-xla is not linked in.
func openPlugin(name string) (b compute.Backend, err error) {
	defer recoverGraph(&err, "opening plugin "+name)
	plugins := pjrt.AvailablePlugins()
	known := slices.Sorted(maps.Keys(plugins))
	if !slices.ContainsFunc(known, func(k string) bool { return k == name || strings.HasPrefix(k, name+"_") }) {
		if len(known) == 0 {
			return nil, errors.New("no PJRT plugin was found; PJRT_PLUGIN_LIBRARY_PATH may name their directory")
		}
		return nil, fmt.Errorf("no PJRT plugin %q was found, only %s", name, strings.Join(known, ", "))
	}
	b, err = xla.New(name)
	if err != nil {
		return nil, err
	}
	if b.NumDevices() == 0 {
		b.Finalize()
		return nil, fmt.Errorf("plugin %s has no device", name)
	}
	return b, nil
}
