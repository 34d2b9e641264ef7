package progress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// What an exported file says of itself.
const (
	documentFormat  = "aetutor-progress"
	documentVersion = 1
)

// maxDocument bounds what is read of a file; the progress of the whole workshop needs less than a tenth of it.
const maxDocument = 1 << 20

// header tells what a file is before the rest of it is read.
type header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

// document is an exported file.
type document struct {
	header
	Progress
}

// encode writes p as a file.
func encode(p Progress) []byte {
	content, err := json.MarshalIndent(document{header{documentFormat, documentVersion}, p}, "", "  ")
	if err != nil {
		// Only a value that is not finite or a year beyond 9999 cannot be written, and neither can be kept.
		panic(err)
	}
	return append(content, '\n')
}

// decode reads and checks a file. It never reads more than maxDocument bytes and one.
func decode(r io.Reader) (Progress, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err != nil {
		return Progress{}, err
	}
	if len(content) > maxDocument {
		return Progress{}, fmt.Errorf("the file has more than %d bytes, which no exported progress has", maxDocument)
	}
	var h header
	if err := json.Unmarshal(content, &h); err != nil {
		return Progress{}, notExported(err)
	}
	if h.Format != documentFormat {
		return Progress{}, notExported(fmt.Errorf("its format is %.40q, want %q", h.Format, documentFormat))
	}
	if h.Version != documentVersion {
		return Progress{}, fmt.Errorf("the file has version %d, this aetutor reads version %d; use the aetutor that exported it, "+
			"or a newer one", h.Version, documentVersion)
	}
	var d document
	strict := json.NewDecoder(bytes.NewReader(content))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&d); err != nil {
		return Progress{}, notExported(err)
	}
	for place, f := range d.all() {
		if err := cmp.Or(f.check(), checkKept(f)); err != nil {
			return Progress{}, fmt.Errorf("%s: %w", place, err)
		}
	}
	return d.Progress, nil
}

func notExported(err error) error {
	return fmt.Errorf("the file is not what aetutor progress export writes: %w; export once more, or name another file", err)
}

// writeBackup writes a new file into a directory and returns its path. It is on the disk when it returns.
func writeBackup(dir string, now time.Time, content []byte) (path string, err error) {
	return atomicfile.New(filepath.Join(dir, "progress-backup-"+stamp(now)), ".json", content, 0o600)
}
