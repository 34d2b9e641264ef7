package progress

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// SQLite is a Store in a SQLite database.
//
// The database has a write-ahead log and synchronous=NORMAL: a fact is handed to the operating system before Record
// returns, so it survives the end of the process at any moment, kill -9 included. A power cut or a crash of the system
// may take the facts of the last moments with it, up to the last 1000 pages of the log, but leaves a database that is
// whole (https://sqlite.org/pragma.html#pragma_synchronous). Waiting for the disk at each page turned would cost more.
type SQLite struct {
	db   *sql.DB
	path string // "" in memory
	now  func() time.Time
}

// busyTimeout is how long a writer waits for others. Each of them needs about a millisecond.
const busyTimeout = 10 * time.Second

// OpenMemory makes a store that is gone when it is closed, for tests and for learners whose progress cannot be kept.
func OpenMemory() (*SQLite, error) {
	s, err := connect("")
	if err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s, nil
}

// prepare turns the log on, which the file remembers, and brings the tables forward.
func (s *SQLite) prepare() error {
	if _, err := s.db.Exec("PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	return migrate(s.db, schema())
}

// connect prepares the use of the database in a file that exists, by its absolute path, or of one in memory. It touches
// nothing before the first statement.
func connect(path string) (*SQLite, error) {
	name := url.URL{Scheme: "file", Opaque: ":memory:"}
	query := url.Values{
		"_busy_timeout": {fmt.Sprint(busyTimeout.Milliseconds())},
		"_synchronous":  {"NORMAL"},
		"_txlock":       {"immediate"}, // A transaction that reads, then writes, must not find that another wrote between.
		"_error_rc":     {"1"},         // Without it an error may carry the text of an earlier one.
	}
	if path != "" {
		slashed := filepath.ToSlash(path)
		if !strings.HasPrefix(slashed, "/") { // C:/Users becomes /C:/Users.
			slashed = "/" + slashed
		}
		name = url.URL{Scheme: "file", Path: slashed}
		query.Set("mode", "rw") // SQLite would make a missing file readable for everybody.
	}
	name.RawQuery = query.Encode()
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	// One connection serves the sessions of a process in their order. Several would wait for each other's locks by
	// sleeping, and a database in memory belongs to its connection.
	db.SetMaxOpenConns(1)
	return &SQLite{db: db, path: path, now: time.Now}, nil
}

// Close ends the use of the store.
func (s *SQLite) Close() error { return s.explain("closing the progress", s.db.Close()) }

// Record keeps facts that have just happened; see Store.
func (s *SQLite) Record(learner string, facts ...Fact) error {
	err := checkLearner(learner)
	for _, f := range facts {
		err = cmp.Or(err, f.check())
	}
	if err != nil {
		return fmt.Errorf("keeping progress: %w", err)
	}
	return s.transact("keeping progress", learner, writing, func(tx transaction) error {
		for _, f := range facts {
			at, origin, err := tx.tick(s.now())
			if err != nil {
				return err
			}
			f = f.noted(at, origin)
			if spent, ok := f.(Spent); ok {
				if f, err = tx.added(spent); err != nil {
					return err
				}
			}
			if err := tx.merge(f, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// Load is all that is kept of a learner; see Store.
func (s *SQLite) Load(learner string) (p Progress, err error) {
	if err := checkLearner(learner); err != nil {
		return Progress{}, fmt.Errorf("reading progress: %w", err)
	}
	err = s.transact("reading progress", learner, reading, func(tx transaction) error {
		p, err = tx.load()
		return err
	})
	return p, err
}

// Export writes a learner's progress as JSON; see Store.
func (s *SQLite) Export(learner string, w io.Writer) error {
	p, err := s.Load(learner)
	if err != nil {
		return err
	}
	if _, err := w.Write(encode(p)); err != nil {
		return fmt.Errorf("writing progress: %w", err)
	}
	return nil
}

// Import merges what Export wrote; see Store.
func (s *SQLite) Import(learner string, r io.Reader) error {
	if err := checkLearner(learner); err != nil {
		return fmt.Errorf("importing progress: %w", err)
	}
	imported, err := decode(r)
	if err != nil {
		return fmt.Errorf("importing progress: %w", err)
	}
	return s.transact("importing progress", learner, writing, func(tx transaction) error {
		limit, _, err := tx.tick(s.now())
		if err != nil {
			return err
		}
		for _, f := range imported.all() {
			if err := tx.merge(f, limit); err != nil {
				return err
			}
		}
		return tx.checkSize()
	})
}

// Reset forgets a learner's progress and keeps a backup beside the database; see Store. Both happen in one transaction:
// what another process records meanwhile is in the backup or stays.
func (s *SQLite) Reset(learner string) (backup string, err error) {
	if err := checkLearner(learner); err != nil {
		return "", fmt.Errorf("resetting progress: %w", err)
	}
	err = s.transact("resetting progress", learner, writing, func(tx transaction) error {
		p, err := tx.load()
		if err != nil || p.empty() {
			return err
		}
		if s.path != "" {
			if backup, err = writeBackup(filepath.Dir(s.path), s.now(), encode(p)); err != nil {
				return err
			}
		}
		return tx.forget()
	})
	return backup, err
}

// The kinds of a transaction. One that writes takes its turn from the start.
const (
	reading = true
	writing = false
)

// transact runs do in a transaction, which is kept when do returns nil.
func (s *SQLite) transact(doing, learner string, readOnly bool, do func(transaction) error) error {
	tx, err := s.db.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: readOnly})
	if err != nil {
		return s.explain(doing, err)
	}
	if err := do(transaction{tx, learner}); err != nil {
		_ = tx.Rollback() // SQLite may have done it already, and has nothing to add to err.
		return s.explain(doing, err)
	}
	return s.explain(doing, tx.Commit())
}
