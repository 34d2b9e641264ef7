package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// settle is how long sessions are left alone before their memory is measured.
const settle = 3 * time.Second

// class has learners read, each turning a page once a second, while some of them train.
func class(ctx context.Context, s *server, o options) (figures, error) {
	// The first session has the server make what all of them share.
	first, err := enrol(s, "first", "vae")
	if err != nil {
		return nil, err
	}
	time.Sleep(settle)
	shared, err := s.resident()
	if err != nil {
		return nil, err
	}
	learners := make([]*learner, o.sessions)
	opened := time.Now()
	if err := parallel(o.sessions, 16, func(i int) (err error) {
		page := "representations"
		if i < o.training {
			page = "autoencoder/train-it"
		}
		learners[i], err = enrol(s, fmt.Sprint("learner ", i), page)
		return err
	}); err != nil {
		return nil, err
	}
	found := figures{"sessions": o.sessions, "open_seconds": time.Since(opened).Seconds()}
	time.Sleep(settle)
	idle, err := s.resident()
	if err != nil {
		return found, err
	}
	found["idle_session_bytes"] = (idle - shared) / int64(o.sessions)
	first.leave()

	dropped, times := reading(ctx, learners, o)
	busy, err := s.resident()
	if err != nil {
		return found, err
	}
	slices.Sort(times)
	found["training"] = o.training
	found["dropped_sessions"] = dropped
	found["keys"] = len(times)
	if len(times) > 0 {
		found["serve_key_p50_ms"] = milliseconds(times[len(times)/2])
		found["serve_key_p99_ms"] = milliseconds(times[len(times)*99/100])
		found["serve_key_max_ms"] = milliseconds(times[len(times)-1])
	}
	found["busy_resident_bytes"] = busy
	for _, l := range learners {
		l.leave()
	}
	return found, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// enrol makes a learner of a new key and opens the workshop.
func enrol(s *server, name, page string) (*learner, error) {
	signer, err := joined(s, name)
	if err != nil {
		return nil, err
	}
	return visit(s.address, signer, page)
}

// reading has learners press keys for the time of the options. The first ones open the lab train and start it.
func reading(ctx context.Context, learners []*learner, o options) (dropped int, times []time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(o.seconds)*time.Second)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	for i, l := range learners {
		all.Go(func() {
			var own []time.Duration
			if i < o.training {
				train(ctx, l)
			} else {
				own = turnPages(ctx, l)
			}
			mu.Lock()
			defer mu.Unlock()
			times = append(times, own...)
			if l.gone.Load() {
				dropped++
			}
		})
	}
	all.Wait()
	return dropped, times
}

// train opens the lab of its page, which starts to train, and stays in it.
func train(ctx context.Context, l *learner) {
	if _, err := l.press("\r"); err != nil {
		return
	}
	<-ctx.Done()
}

// turnPages turns a page about once a second: to a random lesson and on from there.
func turnPages(ctx context.Context, l *learner) []time.Duration {
	var times []time.Duration
	time.Sleep(time.Duration(rand.Int64N(int64(time.Second))))
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	lesson := -1
	for n := 0; ; n++ {
		key := "n"
		if n%3 == 0 {
			next := rand.IntN(10)
			if next == lesson {
				next = (next + 1) % 10
			}
			lesson, key = next, fmt.Sprint(next)
		}
		took, err := l.press(key)
		if err != nil {
			return times
		}
		times = append(times, took)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return times
		}
	}
}

// parallel runs work for 0 to n-1, some at once, and returns the first error.
func parallel(n, atOnce int, work func(i int) error) error {
	places := make(chan struct{}, atOnce)
	failed := make(chan error, n)
	var all sync.WaitGroup
	for i := range n {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			if err := work(i); err != nil {
				failed <- err
			}
		})
	}
	all.Wait()
	close(failed)
	return <-failed
}
