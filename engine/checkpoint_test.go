package engine

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// trained is a model with weights that no seed gives.
func trained(t *testing.T) *Model {
	t.Helper()
	run, err := NewRun(openGoBackend(t), smallConfig(), stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	last[DoneEvent](t, events(t.Context(), run))
	return run.Model()
}

func reconstruct(t *testing.T, m *Model) []float32 {
	t.Helper()
	x := make([]float32, 3*16)
	for i := range x {
		x[i] = float32(i%5) / 5
	}
	y, err := m.Reconstruct(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func TestSavedModelComesBack(t *testing.T) {
	m := trained(t)
	path := filepath.Join(t.TempDir(), "digits.model")
	for range 2 { // The second time it replaces the first.
		if err := m.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := Load(openGoBackend(t), path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := reconstruct(t, loaded), reconstruct(t, m); !slices.Equal(got, want) {
		t.Errorf("the loaded model reconstructs %v, the saved one %v", got[:4], want[:4])
	}
	if got, want := loaded.Architecture().String(), m.Architecture().String(); got != want {
		t.Errorf("the architecture came back as %s, saved was %s", got, want)
	}
	if left, err := filepath.Glob(path + ".tmp*"); err != nil || len(left) > 0 {
		t.Errorf("temporary files stay: %v %v", left, err)
	}
}

func TestEachKindOfModelComesBack(t *testing.T) {
	for name, c := range kinds() {
		t.Run(name, func(t *testing.T) {
			run, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
			if err != nil {
				t.Fatal(err)
			}
			last[DoneEvent](t, events(t.Context(), run))
			path := filepath.Join(t.TempDir(), "digits.model")
			if err := run.Model().Save(path); err != nil {
				t.Fatal(err)
			}
			loaded := mustLoad(t, openGoBackend(t), path)
			if got, want := reconstruct(t, loaded), reconstruct(t, run.Model()); !slices.Equal(got, want) {
				t.Errorf("the loaded model reconstructs %v, the saved one %v", got[:4], want[:4])
			}
			if got, want := loaded.Architecture(), run.Model().Architecture(); !reflect.DeepEqual(got, want) {
				t.Errorf("the architecture came back as %+v, saved was %+v", got, want)
			}
		})
	}
}

func TestDamagedModelIsRefused(t *testing.T) {
	b := openGoBackend(t)
	path := filepath.Join(t.TempDir(), "digits.model")
	if err := trained(t).Save(path); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := reconstruct(t, mustLoad(t, b, path))
	try := func(what string, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := Load(b, path)
		if err != nil {
			if !strings.Contains(err.Error(), path) {
				t.Errorf("%s: the error %q does not name the file", what, err)
			}
			return
		}
		// Some bytes of a zip file, a timestamp for instance, mean nothing. The weights must be whole.
		if got := reconstruct(t, m); !slices.Equal(got, want) {
			t.Errorf("%s: a damaged model was loaded", what)
		}
	}
	for _, n := range []int{0, 1, 10, len(good) / 2, len(good) - 1} {
		try("truncated", good[:n])
	}
	for i := 0; i < len(good); i += 7 {
		damaged := bytes.Clone(good)
		damaged[i] ^= 0x55
		try("one byte changed", damaged)
	}
}

func mustLoad(t *testing.T, b *Backend, path string) *Model {
	t.Helper()
	m, err := Load(b, path)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestForgedModelIsRefused changes what the checksums do not protect: it writes consistent archives with wrong content.
func TestForgedModelIsRefused(t *testing.T) {
	entries, err := trained(t).checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	edit := func(name string, f func(string) string) []entry {
		changed := slices.Clone(entries)
		for i, e := range changed {
			if e.name == name {
				changed[i].content = []byte(f(string(e.content)))
			}
		}
		return changed
	}
	replace := func(what, by string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, what) {
				t.Fatalf("%q is not in %s", what, s)
			}
			return strings.Replace(s, what, by, 1)
		}
	}
	other, err := json.Marshal(savedArchitecture{savedVersion, NewArchitecture([]int{4, 4}, Tanh, []int{13}, 4)})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		entries []entry
		want    string
	}{
		"another version":      {edit(architectureEntry, replace(`"version":1`, `"version":9`)), "version 9"},
		"another architecture": {edit(architectureEntry, func(string) string { return string(other) }), "the architecture needs"},
		"no architecture":      {entries[1:], "architecture.json is missing"},
		"a huge variable":      {edit(metadataEntry, replace("12", "1200000000")), "checkpoint.json"},
		"weights cut":          {edit(weightsEntry, func(s string) string { return s[:len(s)-4] }), "bytes, its variables need"},
		"weights too long":     {edit(weightsEntry, func(s string) string { return s + s }), "more than the"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "forged.model")
			var archive bytes.Buffer
			if err := writeEntries(&archive, test.entries); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, archive.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(openGoBackend(t), path)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("Load: %v, want it to say %q and the path", err, test.want)
			}
		})
	}
}

func TestFailedSaveKeepsTheOldModel(t *testing.T) {
	m := trained(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "digits.model")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "missing")) // GoMLX has nowhere to write to.
	if err := m.Save(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Save: %v, want an error with the path", err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the old model changed")
	}
	if err := m.Save(filepath.Join(dir, "missing", "digits.model")); err == nil {
		t.Error("Save into a missing directory did not fail")
	}
}

// FuzzLoad feeds foreign bytes, as a whole file and as the entries of a sound archive.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"version":1}`), []byte(`{"Variables":[]}`), []byte("0000"))
	f.Add([]byte("PK\x03\x04"), []byte(`{"Variables":[{"ParameterName":"var:/encoder/0/weights","Dimensions":[-1]}]}`), []byte(""))
	b, err := Open("go")
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(f.TempDir(), "fuzz.model")
	f.Fuzz(func(t *testing.T, architecture, metadata, weights []byte) {
		var archive bytes.Buffer
		err := writeEntries(&archive, []entry{{architectureEntry, architecture}, {metadataEntry, metadata}, {weightsEntry, weights}})
		if err != nil {
			t.Fatal(err)
		}
		for _, content := range [][]byte{architecture, archive.Bytes()} {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if m, err := Load(b, path); (m == nil) == (err == nil) {
				t.Fatalf("Load gave model %v and error %v", m, err)
			}
		}
	})
}
