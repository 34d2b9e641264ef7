package progress

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// explain adds to an error what was done, where, and what helps.
func (s *SQLite) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	if s.path == "" {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s in %s: %w%s", doing, s.path, err, remedy(err))
}

// resultCode is the primary result code of SQLite (https://sqlite.org/rescode.html), or SQLITE_OK for another error.
func resultCode(err error) int {
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return sqlite3.SQLITE_OK
	}
	return failed.Code() & 0xff
}

// remedy says what helps against an error of SQLite.
func remedy(err error) string {
	switch resultCode(err) {
	case sqlite3.SQLITE_FULL:
		return "; the disk is full: free some space"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return "; make the file and its directory writable, or set " + stateVariable + " to a directory that is"
	case sqlite3.SQLITE_IOERR:
		return "; look whether the disk is full or failing, or set " + stateVariable + " to a directory on another one"
	case sqlite3.SQLITE_BUSY:
		return "; another program holds it for more than " + busyTimeout.String() + ": close that one and try again"
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return "; start aetutor again, which sets the damaged file aside"
	default:
		return ""
	}
}

// isDamage says whether an error of SQLite means that the file is not a whole database.
func isDamage(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}
