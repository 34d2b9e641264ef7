package progress

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// transaction reads and changes what is kept of one learner.
type transaction struct {
	*sql.Tx
	learner string
}

// tick is the time of a fact that happens now, and the store's origin for the learner. It is later than that of each fact
// before, though the machine's clock may have been put back since, so the latest fact is the last one recorded.
func (tx transaction) tick(now time.Time) (at time.Time, origin string, err error) {
	var clock int64
	err = tx.QueryRow(`INSERT INTO learners (id, origin, clock) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET clock = max(clock + 1, excluded.clock) RETURNING origin, clock`,
		tx.learner, rand.Text(), now.UnixMilli()).Scan(&origin, &clock)
	return time.UnixMilli(clock).UTC(), origin, err
}

// added is the time of the fact's origin so far with the fact's own, as far as it may go.
func (tx transaction) added(f Spent) (Spent, error) {
	var before time.Duration
	err := tx.QueryRow("SELECT nanoseconds FROM spent WHERE learner = ? AND lesson = ? AND origin = ?",
		tx.learner, f.Lesson, f.Origin).Scan(&before)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	f.Duration = min(before+f.Duration, maxDuration)
	return f, err
}

// merge merges a fact with what is kept. No time is later than limit.
func (tx transaction) merge(f Fact, limit time.Time) error {
	statement, parameters := f.upsert(limit)
	_, err := tx.Exec(statement, append([]any{tx.learner}, parameters...)...)
	return err
}

// forget removes all that is kept of the learner.
func (tx transaction) forget() error {
	for _, statement := range forget() {
		if _, err := tx.Exec(statement, tx.learner); err != nil {
			return err
		}
	}
	return nil
}

// load is all that is kept of the learner. The primary keys give the order.
func (tx transaction) load() (p Progress, err error) {
	p.Pages, err = list(tx, err, "SELECT page, at FROM pages WHERE learner = ? ORDER BY page",
		func(f *PageRead) []any { return []any{&f.Page, instant{&f.At}} })
	p.Answers, err = list(tx, err,
		"SELECT page, question, choice, correct, solved, at FROM answers WHERE learner = ? ORDER BY page, question",
		func(f *QuizAnswered) []any {
			return []any{&f.Page, &f.Question, &f.Choice, &f.Right, &f.Solved, instant{&f.At}}
		})
	p.Tasks, err = list(tx, err, "SELECT lab, figure, at FROM tasks WHERE learner = ? ORDER BY lab",
		func(f *TaskReached) []any { return []any{&f.Lab, &f.Figure, instant{&f.At}} })
	p.Bests, err = list(tx, err,
		"SELECT lab, figure, lower, value, at FROM bests WHERE learner = ? ORDER BY lab, figure, lower",
		func(f *Best) []any { return []any{&f.Lab, &f.Figure, &f.Lower, &f.Value, instant{&f.At}} })
	p.Exercises, err = list(tx, err, "SELECT name, status, passed, seen, at FROM exercises WHERE learner = ? ORDER BY name",
		func(f *ExerciseStatus) []any { return []any{&f.Name, &f.Status, &f.Passed, &f.Seen, instant{&f.At}} })
	p.Hints, err = list(tx, err, "SELECT name, hints FROM hints WHERE learner = ? ORDER BY name",
		func(f *HintsShown) []any { return []any{&f.Name, &f.Hints} })
	places, err := list(tx, err, "SELECT page, at FROM places WHERE learner = ?",
		func(f *Place) []any { return []any{&f.Page, instant{&f.At}} })
	if len(places) > 0 {
		p.Place = places[0]
	}
	p.Spent, err = list(tx, err, "SELECT lesson, origin, nanoseconds FROM spent WHERE learner = ? ORDER BY lesson, origin",
		func(f *Spent) []any { return []any{&f.Lesson, &f.Origin, &f.Duration} })
	if err != nil {
		return Progress{}, err
	}
	return p, nil
}

// list reads facts of one kind, unless there was an error before. An empty list is not nil, so that it is [] in JSON.
func list[F Fact](tx transaction, before error, query string, fields func(*F) []any) (facts []F, err error) {
	if before != nil {
		return nil, before
	}
	rows, err := tx.Query(query, tx.learner)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	facts = []F{}
	for rows.Next() {
		var f F
		if err := rows.Scan(fields(&f)...); err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, rows.Err()
}

// instant scans a time that is kept in milliseconds since 1970.
type instant struct{ *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(value any) error {
	ms, ok := value.(int64)
	if !ok {
		return fmt.Errorf("%v is no time", value)
	}
	*i.Time = time.UnixMilli(ms).UTC()
	return nil
}

// checkSize refuses a merge after which the progress could be exported, but not be imported again.
func (tx transaction) checkSize() error {
	p, err := tx.load()
	if err != nil {
		return err
	}
	if n := len(encode(p)); n > maxDocument {
		return fmt.Errorf("with it there would be %d bytes of progress; at most %d are kept of a learner", n, maxDocument)
	}
	return nil
}
