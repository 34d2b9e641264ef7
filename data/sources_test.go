package data

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// readOracle reads testdata/NAME.json, which testdata/NAME.py wrote.
func readOracle(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func TestSourcesNameEachFile(t *testing.T) {
	text, err := os.ReadFile("SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	var named, files []string
	for _, row := range regexp.MustCompile(`(?m)^\| (\S+) \| (\d+) \| (\S+) \|`).FindAllStringSubmatch(string(text), -1) {
		named = append(named, row[1])
		content, err := os.ReadFile(row[1])
		if err != nil {
			t.Error(err)
			continue
		}
		if fmt.Sprint(len(content)) != row[2] || sum(content) != row[3] {
			t.Errorf("%s has %d bytes and SHA-256 %s, SOURCES.md says %s and %s", row[1], len(content), sum(content), row[2], row[3])
		}
	}
	for _, dir := range []string{"mnist", "fashion", "cancer", "ecg"} {
		found, err := filepath.Glob(dir + "/*")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	slices.Sort(named)
	slices.Sort(files)
	if !slices.Equal(named, files) {
		t.Errorf("SOURCES.md names %q, the directories hold %q", named, files)
	}
}
