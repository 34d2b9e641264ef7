package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// Learner is somebody who comes with a key.
type Learner struct {
	ID     string    `json:"id"` // the fingerprint of the first key; the store knows the learner by it
	Name   string    `json:"name"`
	Keys   []string  `json:"keys"` // fingerprints, the first one first
	Joined time.Time `json:"joined"`
}

// The bounds of a roster: a class is some dozens, and a learner has a laptop or two.
const (
	maxLearners = 10_000
	maxOwnKeys  = 8
)

// roster knows the learners by their keys. What it tells as done is on the disk.
type roster struct {
	path     string
	failures *failures

	mu       sync.Mutex
	learners map[string]*Learner // by id
	owners   map[string]*Learner // by fingerprint
	links    map[string]link     // codes by which a learner joins another key
}

// link is a code that a learner asked for on one machine to join the key of another.
type link struct {
	owner string
	until time.Time
}

const linkTime = 10 * time.Minute

// openRoster reads the roster of a file, which need not exist.
func openRoster(path string, f *failures) (*roster, error) {
	r := &roster{
		path: path, failures: f,
		learners: map[string]*Learner{}, owners: map[string]*Learner{}, links: map[string]link{},
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the learners: %w", err)
	}
	var all []*Learner
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("reading the learners: %s: %w; move the file away to begin anew", path, err)
	}
	for i, l := range all {
		if l == nil || l.ID == "" || len(l.Keys) == 0 || slices.Contains(l.Keys, "") {
			return nil, fmt.Errorf("reading the learners: %s: entry %d has no id or no key; move the file away to begin anew", path, i+1)
		}
		r.add(l)
	}
	return r, nil
}

func (r *roster) add(l *Learner) {
	r.learners[l.ID] = l
	for _, key := range l.Keys {
		r.owners[key] = l
	}
}

// find is the learner with a key.
func (r *roster) find(key string) (Learner, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, ok := r.owners[key]
	if !ok {
		return Learner{}, false
	}
	return l.copy(), true
}

func (l *Learner) copy() Learner {
	c := *l
	c.Keys = slices.Clone(l.Keys)
	return c
}

// all are the learners by their ids.
func (r *roster) all() []Learner {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []Learner
	for _, id := range slices.Sorted(maps.Keys(r.learners)) {
		out = append(out, r.learners[id].copy())
	}
	return out
}

// join makes a learner of a new key.
func (r *roster) join(key, name string) (Learner, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, ok := r.owners[key]; ok { // Two first sessions at once.
		return known.copy(), nil
	}
	if len(r.learners) >= maxLearners {
		return Learner{}, fmt.Errorf("this server has its %d learners; ask the teacher for room", maxLearners)
	}
	l := &Learner{ID: key, Name: r.free(name, ""), Keys: []string{key}, Joined: time.Now().UTC().Truncate(time.Second)}
	r.add(l)
	if err := r.save(); err != nil {
		delete(r.learners, l.ID)
		delete(r.owners, key)
		return Learner{}, err
	}
	return l.copy(), nil
}

// rename gives a learner another name.
func (r *roster) rename(id, name string) (Learner, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.learners[id]
	if l == nil {
		return Learner{}, errors.New("this learner is not known any more")
	}
	before := l.Name
	l.Name = r.free(name, id)
	if err := r.save(); err != nil {
		l.Name = before
		return Learner{}, err
	}
	return l.copy(), nil
}

// free is the name, with a number where somebody else has it or one that is seen as the same.
func (r *roster) free(name, id string) string {
	taken := map[string]bool{}
	for _, l := range r.learners {
		if l.ID != id {
			taken[seenName(l.Name)] = true
		}
	}
	for n, wanted := 2, name; ; n++ {
		if !taken[seenName(wanted)] {
			return wanted
		}
		suffix := fmt.Sprintf(" %d", n)
		wanted = Clean(name, maxName-len(suffix)) + suffix
	}
}

// offer makes a code by which another key becomes one of the learner's.
func (r *roster) offer(id, code string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c, l := range r.links {
		if l.owner == id || now.After(l.until) {
			delete(r.links, c)
		}
	}
	r.links[code] = link{id, now.Add(linkTime)}
}

// redeem joins a key to the learner who was given code. A code works once.
func (r *roster) redeem(key, code string, now time.Time) (Learner, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, ok := r.links[code]
	owner := r.learners[l.owner]
	switch {
	case !ok || now.After(l.until) || owner == nil:
		return Learner{}, errors.New("this code is not known or too old; ask for a new one with: ssh … link")
	case r.owners[key] != nil:
		return Learner{}, errors.New("this key belongs to a learner already")
	case len(owner.Keys) >= maxOwnKeys:
		return Learner{}, fmt.Errorf("a learner may have %d keys, and these are all in use", maxOwnKeys)
	}
	delete(r.links, code)
	owner.Keys = append(owner.Keys, key)
	r.owners[key] = owner
	if err := r.save(); err != nil {
		owner.Keys = owner.Keys[:len(owner.Keys)-1]
		delete(r.owners, key)
		return Learner{}, err
	}
	return owner.copy(), nil
}

// save keeps all learners.
func (r *roster) save() error {
	var all []*Learner
	for _, id := range slices.Sorted(maps.Keys(r.learners)) {
		all = append(all, r.learners[id])
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err == nil {
		err = atomicfile.Write(r.path, append(text, '\n'), 0o600)
	}
	return r.failures.of("keeping the learners", err)
}
