package main

import (
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestFirstResultIsTheFirstComputed tells one event a second.
func TestFirstResultIsTheFirstComputed(t *testing.T) {
	for _, c := range []struct {
		kinds []string
		after time.Duration
		err   string
	}{
		{[]string{"progress", "start", "step", "step", "done"}, 3 * time.Second, ""},
		{[]string{`size","error":0.25,"method":"PCA`, "done"}, time.Second, ""},
		{[]string{"done"}, time.Second, ""},
		{[]string{"start", "step"}, 0, "it ended without a result"},
		{nil, 0, "it ended without a result"},
		{[]string{"step", "error"}, 0, "no such backend"},
		{[]string{`"`}, 0, "in the line"},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			r, w := io.Pipe()
			go func() {
				for _, kind := range c.kinds {
					time.Sleep(time.Second) // time of the bubble
					if kind == "error" {
						kind += `","error":"no such backend`
					}
					if _, err := fmt.Fprintf(w, `{"event":"%s"}`+"\n", kind); err != nil {
						return
					}
				}
				_ = w.Close() // It never fails.
			}()
			first, err := firstResult(r)
			_ = r.Close()
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v: %v, want %q", c.kinds, err, c.err)
				}
				return
			}
			if err != nil || first.Sub(start) != c.after {
				t.Errorf("%v: the first result came after %v, %v; want %v", c.kinds, first.Sub(start), err, c.after)
			}
		})
	}
}

// TestLabIsTimed runs a lab that takes a moment, and one that there is not.
func TestLabIsTimed(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	took, err := timeLab(t.Context(), program, "go", "feature-bench")
	if err != nil || took.first <= 0 || took.whole < took.first {
		t.Errorf("it took %v, %v", took, err)
	}
	if _, err := timeLab(t.Context(), program, "go", "nonsense"); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("a lab that there is not: %v", err)
	}
}

func TestLabsAreMeasuredWhenNamed(t *testing.T) {
	names := func(chosen []benchmark) (names []string) {
		for _, b := range chosen {
			names = append(names, b.name)
		}
		return names
	}
	all, err := chooseBenchmarks(nil)
	if err != nil || slices.Contains(names(all), "labs") || !slices.Contains(names(all), "train") {
		t.Errorf("without a name %v are run, %v", names(all), err)
	}
	one, err := chooseBenchmarks([]string{"labs"})
	if err != nil || !slices.Equal(names(one), []string{"labs"}) {
		t.Errorf("by its name %v are run, %v", names(one), err)
	}
}
