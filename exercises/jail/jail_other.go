//go:build !linux

package jail

import (
	"context"
	"errors"
	"os"
	"runtime"
)

// protections are the same on every system of a kind.
type protections struct{}

// measure has nothing to find out here.
func measure(ctx context.Context) (protections, error) { return protections{}, ctx.Err() }

// list says first that there is no boundary here.
func (protections) list() []Protection {
	return append([]Protection{
		{
			Name: "confinement", Does: "keeps it from files, the network and other processes", Boundary: true,
			Note: "aetutor can confine programs on Linux only, not on " + runtime.GOOS,
			Fix:  "Run programs of others on Linux; those of your own have your rights here.",
		},
		{Name: "time limit", Does: "ends it when it takes too long", On: true},
		{Name: "output limit", Does: "ends it when it writes too much", On: true},
	}, offered()...)
}

// watch has nothing to look at here.
func (r *run) watch(done <-chan struct{}) { <-done }

// startFed starts the command, and a copy of the input if there is one.
func (r *run) startFed() error {
	if r.Stdin == nil {
		return r.cmd.Start()
	}
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	r.cmd.Stdin = read
	if err = errors.Join(r.cmd.Start(), read.Close()); err != nil {
		return errors.Join(err, write.Close())
	}
	go r.feed(write)
	return nil
}
