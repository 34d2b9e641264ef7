package pack

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// lines are the lines of a text without blanks around them and without empty ones.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// TestRequirementsAreAetutorsOwn keeps learners on the versions that the workshop itself runs.
func TestRequirementsAreAetutorsOwn(t *testing.T) {
	for name, ours := range map[string]string{"go.mod": requirements, "go.sum": sums} {
		content, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		theirs := lines(strings.ReplaceAll(string(content), "// indirect", ""))
		for _, line := range lines(strings.ReplaceAll(ours, "// indirect", "")) {
			if !slices.Contains(theirs, line) {
				t.Errorf("%s does not have %q; bring requirements.mod and requirements.sum up to date", name, line)
			}
		}
	}
}

// tree are the files below a directory.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, path)
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAPackIsWhatWasPacked(t *testing.T) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	from, to := t.TempDir(), t.TempDir()
	if err := vendor(t.Context(), from, goCommand, "GOPROXY=off"); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := pack(&packed, from); err != nil {
		t.Fatal(err)
	}
	if err := unpack(bytes.NewReader(packed.Bytes()), to); err != nil {
		t.Fatal(err)
	}
	files := tree(t, to)
	if !reflect.DeepEqual(files, tree(t, from)) {
		t.Error("other files come out of the pack than went in")
	}
	for path := range files {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".bin") {
			t.Errorf("%s is in the pack, and nothing is built from it", path)
		}
	}
	for _, path := range packages() {
		if files["vendor/modules.txt"] == "" || !strings.Contains(files["vendor/modules.txt"], "\n"+path+"\n") {
			t.Errorf("%s is not in the pack", path)
		}
	}
	if err := unpack(bytes.NewReader(packed.Bytes()[:packed.Len()/2]), t.TempDir()); err == nil {
		t.Error("half of a pack is no error")
	}
}

func TestAnInterruptIsNoFaultOfTheModuleCache(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := vendor(ctx, t.TempDir(), "go"); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
