package engine

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/checkpoint"
	gomlxoptimizer "github.com/gomlx/gomlx/ml/train/optimizer"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// A saved model is one zip file: architecture.json, and the two files of a GoMLX checkpoint. One file can be replaced
// in one step, and zip's checksums find damage.
const (
	architectureEntry = "architecture.json"
	metadataEntry     = "checkpoint.json"
	weightsEntry      = "checkpoint.bin"
)

// savedArchitecture is the content of architecture.json.
type savedArchitecture struct {
	Version      int          `json:"version"`
	Architecture Architecture `json:"architecture"`
}

const savedVersion = 1

// Save writes the model to path. A model that was there before stays whole until the new one is.
func (m *Model) Save(path string) error {
	entries, err := m.checkpoint()
	var content bytes.Buffer
	if err == nil {
		err = writeEntries(&content, entries)
	}
	if err == nil {
		err = atomicfile.Write(path, content.Bytes(), 0o600)
	}
	if err != nil {
		return fmt.Errorf("saving the model to %s: %w", path, err)
	}
	return nil
}

type entry struct {
	name    string
	content []byte
}

func writeEntries(w io.Writer, entries []entry) error {
	archive := zip.NewWriter(w)
	for _, e := range entries {
		f, err := archive.Create(e.name)
		if err != nil {
			return err
		}
		if _, err := f.Write(e.content); err != nil {
			return err
		}
	}
	return archive.Close()
}

// checkpoint lets GoMLX write the weights to a directory of its own and returns the files of a saved model.
func (m *Model) checkpoint() (entries []entry, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer recoverGraph(&err, "writing the checkpoint")
	dir, err := os.MkdirTemp("", "aetutor-checkpoint-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// Saving asks for the step counter and would make, and save, one that is not there any more.
	others := []*model.Variable{gomlxoptimizer.GetGlobalStepVar(m.store)}
	for v := range m.store.IterVariables() {
		if !v.Trainable {
			others = append(others, v)
		}
	}
	handler, err := checkpoint.Build(m.store).Dir(dir).ExcludeAllParams().ExcludeVars(others...).
		WithCompression(checkpoint.BinUncompressed).Done()
	if err != nil {
		return nil, err
	}
	if err := handler.Save(); err != nil {
		return nil, err
	}
	// The store keeps the handler as a source of variables; a later save must start from the store alone.
	m.store.SetLoader(nil)
	saved, err := json.Marshal(savedArchitecture{savedVersion, m.architecture})
	if err != nil {
		return nil, err
	}
	entries = []entry{{architectureEntry, saved}}
	for name, suffix := range map[string]string{
		metadataEntry: checkpoint.JsonNameSuffix, weightsEntry: checkpoint.BinDataSuffix,
	} {
		found, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("GoMLX wrote %d *%s files, want 1", len(found), suffix)
		}
		content, err := os.ReadFile(found[0])
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{name, content})
	}
	return entries, nil
}

// Load reads a model that Save wrote. A file that is damaged, or that is no model, is refused with its path and what is
// wrong with it.
func Load(b *Backend, path string) (m *Model, err error) {
	defer func() {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = fmt.Errorf("there is no model at %s: %w", path, err)
		case err != nil:
			err = fmt.Errorf("%s is not a usable model: %w; train it again or restore the file", path, err)
		}
	}()
	defer recoverGraph(&err, "reading the checkpoint")
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	a, err := readArchitecture(&archive.Reader)
	if err != nil {
		return nil, err
	}
	weights, err := readEntry(&archive.Reader, weightsEntry, int64(a.Parameters())*4)
	if err != nil {
		return nil, err
	}
	metadata, err := readEntry(&archive.Reader, metadataEntry, maxMetadata)
	if err != nil {
		return nil, err
	}
	if err := a.checkMetadata(metadata, len(weights)); err != nil {
		return nil, err
	}
	store := model.NewStore()
	saved := checkpoint.Build(store).FromEmbed(string(metadata), weights).ExcludeAllParams().Immediate()
	if _, err := saved.Done(); err != nil {
		return nil, err
	}
	store.SetLoader(nil)
	return newModel(b, a, store)
}

func readArchitecture(archive *zip.Reader) (Architecture, error) {
	content, err := readEntry(archive, architectureEntry, maxMetadata)
	if err != nil {
		return Architecture{}, err
	}
	var saved savedArchitecture
	if err := json.Unmarshal(content, &saved); err != nil {
		return Architecture{}, fmt.Errorf("%s: %w", architectureEntry, err)
	}
	if saved.Version != savedVersion {
		return Architecture{}, fmt.Errorf("%s has version %d, this program reads version %d", architectureEntry,
			saved.Version, savedVersion)
	}
	if err := saved.Architecture.Validate(); err != nil {
		return Architecture{}, fmt.Errorf("%s: %w", architectureEntry, err)
	}
	return saved.Architecture, nil
}

// maxMetadata bounds the JSON entries; a model of a hundred layers needs 40 KB.
const maxMetadata = 1 << 20

// readEntry reads one file of the archive and checks its checksum. It never reads more than limit bytes.
func readEntry(archive *zip.Reader, name string, limit int64) ([]byte, error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", name, err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("%s has more than the %d bytes that its architecture needs", name, limit)
	}
	return content, nil
}

// checkMetadata refuses a checkpoint whose variables are not the architecture's, before GoMLX makes room for them.
func (a Architecture) checkMetadata(metadata []byte, weightBytes int) error {
	var saved struct {
		Variables []struct {
			ParameterName string
			Dimensions    []int
			Pos, Length   int
		}
	}
	if err := json.Unmarshal(metadata, &saved); err != nil {
		return fmt.Errorf("%s: %w", metadataEntry, err)
	}
	var want, got []string
	for _, p := range a.parameters() {
		want = append(want, fmt.Sprintf("%s %v", p.path, p.dimensions))
	}
	end := 0
	for _, v := range saved.Variables {
		size := 4
		for _, n := range v.Dimensions {
			size *= n
		}
		if v.Pos != end || v.Length != size {
			return fmt.Errorf("%s puts %s at bytes %d to %d, it belongs at %d to %d", metadataEntry, v.ParameterName,
				v.Pos, v.Pos+v.Length, end, end+size)
		}
		end += size
		got = append(got, fmt.Sprintf("%s %v", variablePath(v.ParameterName), v.Dimensions))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		return fmt.Errorf("%s holds %s, the architecture needs %s", metadataEntry, strings.Join(got, ", "),
			strings.Join(want, ", "))
	}
	if end != weightBytes {
		return fmt.Errorf("%s has %d bytes, its variables need %d", weightsEntry, weightBytes, end)
	}
	return nil
}

// variablePath is the path of a variable without the mark that GoMLX's checkpoints put before it.
func variablePath(name string) string { return strings.TrimPrefix(name, "var:/") }
