package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/aetutor/aetutor"

// floor says how high a room lies; a package may import rooms below its own only.
func floor() map[string]int {
	return map[string]int{
		"data": 0, "engine": 1, "lab": 2, "lessons": 2, "exercises": 2, "progress": 1, "tui": 3, "plain": 3,
		"server": 4, "": 5,
		// What writes files whole, and what makes the project's own files and drives the program from outside.
		"internal": 0,
	}
}

// confined lists the rooms that may import the modules with a prefix.
func confined() map[string][]string {
	return map[string][]string{
		"charm.land/":                {"tui", "server", ""},
		"github.com/charmbracelet/":  {"tui", "server", "internal", ""},
		"github.com/gomlx/":          {"engine"},
		"gonum.org/":                 {"engine"},
		"github.com/NVIDIA/go-nvml":  {"engine"},
		"github.com/guptarohit/":     {"tui"},
		"github.com/spf13/cobra":     {""},
		"github.com/fsnotify/":       {"lessons", "exercises"},
		"modernc.org/sqlite":         {"progress"},
		"github.com/disintegration/": {"engine"},
	}
}

type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// room is the first part of a package's path within the module: "tui" for tui/page, "" for the command.
func room(path string) (string, bool) {
	rest, ours := strings.CutPrefix(path, module)
	first, _, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
	return first, ours
}

// faults are the imports of a package that go the wrong way, or that leave a library's rooms.
func faults(p listed) []string {
	var found []string
	from, _ := room(p.ImportPath)
	height, known := floor()[from]
	if !known {
		return []string{"no floor is given for the room " + from}
	}
	for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
		if to, ours := room(path); ours && to != from && floor()[to] >= height {
			found = append(found, "imports "+path+", which is not below it")
		}
		for prefix, rooms := range confined() {
			if strings.HasPrefix(path, prefix) && !slices.Contains(rooms, from) {
				found = append(found, "imports "+path+", which belongs into "+strings.Join(rooms, ", "))
			}
		}
	}
	return found
}

func TestImportsGoDown(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := 0
	for stream := json.NewDecoder(bytes.NewReader(out)); ; packages++ {
		var p listed
		if err := stream.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults(p) {
			t.Errorf("%s %s", p.ImportPath, fault)
		}
	}
	if packages < 10 {
		t.Errorf("go list names %d packages only", packages)
	}
}

func TestImportsThatGoUpAreFound(t *testing.T) {
	for name, p := range map[string]listed{
		"up":              {ImportPath: module + "/data", Imports: []string{module + "/engine"}},
		"sideways":        {ImportPath: module + "/lab", Imports: []string{module + "/lessons"}},
		"up in a test":    {ImportPath: module + "/engine", XTestImports: []string{module + "/tui/theme"}},
		"charm in engine": {ImportPath: module + "/engine", Imports: []string{"charm.land/lipgloss/v2"}},
		"charm in plain":  {ImportPath: module + "/plain", Imports: []string{"charm.land/bubbletea/v2"}},
		"plain on tui":    {ImportPath: module + "/plain", Imports: []string{module + "/tui/theme"}},
		"GoMLX in tui":    {ImportPath: module + "/tui/lab/train", TestImports: []string{"github.com/gomlx/gomlx/core/graph"}},
		"unknown room":    {ImportPath: module + "/utils"},
	} {
		if len(faults(p)) != 1 {
			t.Errorf("%s: found %q, want one fault", name, faults(p))
		}
	}
	if found := faults(listed{ImportPath: module + "/tui/page", Imports: []string{module + "/lessons", "charm.land/glamour/v2"}}); found != nil {
		t.Errorf("found %q in imports that go down", found)
	}
}

// TestReadmeTellsTheFloors compares the README's map of the rooms with floor.
func TestReadmeTellsTheFloors(t *testing.T) {
	content, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, m := range regexp.MustCompile("(?m)^\\| (\\d) \\| `(\\w+)` \\|").FindAllStringSubmatch(string(content), -1) {
		height, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		told[strings.TrimPrefix(m[2], "main")] = height
	}
	if !maps.Equal(told, floor()) {
		t.Errorf("the README's floors are %v, want %v", told, floor())
	}
}
