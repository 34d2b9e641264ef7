//go:build unix

package main

import "testing"

func TestResidentBytes(t *testing.T) {
	for goos, want := range map[string]float64{"linux": 5 << 10, "freebsd": 5 << 10, "darwin": 5} {
		if got := residentBytes(goos, int64(5)); got != want {
			t.Errorf("a maximum of 5 on %s is %v bytes, want %v", goos, got, want)
		}
	}
}
