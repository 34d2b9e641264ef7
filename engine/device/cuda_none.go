//go:build !(linux && amd64)

package device

import "errors"

// cudaExists says whether there is a CUDA plugin for this system.
const cudaExists = false

func downloadCUDA(string, string) error { return errors.New("there is no CUDA plugin for this system") }
