package server

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/charmbracelet/keygen"
	gossh "golang.org/x/crypto/ssh"
)

// maxKeysFile is how large a file of keys may be, in bytes.
const maxKeysFile = 4 << 20

// readKeys reads the keys of a file in authorized_keys format, by their fingerprints. Options before a key are passed
// over. An error names the line.
func readKeys(path string) (map[string]bool, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxKeysFile {
		return nil, fmt.Errorf("%s: larger than %d MiB", path, maxKeysFile>>20)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseKeys(path, text)
}

// parseKeys is readKeys for the text of a file.
func parseKeys(path string, text []byte) (map[string]bool, error) {
	keys := map[string]bool{}
	for number, line := range bytes.Split(text, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, _, _, _, err := gossh.ParseAuthorizedKey(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: not a public key; write a line as of ~/.ssh/id_ed25519.pub", path, number+1)
		}
		keys[gossh.FingerprintSHA256(key)] = true
	}
	return keys, nil
}

// keyFile is a file of keys that is read again when it changed. A file that can no longer be read keeps its last keys, and
// the error is told once.
type keyFile struct {
	path   string
	report func(error)

	mu       sync.Mutex
	keys     map[string]bool
	modified time.Time
	size     int64
	failed   bool
}

// newKeyFile reads path; "" is a file without keys.
func newKeyFile(path string, report func(error)) (*keyFile, error) {
	f := &keyFile{path: path, report: report}
	if path == "" {
		return f, nil
	}
	if err := f.read(); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *keyFile) read() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	if f.keys != nil && !f.failed && info.ModTime().Equal(f.modified) && info.Size() == f.size {
		return nil
	}
	keys, err := readKeys(f.path)
	if err != nil {
		return err
	}
	f.keys, f.modified, f.size = keys, info.ModTime(), info.Size()
	return nil
}

// has says whether the file holds the key with a fingerprint, as it is now.
func (f *keyFile) has(fingerprint string) bool {
	if f.path == "" {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.read()
	if err != nil && !f.failed {
		f.report(fmt.Errorf("the keys stay as they were: %w", err))
	}
	f.failed = err != nil
	return f.keys[fingerprint]
}

// hostKey reads the server's own key, which is made on the first start, for its owner alone.
func hostKey(path string) (gossh.Signer, error) {
	pair, err := keygen.New(path, keygen.WithKeyType(keygen.Ed25519), keygen.WithWrite())
	if err != nil {
		return nil, fmt.Errorf("the host key %s: %w; put a copy of it back, or move the file away: then a new key is made, "+
			"of which the ssh of each learner warns", path, err)
	}
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if exposed(runtime.GOOS, info.Mode(), 0o077) {
		return nil, fmt.Errorf("the host key %s can be read by others; run chmod 600 %s", path, path)
	}
	return pair.Signer(), nil
}
