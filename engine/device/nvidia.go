package device

// nvidia is what NVIDIA's driver says. Without any NVIDIA GPU in the machine its failure is not a problem.
type nvidia struct {
	GPUs    []GPU    `json:"gpus"`
	Failure *Problem `json:"failure"`
}
