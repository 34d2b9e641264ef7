package jail

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	Main()
	os.Exit(m.Run())
}

func TestSmoke(t *testing.T) {
	dir := t.TempDir()
	j, err := New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	goroot := strings.TrimSpace(string(o))
	for _, d := range []string{"cache", "tmp", "src"} {
		os.Mkdir(filepath.Join(dir, d), 0o755)
	}
	os.WriteFile(dir+"/src/main.go", []byte("package main\nimport \"fmt\"\nfunc main(){fmt.Println(1)}\n"), 0o644)
	os.WriteFile(dir+"/src/go.mod", []byte("module x\ngo 1.27\n"), 0o644)
	r, err := j.Run(t.Context(), Command{Path: goroot + "/bin/go", Args: []string{"build", "-o", dir + "/tmp/out", "."}, Dir: dir + "/src",
		Exec: []string{goroot}, Read: []string{dir + "/src"}, Write: []string{dir + "/cache", dir + "/tmp"},
		Env: []string{"GOROOT=" + goroot, "GOCACHE=" + dir + "/cache", "TMPDIR=" + dir + "/tmp", "CGO_ENABLED=0", "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=-mod=mod", "GOENV=off", "HOME=/nonexistent", "GOTELEMETRY=off",
			"GOPATH=/nonexistent", "GOEXPERIMENT=simd"}})
	t.Logf("%v %+v %s %s %s", err, r, r.Stdout, r.Stderr, r.Answers)
	r, err = j.Run(t.Context(), Command{Path: dir + "/tmp/out"})
	t.Logf("%v %+v %s %s %s", err, r, r.Stdout, r.Stderr, r.Answers)
}
