// Command fetch makes the files of a data directory again from the sources that its SOURCES.md names, and refuses what
// differs from the size and SHA-256 written there. `go generate ./data` runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, "."); err != nil {
		fmt.Fprintln(os.Stderr, "fetch:", err)
		os.Exit(1)
	}
}

// run makes all files of the table in dir/SOURCES.md, below dir. A file whose source fails stays as it was; the others
// are made all the same.
func run(ctx context.Context, dir string) (err error) {
	temporary, err := os.MkdirTemp("", "fetch-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	return fetch(ctx, dir, newSources(temporary))
}

// fetch makes the files from the given sources.
func fetch(ctx context.Context, dir string, from sources) error {
	entries, err := readTable(dir)
	if err != nil {
		return err
	}
	var problems []error
	for _, e := range entries {
		content, err := from.read(ctx, e)
		if err == nil {
			err = e.verify(content)
		}
		if err == nil {
			err = e.write(dir, content)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("SOURCES.md:%d: %s: %w", e.line, e.file, err))
		}
	}
	return errors.Join(problems...)
}
