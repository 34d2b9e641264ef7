package jail

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// protections are the layers that the system gives, and for those that it does not, why.
type protections struct {
	layers layers
	why    map[string]string // by the name of the layer
}

// The names of the layers, as a person reads them.
const (
	layerUser     = "user namespace"
	layerPID      = "process namespace"
	layerNet      = "network namespace"
	layerMount    = "mount namespace"
	layerIPC      = "IPC namespace"
	layerUTS      = "host name namespace"
	layerRoot     = "file system of its own"
	layerLandlock = "Landlock"
	layerSeccomp  = "system call filter (seccomp)"
	layerLimits   = "resource limits"
	layerDrop     = "dropped privileges"
	layerWatch    = "watch over memory and processes"
)

type space struct {
	flag           uintptr
	name, purpose  string
	servesBoundary bool
}

func spaces() []space {
	return []space{
		{unix.CLONE_NEWUSER, layerUser, "gives it no rights outside, and lets users who are not root have the others", true},
		{unix.CLONE_NEWPID, layerPID, "hides all other processes and ends all of its own at once", true},
		{unix.CLONE_NEWNET, layerNet, "takes away the network, this machine's own services included", true},
		{unix.CLONE_NEWNS, layerMount, "lets it have a file system of its own", true},
		{unix.CLONE_NEWIPC, layerIPC, "separates shared memory and message queues", false},
		{unix.CLONE_NEWUTS, layerUTS, "hides the host's name", false},
	}
}

// trial is what went wrong for each layer that the inner process put up, empty for what worked.
type trial map[string]string

// try puts up one layer after the other.
func try(o order) trial {
	failed := trial{}
	note := func(name string, err error) {
		if err != nil {
			failed[name] = err.Error()
		}
	}
	if o.Layers.Root {
		note(layerRoot, enterRoot(o.Trees))
	}
	note(layerLimits, limitFirst(o.Limits))
	note(layerDrop, dropPrivileges(o.Layers.DropID))
	if o.Layers.Landlock > 0 {
		note(layerLandlock, restrictPaths(o.Layers.Landlock, o.Trees))
	}
	filter, err := newFilter(o)
	note(layerSeccomp, err)
	note(layerLimits, limitLast(o))
	if err == nil {
		note(layerSeccomp, filter.load())
	}
	return failed
}

// measure finds the largest set of layers that works.
func measure(ctx context.Context) (protections, error) {
	root := os.Getuid() == 0
	drop, err := canDrop()
	if err != nil {
		return protections{}, err
	}
	found := protections{
		layers: layers{DropID: root && drop, Landlock: landlockVersion(), Seccomp: true}, why: map[string]string{},
	}
	found.findSpaces(root)
	if err := ctx.Err(); err != nil {
		return found, err
	}
	found.layers.Root = found.layers.has(unix.CLONE_NEWNS)
	if !found.layers.Root {
		found.why[layerRoot] = "it needs the mount namespace"
	}
	failed, err := attempt(found.layers)
	if err != nil {
		return found, err
	}
	for name, why := range failed {
		found.why[name] = why
	}
	if found.why[layerLimits] != "" || found.why[layerDrop] != "" {
		return found, fmt.Errorf("limits or privileges: %s %s", found.why[layerLimits], found.why[layerDrop])
	}
	found.layers.Root = found.layers.Root && failed[layerRoot] == ""
	found.layers.Seccomp = failed[layerSeccomp] == ""
	switch {
	case found.layers.Landlock == 0:
		found.why[layerLandlock] = fmt.Sprintf("the kernel has no Landlock, or one older than version %d", oldestLandlock)
	case failed[layerLandlock] != "":
		found.layers.Landlock = 0
	}
	return found, nil
}

// canDrop is whether the unprivileged id exists. In a container of a user who is not root it need not: there root is
// that user, and has no rights outside to be dropped.
func canDrop() (bool, error) {
	for _, path := range []string{"/proc/self/uid_map", "/proc/self/gid_map"} {
		text, err := os.ReadFile(path)
		if err != nil {
			return false, err
		}
		exists := false
		for line := range strings.Lines(string(text)) {
			var inside, outside, size int64
			if _, err := fmt.Sscan(line, &inside, &outside, &size); err != nil {
				return false, fmt.Errorf("%s says %q: %w", path, line, err)
			}
			exists = exists || inside <= unprivileged && unprivileged < inside+size
		}
		if !exists {
			return false, nil
		}
	}
	return true, nil
}

// findSpaces asks for all namespaces at once and, when that is refused, for one at a time.
func (p *protections) findSpaces(root bool) {
	p.layers.Spaces = allSpaces
	if _, err := attempt(p.layers); err == nil {
		return
	}
	p.layers.Spaces = 0
	for _, space := range spaces() {
		if space.flag != unix.CLONE_NEWUSER && !root && !p.layers.has(unix.CLONE_NEWUSER) {
			p.why[space.name] = "it needs the user namespace"
			continue
		}
		more := p.layers
		more.Spaces |= space.flag
		if _, err := attempt(more); err != nil {
			p.why[space.name] = err.Error()
			continue
		}
		p.layers = more
	}
}

// attempt starts an inner process with some layers, which puts them up and ends.
func attempt(l layers) (trial, error) {
	o := order{
		Layers: l, Limits: ProgramLimits(), Try: true,
		Trees: []tree{{Path: os.DevNull, Access: toRead | toWrite | isDevice}},
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer null.Close() //nolint:errcheck // Nothing was written to it.
	cmd, report, err := startInner(o, []*os.File{nil, null, null, null})
	if err != nil {
		return nil, err
	}
	// The inner process returns no status worth knowing; its report says all.
	_ = cmd.Wait()
	failed := trial{}
	if err := json.Unmarshal(report, &failed); err != nil {
		return nil, fmt.Errorf("the inner process reports %q; does main call jail.Main first? %w", report, err)
	}
	return failed, nil
}

func (p protections) list() []Protection {
	const namespaces = "Allow namespaces for unprivileged users (sysctl user.max_user_namespaces, " +
		"kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns), or, in a container, a seccomp " +
		"profile that allows them."
	var all []Protection
	for _, space := range spaces() {
		all = append(all, Protection{
			Name: space.name, Does: space.purpose, On: p.layers.has(space.flag), Fix: namespaces, Boundary: space.servesBoundary,
		})
	}
	all = append(all,
		Protection{
			Name: layerRoot, Does: "shows no file but those that it is given", On: p.layers.Root, Fix: namespaces,
			Boundary: true,
		},
		Protection{
			Name: layerLandlock, Does: "stops reading, writing and starting any other file", On: p.layers.Landlock > 0,
			Fix: "Use Linux 6.2 or later with landlock in its list of security modules (boot option lsm=).", Boundary: true,
		},
		Protection{
			Name: layerSeccomp, Does: "stops sockets, tracing, new processes and whatever else needs the kernel",
			On: p.layers.Seccomp, Fix: "Use a kernel with CONFIG_SECCOMP_FILTER.", Boundary: true,
		},
		Protection{Name: layerDrop, Does: "takes away all rights of an administrator", On: true, Boundary: true},
		Protection{
			Name: layerLimits, Does: "bounds computing time, memory, threads, open files and the size of files", On: true,
			Boundary: true,
		},
		watchProtection(),
	)
	for i := range all {
		if all[i].On {
			all[i].Fix = ""
		} else if all[i].Note == "" {
			all[i].Note = p.why[all[i].Name]
		}
		if all[i].Name == layerLandlock && all[i].On {
			all[i].Note = "version " + strconv.Itoa(p.layers.Landlock)
		}
	}
	return all
}

// watchProtection needs to see which processes a process has started.
func watchProtection() Protection {
	p := Protection{
		Name: layerWatch, Does: "ends it at its limits, and tells which one it was", Boundary: true,
		Fix: "Mount /proc so that aetutor sees it, on a kernel with CONFIG_PROC_CHILDREN.",
	}
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(lists) == 0 {
		p.Note = "/proc does not tell which processes a process has started"
		return p
	}
	p.On = true
	return p
}
