//go:build cgo

package device

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/gomlx/go-xla/installer"
	"github.com/gomlx/go-xla/pjrt"
)

// hasCgo says whether this binary can load native code at all.
const hasCgo = true

// probePlugin loads the plugin at an absolute path and asks it for its devices. It may print and may end the process.
func probePlugin(path string) (Plugin, error) {
	p := Plugin{Path: path, Devices: []string{}}
	// The loader keeps the reason of a failure for each thread, and go-xla asks for it in a call of its own.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	loaded, err := pjrt.GetPlugin(path)
	switch {
	case err != nil:
		return p, innermost(err)
	case loaded == nil: // go-xla v0.4.13 gives this where the library returns no table of functions.
		return p, errors.New("its function GetPjrtApi returns nothing")
	}
	major, minor := loaded.Version()
	p.Version = fmt.Sprintf("%d.%d", major, minor)
	options := pjrt.NamedValuesMap{}
	if pjrt.IsCUDAName(path) {
		options["preallocate"] = false // Otherwise it takes three quarters of the GPU's memory to say its name.
	}
	client, err := loaded.NewClient(options)
	if err != nil {
		return p, fmt.Errorf("it loads, but finds no device: %w", innermost(err))
	}
	defer runtime.KeepAlive(client) // The devices belong to it.
	if version := strings.TrimSpace(client.PlatformVersion()); version != "" {
		p.Version += ", " + version
	}
	for _, d := range client.AddressableDevices() {
		description, err := d.GetDescription()
		if err != nil {
			return p, fmt.Errorf("it loads, but does not describe its devices: %w", err)
		}
		p.Devices = append(p.Devices, description.DebugString())
	}
	if len(p.Devices) == 0 {
		return p, errors.New("it loads, but finds no device")
	}
	return p, nil
}

// innermost is the first of an error's causes: go-xla puts the file's path before it once more at each level.
func innermost(err error) error {
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return err
}

// cpuRelease is the release of the CPU plugin that go-xla was tested with.
func cpuRelease() string { return pjrt.DefaultCPUVersion }

// download fetches a plugin into a directory that ends in "go-xla". Nothing is kept in a cache, so that a download
// which is undone leaves nothing.
func download(what, dir string) error {
	if what == cpuPlugin {
		return installer.CPUInstall(runtime.GOOS+"_"+runtime.GOARCH, cpuRelease(), dir, false, installer.Quiet)
	}
	return downloadCUDA(what, dir)
}
