package main

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

// newLabEnv is what the labs of one session work with. The backend is opened by the first lab that computes; the returned
// function frees it, once no lab works any more. own is a learner's own table or nil.
func newLabEnv(backend string, own *lab.Own) (env lab.Env, closeEnv func()) {
	var opened *engine.Backend
	env.Backend = sync.OnceValues(func() (*engine.Backend, error) {
		b, err := engine.Open(backend)
		opened = b
		return b, err
	})
	env.Open = engine.Open
	env.BackendName, env.Version, env.Own = backend, version(), own
	// Somebody whose system does not tell the program's file reads so in the report.
	if program, err := os.Executable(); err == nil {
		env.Probe = []string{program, "doctor", probeName}
	}
	if dir, ok := cacheDir(); ok {
		env.Models = lab.NewModels(filepath.Join(dir, "models"))
	}
	return env, func() {
		if opened != nil {
			opened.Close()
		}
	}
}

// cacheDir is where things are kept that can be made again: AETUTOR_CACHE, or aetutor in the user's directory for such
// things. Somebody without a home has none, and everything is made anew.
func cacheDir() (string, bool) {
	if dir := os.Getenv("AETUTOR_CACHE"); dir != "" {
		return dir, true
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "aetutor"), err == nil
}
