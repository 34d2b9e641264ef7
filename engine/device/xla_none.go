//go:build !cgo

package device

import "errors"

// hasCgo says whether this binary can load native code at all.
const hasCgo = false

func probePlugin(string) (Plugin, error) {
	return Plugin{}, errors.New("this binary was built without cgo, which PJRT plugins need")
}

func cpuRelease() string { return "" }

func download(string, string) error {
	return errors.New("this binary was built without cgo, so it could not use a plugin; " + withCgo)
}
