//go:build !cgo

package engine

import (
	"errors"

	"github.com/gomlx/compute"
)

const needsCgo = "this binary was built without cgo, which PJRT plugins need"

func openCUDA() (compute.Backend, string) { return nil, needsCgo }

func openPlugin(string) (compute.Backend, error) {
	return nil, errors.New(needsCgo + "; build it with a C compiler and CGO_ENABLED=1")
}
