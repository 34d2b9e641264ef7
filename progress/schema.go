package progress

import (
	"database/sql"
	"fmt"
)

// applicationID marks a database as ours: "aetu" in ASCII (https://sqlite.org/pragma.html#pragma_application_id).
const applicationID = 0x61657475

// schema lists the statements that bring a database from one version to the next; it is empty at version 0. A step that
// was once released does not change.
func schema() []string {
	return []string{`
		CREATE TABLE learners (
			id TEXT PRIMARY KEY,
			origin TEXT NOT NULL,  -- where this store counts time
			clock INTEGER NOT NULL -- the time of the latest fact in milliseconds; it only grows
		) STRICT, WITHOUT ROWID;
		CREATE TABLE pages (
			learner TEXT, page TEXT, at INTEGER NOT NULL,
			PRIMARY KEY (learner, page)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE answers (
			learner TEXT, page TEXT, question INTEGER,
			choice INTEGER NOT NULL, correct INTEGER NOT NULL, solved INTEGER NOT NULL, at INTEGER NOT NULL,
			PRIMARY KEY (learner, page, question)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE tasks (
			learner TEXT, lab TEXT, figure TEXT NOT NULL, at INTEGER NOT NULL,
			PRIMARY KEY (learner, lab)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE bests (
			learner TEXT, lab TEXT, figure TEXT, lower INTEGER, value REAL NOT NULL, at INTEGER NOT NULL,
			PRIMARY KEY (learner, lab, figure, lower)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE exercises (
			learner TEXT, name TEXT,
			status TEXT NOT NULL, passed INTEGER NOT NULL, seen INTEGER NOT NULL, at INTEGER NOT NULL,
			PRIMARY KEY (learner, name)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE hints (
			learner TEXT, name TEXT, hints INTEGER NOT NULL,
			PRIMARY KEY (learner, name)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE places (
			learner TEXT PRIMARY KEY, page TEXT NOT NULL, at INTEGER NOT NULL
		) STRICT, WITHOUT ROWID;
		CREATE TABLE spent (
			learner TEXT, lesson TEXT, origin TEXT, nanoseconds INTEGER NOT NULL,
			PRIMARY KEY (learner, lesson, origin)
		) STRICT, WITHOUT ROWID;
	`}
}

// forget lists the statements that remove a learner.
func forget() []string {
	statements := []string{"DELETE FROM learners WHERE id = ?"}
	for _, table := range []string{"pages", "answers", "tasks", "bests", "exercises", "hints", "places", "spent"} {
		statements = append(statements, "DELETE FROM "+table+" WHERE learner = ?")
	}
	return statements
}

// migrate brings a database forward to the version that steps lead to.
func migrate(db *sql.DB, steps []string) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback() // SQLite may have done it already, and has nothing to add to err.
		}
	}()
	var version int
	if err := tx.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("it was written by a newer aetutor (schema %d, this one knows %d); update aetutor, or set %s "+
			"to another directory to begin anew there", version, len(steps), stateVariable)
	}
	for _, step := range steps[version:] {
		if _, err := tx.Exec(step); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(steps))); err != nil {
		return err
	}
	return tx.Commit()
}
