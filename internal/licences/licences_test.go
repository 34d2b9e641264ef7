package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLicenceFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"LICENSE", "License.txt", "COPYING", "NOTICE", "LICENSE-LOGO", "readme.md", "PATENTS"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "licenses"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := licenceFiles(dir)
	if want := []string{"COPYING", "LICENSE", "License.txt", "NOTICE", "PATENTS"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("the files are %q, %v; want %q", got, err, want)
	}
}

// TestCollectedLicences compares THIRD_PARTY_LICENSES with what the program is built from: make licences writes it.
func TestCollectedLicences(t *testing.T) {
	root := filepath.Join("..", "..")
	collected, err := os.ReadFile(filepath.Join(root, "THIRD_PARTY_LICENSES"))
	if err != nil {
		t.Fatal(err)
	}
	// The other systems' modules differ by some that this one's include; asking for all takes long.
	all, err := modules(t.Context(), root, "linux")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Errorf("the program is built from %d modules only", len(all))
	}
	for _, m := range all {
		if !strings.Contains(string(collected), "\n"+m.Path+" "+m.Version+"\n") {
			t.Errorf("%s %s is missing; run make licences", m.Path, m.Version)
		}
	}
}
