package exercises

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aetutor/aetutor/exercises/pack"
)

// manifestName is the file by which a workspace is known.
const manifestName = ".aetutor.json"

// readme is the README.md of a workspace.
//
//go:embed workspace.md
var readme []byte

// manifest says what aetutor wrote into a workspace, so that it can tell what the learner changed.
type manifest struct {
	Files  map[string]string `json:"files"`  // paths with slashes, and the SHA-256 of what was written
	Vendor string            `json:"vendor"` // pack.ID of the directory vendor, "" without one
}

// Workspace is a directory with a learner's files.
type Workspace struct{ Dir string }

// Change is what Update did with a file.
type Change struct {
	Path string // with slashes
	What string // in a word or some: "added", "updated", "kept, you changed it", …
}

// FindWorkspace is the workspace that a directory lies in.
func FindWorkspace(dir string) (Workspace, bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Workspace{}, false
	}
	for {
		if info, err := os.Stat(filepath.Join(dir, manifestName)); err == nil && info.Mode().IsRegular() {
			return Workspace{dir}, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return Workspace{}, false
		}
		dir = parent
	}
}

// ErrOccupied says that a directory holds files of somebody's own.
var ErrOccupied = errors.New("the directory is not empty and no workspace")

// CreateWorkspace is the workspace in a directory, which it makes where it is missing. It holds no files yet.
func CreateWorkspace(dir string) (Workspace, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Workspace{}, err
	}
	w := Workspace{dir}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(entries) == 0:
	case err != nil:
		return w, err
	default:
		if _, err := os.Stat(filepath.Join(dir, manifestName)); err != nil {
			return w, fmt.Errorf("%s: %w; name a new directory or an empty one", dir, ErrOccupied)
		}
		return w, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return w, err
	}
	return w, w.save(manifest{Files: map[string]string{}})
}

// File is the path of an exercise's file.
func (w Workspace) File(e Exercise) string { return filepath.Join(w.Dir, filepath.FromSlash(e.Path())) }

// Update brings the workspace to the exercises of this aetutor. A file that the learner changed stays as it is. The
// toolchain is needed only where the program is not Packed.
func (w Workspace) Update(ctx context.Context, all []Exercise, tools Toolchain) ([]Change, error) {
	m, err := w.load()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"go.mod": pack.GoMod("workspace"), "README.md": readme}
	for _, e := range all {
		files[e.Path()] = e.Source
	}
	var changes []Change
	for _, name := range sortedKeys(files) {
		what, err := w.update(m, name, files[name])
		if err != nil {
			return changes, w.stopped(m, err)
		}
		if what != "" {
			changes = append(changes, Change{name, what})
		}
	}
	gone, err := w.removeOld(m, files)
	changes = append(changes, gone...)
	if err != nil {
		return changes, w.stopped(m, err)
	}
	// A copy of a workspace may lack the sources, as one in git does that ignores vendor.
	if _, err := os.Stat(filepath.Join(w.Dir, "vendor")); m.Vendor != pack.ID() || errors.Is(err, fs.ErrNotExist) {
		if err := w.vendor(ctx, tools.Command()); err != nil {
			return changes, w.stopped(m, fileError("writing", filepath.Join(w.Dir, "vendor"), err))
		}
		m.Vendor = pack.ID()
		changes = append(changes, Change{"vendor", "GoMLX's sources, written"})
	}
	return changes, w.save(m)
}

// stopped saves what an update did before it failed, and returns why that was.
func (w Workspace) stopped(m manifest, why error) error {
	// Where a full disk stopped it, this fails as well and has nothing to add. The next update knows its own files again.
	_ = w.save(m)
	return why
}

// update writes one file unless it is the learner's, and says what it did, "" for nothing.
func (w Workspace) update(m manifest, name string, content []byte) (string, error) {
	path := filepath.Join(w.Dir, filepath.FromSlash(name))
	written, known := m.Files[name]
	is, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fileError("reading", path, err)
	}
	missing := err != nil
	switch {
	case !missing && digest(is) == digest(content):
		m.Files[name] = digest(content)
		return "", nil
	case !missing && (!known || digest(is) != written):
		if written == digest(content) {
			return "", nil // It is theirs, and aetutor has nothing new.
		}
		return "kept as you changed it; this aetutor has a newer one", nil
	}
	if err := put(path, content); err != nil {
		return "", err
	}
	m.Files[name] = digest(content)
	switch {
	case !known:
		return "added", nil
	case missing:
		return "was missing, written again", nil
	default:
		return "updated", nil
	}
}

// removeOld removes the files that this aetutor has no more and the learner did not change.
func (w Workspace) removeOld(m manifest, files map[string][]byte) ([]Change, error) {
	var changes []Change
	for _, name := range sortedKeys(m.Files) {
		if _, ok := files[name]; ok {
			continue
		}
		path := filepath.Join(w.Dir, filepath.FromSlash(name))
		is, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			delete(m.Files, name)
			continue
		case err != nil:
			return changes, fileError("reading", path, err)
		case digest(is) != m.Files[name]:
			changes = append(changes, Change{name, "kept as you changed it; this aetutor has it no more"})
			delete(m.Files, name)
			continue
		}
		if err := os.Remove(path); err != nil {
			return changes, err
		}
		delete(m.Files, name)
		changes = append(changes, Change{name, "removed; this aetutor has it no more"})
	}
	return changes, nil
}

// vendor replaces the directory vendor.
func (w Workspace) vendor(ctx context.Context, goCommand string) error {
	scratch, err := os.MkdirTemp(w.Dir, ".vendor-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }() // What was of use in it was moved away.
	if err := pack.Extract(ctx, scratch, goCommand); err != nil {
		return err
	}
	target := filepath.Join(w.Dir, "vendor")
	if err := os.RemoveAll(target); err != nil {
		return err
	}
	return os.Rename(filepath.Join(scratch, "vendor"), target)
}

// Reset puts an exercise's file back as it was written, and keeps what is there now as a file beside it. backup is its
// path, "" where there was nothing to keep.
func (w Workspace) Reset(e Exercise) (backup string, err error) {
	path := w.File(e)
	is, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(is, e.Source) {
		if backup, err = w.Keep(e, is); err != nil {
			return "", err
		}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fileError("reading", path, err)
	}
	if err := w.Write(e, e.Source); err != nil {
		return backup, err
	}
	m, err := w.load()
	if err != nil {
		return backup, err
	}
	m.Files[e.Path()] = digest(e.Source)
	return backup, w.save(m)
}

func (w Workspace) load() (manifest, error) {
	path := filepath.Join(w.Dir, manifestName)
	content, err := os.ReadFile(path)
	if err != nil {
		return manifest{}, fileError("reading", path, err)
	}
	m := manifest{}
	if err := json.Unmarshal(content, &m); err != nil {
		return m, fmt.Errorf("%s is damaged: %w; delete it, make a new workspace and copy your files there", path, err)
	}
	if m.Files == nil {
		m.Files = map[string]string{}
	}
	return m, nil
}

func (w Workspace) save(m manifest) error {
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return put(filepath.Join(w.Dir, manifestName), append(content, '\n'))
}

// digest is the SHA-256 of a file without the carriage returns that some editors add.
func digest(content []byte) string {
	sum := sha256.Sum256([]byte(strings.ReplaceAll(string(content), "\r\n", "\n")))
	return hex.EncodeToString(sum[:])
}
