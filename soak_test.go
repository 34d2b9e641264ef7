package main

import (
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// longWithoutRaces leaves a test that computes much to a run of its own: the race detector makes training about seven
// times as slow. make test runs it so.
func longWithoutRaces(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("it computes too much for the race detector; make test runs it without")
	}
}

// soakVisits is how often labs are opened and left; with -short a quarter must do.
func soakVisits() int {
	const visits = 200
	if testing.Short() {
		return visits / 4
	}
	return visits
}

// soakGrowth is how many bytes more may be live after the last quarter of the visits than after the second one. It is
// less than what one model of the labs takes with its optimizer, in float32, and in those quarters each lab is left
// more than three times.
const soakGrowth = 4 << 20

// Where a learner leaves a lab: after a number of batches of events, or when there are no more.
const (
	atOnce   = 0
	atTheEnd = -1
)

// TestLabsLeaveNothingBehind opens and leaves all labs in turn, in one process as a server would: at once, among the
// first events, or when the first work has ended.
func TestLabsLeaveNothingBehind(t *testing.T) {
	longWithoutRaces(t)
	session := newSmallSession(t)
	session.digits = map[string]*lab.Digits{"": easyDigits(t, 20, 260, 0.1, 0.9, 7)}
	for id, set := range map[string]map[string]string{
		"builder": {"hidden": "16", "epochs": "1"}, "train": {"hidden": "16", "epochs": "1"},
		"bottleneck": {"epochs": "1"}, "vae-train": {"hidden": "16", "epochs": "1"},
		"noise-bench": {"epochs": "1", "examples": "20"}, "analogies": {"epochs": "1", "sentences": "1000"},
		"latent-map": {"references": "200", "queries": "50"},
	} {
		session.settings[id] = set
	}
	all := lab.All()
	ways := []int{atTheEnd, atOnce, 1, atOnce, 3, 1, 2} // in turn, one for each round of the labs
	visits := soakVisits()
	var others map[string]int
	var half uint64
	for i := range visits {
		stay(t, session, all[i%len(all)].ID, ways[i/len(all)%len(ways)])
		if i == visits/2 {
			others, half = settledGoroutines(t), liveHeap()
		}
	}
	for by, n := range settledGoroutines(t) {
		if n > others[by] {
			t.Errorf("%s started %d goroutines that are there since half of the visits", by, n-others[by])
		}
	}
	if end := liveHeap(); end > half+soakGrowth {
		t.Errorf("%d bytes are live after all visits, %d more than after half of them", end, end-half)
	}
}

// stay opens a lab, sets it to work and hands the messages of its commands back, each worked in a goroutine of its own as
// Bubble Tea does. It leaves the lab after some batches of events.
func stay(t *testing.T, session *smallSession, id string, batches int) {
	t.Helper()
	opened, err := session.open(lessons.Lab{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	var working sync.WaitGroup
	msgs, left, under := make(chan tea.Msg), make(chan struct{}), 0
	defer working.Wait()
	defer close(left)
	defer func() { opened.Close() }()
	work := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		under++
		working.Go(func() {
			msg := cmd()
			select {
			case msgs <- msg:
			case <-left:
			}
		})
	}
	update := func(msg tea.Msg) {
		next, cmd := opened.Update(msg)
		opened = next
		work(cmd)
	}
	work(opened.Init())
	if key := map[string]string{"matmul-race": "enter", "builder": "enter", "noise-bench": "t"}[id]; key != "" {
		update(keymap.Press(key))
	}
	for told := 0; under > 0 && told != batches; under-- {
		switch msg := (<-msgs).(type) {
		case nil:
		case tea.BatchMsg:
			for _, cmd := range msg {
				work(cmd)
			}
		case job.Msg:
			if msg.Err != nil {
				t.Errorf("%s: %v", id, msg.Err)
			}
			told++
			update(msg)
		default:
			update(msg)
		}
	}
}

// liveHeap is what is live after a collection, in bytes.
func liveHeap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

var created = regexp.MustCompile(`(?m)^created by (\S+).*\n`)

// goroutines counts goroutines by what started them.
func goroutines() map[string]int {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	counts := map[string]int{}
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if by := created.FindStringSubmatch(stack); by != nil {
			counts[by[1]]++
		}
	}
	return counts
}

// settledGoroutines waits until no goroutine of the labs or their engine is left and counts the others, which libraries
// keep for their next work. Close returns at once and nothing tells when the work that it stops has come to the end of
// its step, so it looks again and again.
func settledGoroutines(t *testing.T) map[string]int {
	t.Helper()
	limit := time.After(2 * time.Minute)
	for {
		runtime.GC() // It takes a while and lets the others run.
		counts := goroutines()
		left := 0
		for by, n := range counts {
			if strings.HasPrefix(by, "github.com/aetutor/") {
				left += n
			}
		}
		if left == 0 {
			return counts
		}
		select {
		case <-limit:
			t.Fatalf("%d goroutines of labs are left: %v", left, counts)
		default:
		}
	}
}
