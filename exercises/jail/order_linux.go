package jail

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// The files that the inner process is given beside the standard ones. The program keeps the answers only.
const (
	answersFile = 3
	orderFile   = 4 // The order as JSON; its other end stays open for as long as the parent lives.
	reportFile  = 5 // The words startReport, and what went wrong if the report goes on after them or has others.
)

// startReport comes right before the program takes over, which closes the report.
const startReport = "starting"

// unprivileged is the user and group id that the program gets when aetutor runs as root: that of nobody.
const unprivileged = 65534

// order is what the inner process is to do.
type order struct {
	Layers   layers
	Path     string
	Args     []string
	Env      []string
	Dir      string
	Trees    []tree
	Limits   Limits
	Compiler bool // Whether it may start the programs in its trees.
	Try      bool // Put up all layers, report which of them failed and end.
}

// layers are the protections that the inner process puts up or finds around itself.
type layers struct {
	Spaces   uintptr // The namespaces, as flags of clone.
	Root     bool    // A file system of its own that holds nothing but the trees.
	Landlock int     // The version of its interface, 0 for none.
	Seccomp  bool
	DropID   bool // Change to the unprivileged id, from root.
}

// access is what a program may do in a tree.
type access int

const (
	toRead access = 1 << iota
	toWrite
	toExecute
	isDevice
)

// tree is a file or a directory with all below it.
type tree struct {
	Path   string
	Access access
}

func (c Command) order(l layers) (order, error) {
	o := order{
		Layers: l, Path: c.Path, Args: append([]string{c.Path}, c.Args...), Env: append(slices.Clone(c.Env), AnswersEnv+"=3"),
		Dir: cmp.Or(c.Dir, "/"), Limits: c.Limits, Compiler: len(c.Exec) > 0,
	}
	all := map[string]access{c.Path: toRead | toExecute, os.DevNull: toRead | toWrite | isDevice}
	for list, given := range map[access][]string{
		toRead: c.Read, toRead | toWrite: c.Write, toRead | toExecute: c.Exec,
	} {
		for _, path := range given {
			all[filepath.Clean(path)] |= list
		}
	}
	for path, access := range all {
		o.Trees = append(o.Trees, tree{Path: path, Access: access})
		// The path without symbolic links has to be there too, for a program that asks where it is.
		resolved, err := filepath.EvalSymlinks(path)
		if err != nil {
			return order{}, err
		}
		if _, given := all[resolved]; !given {
			o.Trees = append(o.Trees, tree{Path: resolved, Access: access})
		}
	}
	// A tree comes before the ones inside it.
	slices.SortFunc(o.Trees, func(a, b tree) int { return cmp.Compare(a.Path, b.Path) })
	return o, nil
}

func (l layers) has(space uintptr) bool { return l.Spaces&space != 0 }

// allSpaces are the namespaces that the jail asks for.
const allSpaces = unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_NEWIPC |
	unix.CLONE_NEWUTS
