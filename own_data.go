package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/lab"
)

// ownFlags name a learner's own table.
type ownFlags struct{ file, label string }

func (f *ownFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "data", "", "a CSV file of your own for the labs threshold and train")
	cmd.Flags().StringVar(&f.label, "label", "", "the column of --data that holds classes, if its name is not label or class")
}

// read reads the table, or gives nil where none is named.
func (f ownFlags) read() (*lab.Own, error) {
	if f.file == "" {
		if f.label != "" {
			return nil, usageError{errors.New("--label names a column of the file of --data, which is missing")}
		}
		return nil, nil
	}
	own, err := lab.ReadOwn(f.file, f.label)
	var missing *fs.PathError
	switch {
	case err == nil:
		return own, nil
	case errors.As(err, &missing):
		return nil, usageError{err}
	default:
		return nil, usageError{fmt.Errorf("%w\nThe first line names the columns, which hold numbers; one may hold classes, "+
			"if it is named label or class or by --label COLUMN", err)}
	}
}
