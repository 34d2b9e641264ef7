package server

import (
	"log/slog"
	"sync"
	"time"
)

// errServer is what a learner hears when the server cannot do something that it should. The reason names files of the
// server and what is wrong with its disk; a learner can do nothing about that.
var errServer = refusal{"the server cannot do this at present, for a reason that its log tells; tell your teacher"}

// sayAgain is how often the log tells of failures of one kind; a disk that is full fails every learner at every page.
const sayAgain = time.Minute

// failures tells the log why the server cannot do something.
type failures struct {
	log *slog.Logger

	mu   sync.Mutex
	told map[string]time.Time // when the log was told, by what failed
}

func newFailures(log *slog.Logger) *failures {
	return &failures{log: log, told: map[string]time.Time{}}
}

// of tells the log of an error, and returns what a learner hears of it; nil for nil. doing says what failed.
func (f *failures) of(doing string, err error) error {
	if err == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); now.Sub(f.told[doing]) >= sayAgain {
		f.told[doing] = now
		f.log.Error(doing+" failed", "error", err)
	}
	return errServer
}
