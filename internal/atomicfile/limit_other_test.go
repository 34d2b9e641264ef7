//go:build !unix

package atomicfile_test

import "errors"

func limitFiles(string) error { return errors.ErrUnsupported }
