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
	plugins, err := availablePlugins()
	if err != nil {
		return nil, fmt.Sprintf("PJRT plugins cannot be listed (%v)", err)
	}
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

// availablePlugins are the plugins that are there, by name, with their files. A damaged file makes the library panic.
func availablePlugins() (plugins map[string]string, err error) {
	defer recoverGraph(&err, "looking for PJRT plugins")
	return pjrt.AvailablePlugins(), nil
}

// openPlugin opens a PJRT plugin by its name. Only plugins that are there already are opened: the installing part of
// go-xla is not linked in.
func openPlugin(name string) (b compute.Backend, err error) {
	defer recoverGraph(&err, "opening plugin "+name)
	plugins, err := availablePlugins()
	if err != nil {
		return nil, err
	}
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
