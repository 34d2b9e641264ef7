// Command load puts a server under the load of a class, and of clients that mean no good, and prints what it measured as
// one flat object of JSON. It opens sessions that read and train, abandons connections, kills the server, and has learners
// check exercises at once (checks_all_seconds is from the first to the last verdict, checks_failed counts those that got
// another than their own). It starts the server itself, talks to no other address than that on 127.0.0.1, and ends by
// itself: every phase is bounded in count and time.
//
//	go run ./server/load [-sessions 200] [-training 8] [-seconds 30] [-abandoned 1000] [-crashes 100] [-checks 16] bin/aetutor
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"time"
)

// longest is when the whole run is given up.
const longest = 20 * time.Minute

type options struct {
	program                     string
	cache                       string // of all servers that are started
	sessions, training, seconds int
	abandoned, crashes, checks  int
}

func main() {
	var o options
	flag.IntVar(&o.sessions, "sessions", 200, "sessions at once")
	flag.IntVar(&o.training, "training", 8, "how many of them train")
	flag.IntVar(&o.seconds, "seconds", 30, "how long they read")
	flag.IntVar(&o.abandoned, "abandoned", 1000, "connections abandoned in each phase of the handshake; 0 leaves it out")
	flag.IntVar(&o.crashes, "crashes", 100, "times that the server is killed; 0 leaves it out")
	flag.IntVar(&o.checks, "checks", 16, "exercises checked at once; 0 leaves it out")
	flag.Usage = func() {
		_, _ = fmt.Fprint(flag.CommandLine.Output(), "load puts the server of aetutor under load on this machine: load [FLAGS] bin/aetutor\n"+
			"The first start builds what exercises need, which takes up to a minute and needs Go.\n\n") // Nobody may read it.
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || o.sessions < 1 || o.training > o.sessions || o.seconds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	o.program = flag.Arg(0)
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	figures, err := run(ctx, o)
	if len(figures) > 0 {
		err = errors.Join(err, json.NewEncoder(os.Stdout).Encode(figures))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// figures are what was measured, by name.
type figures map[string]any

func run(ctx context.Context, o options) (all figures, err error) {
	all = figures{}
	if o.cache, err = os.MkdirTemp("", "aetutor-load-cache-"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(o.cache)) }()
	// What a server builds at its first start would take the machine from what is measured.
	if _, err := withServer(warm)(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "load: exercises cannot be checked:", err)
	}
	phases := []struct {
		count int
		run   func(context.Context, options) (figures, error)
	}{
		{o.sessions, withServer(class)}, {o.abandoned, withServer(abandon)}, {o.crashes, crash},
		{o.checks, withServer(checks)},
	}
	for _, p := range phases {
		if p.count == 0 {
			continue
		}
		found, err := p.run(ctx, o)
		maps.Copy(all, found)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
