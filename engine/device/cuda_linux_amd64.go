package device

import "github.com/gomlx/go-xla/installer"

// cudaExists says whether there is a CUDA plugin for this system.
const cudaExists = true

// downloadCUDA fetches the plugin and NVIDIA's libraries for "cuda12" or "cuda13".
func downloadCUDA(what, dir string) error {
	return installer.CudaInstall(what, "latest", dir, false, installer.Quiet)
}
