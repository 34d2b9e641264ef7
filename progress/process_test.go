package progress

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// The variables that make the test binary a process that writes: the path, its name, and how many facts of each kind.
const (
	writePath  = "PROGRESS_TEST_PATH"
	writeName  = "PROGRESS_TEST_NAME"
	writeCount = "PROGRESS_TEST_COUNT"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writePath); path != "" {
		count, err := strconv.Atoi(os.Getenv(writeCount))
		if err == nil {
			err = writeFacts(os.Stdout, path, os.Getenv(writeName), count)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writeFacts records fact after fact and acknowledges each with a line.
func writeFacts(w io.Writer, path, name string, count int) error {
	s, notice, err := Open(path)
	if err != nil {
		return err
	}
	if notice != "" {
		return fmt.Errorf("%s: %s", name, notice)
	}
	for n := range count {
		if err := s.Record("", PageRead{Page: fmt.Sprintf("%s/%d", name, n)}, Spent{Lesson: name, Duration: time.Second}); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, n); err != nil {
			return err
		}
	}
	return s.Close()
}

// writer prepares a process that writes.
func writer(t *testing.T, path, name string, count int) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), writePath+"="+path, writeName+"="+name, writeCount+"="+strconv.Itoa(count))
	cmd.Stderr = os.Stderr
	return cmd
}

// TestProcessesLoseNothing lets processes begin the same file at once and write to it, beside goroutines of this one.
func TestProcessesLoseNothing(t *testing.T) {
	const processes, count = 4, 50
	path := filepath.Join(t.TempDir(), "state", "progress.db")
	var started []*exec.Cmd
	for n := range processes {
		cmd := writer(t, path, fmt.Sprintf("process%d", n), count)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		started = append(started, cmd)
	}
	s := open(t, path)
	done := make(chan error)
	for n := range processes {
		go func() {
			var err error
			for i := 0; i < count && err == nil; i++ {
				err = s.Record("", PageRead{Page: fmt.Sprintf("goroutine%d/%d", n, i)}, Spent{Lesson: "goroutines", Duration: time.Second})
			}
			done <- err
		}()
	}
	for range processes {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for _, cmd := range started {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	p := load(t, s, "")
	if len(p.Pages) != 2*processes*count {
		t.Errorf("%d pages are kept, want %d", len(p.Pages), 2*processes*count)
	}
	if got := p.SpentOn("goroutines"); got != processes*count*time.Second {
		t.Errorf("the goroutines spent %v", got)
	}
	for n := range processes {
		if got := p.SpentOn(fmt.Sprintf("process%d", n)); got != count*time.Second {
			t.Errorf("process %d spent %v", n, got)
		}
	}
}

// TestKilledProcessLosesNothing kills a process that writes, at random moments from its start on, again and again on the
// same file. What it acknowledged is there, and the file is whole.
func TestKilledProcessLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "state", "progress.db")
	acknowledged := map[string]int{} // for each process, how many facts
	for n := range 20 {
		name := fmt.Sprintf("process%d", n)
		cmd := writer(t, path, name, 1_000_000)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Every third dies around its opening of the file, the others after some facts.
		lines := bufio.NewScanner(out)
		if n%3 != 0 {
			for range 1 + random.IntN(40) {
				if !lines.Scan() {
					t.Fatalf("process %d ended by itself", n)
				}
				acknowledged[name]++
			}
		}
		time.Sleep(time.Duration(random.IntN(20_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // Every line was written whole, for a pipe takes a few bytes at once.
			acknowledged[name]++
		}
		if err := cmd.Wait(); err == nil {
			t.Fatalf("process %d ended by itself", n)
		}

		s := open(t, path) // It gives no notice: the file is not damaged.
		p := load(t, s, "")
		kept := map[string]bool{}
		for _, f := range p.Pages {
			kept[f.Page] = true
		}
		for name, count := range acknowledged {
			for i := range count {
				if page := fmt.Sprintf("%s/%d", name, i); !kept[page] {
					t.Errorf("after process %d: %s was acknowledged and is not kept", n, page)
				}
			}
			// A fact that was kept but not acknowledged any more is whole, too: both of its parts are there.
			if got := p.SpentOn(name); got != time.Second*time.Duration(count) && got != time.Second*time.Duration(count+1) {
				t.Errorf("after process %d: %s spent %v, and acknowledged %d s", n, name, got, count)
			}
		}
		closed(t, s)
	}
	if len(acknowledged) < 10 {
		t.Errorf("%d processes acknowledged anything", len(acknowledged))
	}
}
