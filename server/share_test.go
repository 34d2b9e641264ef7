package server

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/lab"
)

// TestSessionsHaveSharesOfTheirOwn opens labs in two sessions of one learner and one of another.
func TestSessionsHaveSharesOfTheirOwn(t *testing.T) {
	w := workshop(t)
	var shares []*engine.Share
	w.OpenLab = func(share *engine.Share, _ lessons.Lab) (lab.Screen, error) {
		shares = append(shares, share)
		return nil, errors.New("there are no labs here")
	}
	c := Config{Listen: ":2222", State: t.TempDir(), CheckWorkers: 1, Limits: DefaultLimits()}
	c.Limits.Memory = 77 << 20
	s, err := New(c, w, slog.New(slog.DiscardHandler)) // It does not serve: its sessions are not needed.
	if err != nil {
		t.Fatal(err)
	}
	for _, learner := range []string{"ann", "ann", "bo"} {
		share := s.share(Learner{ID: learner})
		_, err := s.openLab(share)(lessons.Lab{})
		if err == nil || s.places.free != s.config.Limits.Labs {
			t.Fatalf("a lab that cannot open gives %v, %d places free", err, s.places.free)
		}
	}
	if shares[0] == shares[1] || shares[0].Owner != shares[1].Owner || shares[1].Owner == shares[2].Owner {
		t.Errorf("the shares are %v", shares)
	}
	if shares[2].Memory != 77<<20 {
		t.Errorf("a session may hold %d bytes, the limit is %d", shares[2].Memory, 77<<20)
	}
}

func TestSessionMemoryIsChecked(t *testing.T) {
	c := Config{Listen: ":2222", State: t.TempDir(), CheckWorkers: 1, Limits: DefaultLimits()}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	c.Limits.Memory = 0
	if err := c.Check(); err == nil || !strings.Contains(err.Error(), "--max-session-memory: has to be above 0") {
		t.Errorf("no memory for a session gives %v", err)
	}
}
