// Package quiet keeps the log lines of the libraries off the screen, from before the first of them can be written.
//
// A PJRT library writes one while Go initializes its package, when no home directory is known. Go initializes packages
// in the order of their import paths as soon as their own imports are initialized, so a package that imports the logger
// alone, and whose path sorts before github.com/gomlx, comes first. Nothing else may be imported here.
package quiet

import (
	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
)

func init() { klog.SetLogger(logr.Discard()) }
