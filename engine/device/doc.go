// Package device tells what the machine has to compute with: its processor, memory and GPUs, the PJRT plugins that are
// installed, and what stands between the learner and a faster backend. It also installs such a plugin when it is asked
// to.
//
// Plugins and drivers are foreign native code: they print, take seconds and may end the process. So none is loaded
// here. Inspect starts the program anew for each of them, and that child process answers with Answer.
package device
