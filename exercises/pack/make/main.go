// Command make packs the sources of GoMLX into the file that is named. It is run by the Makefile.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aetutor/aetutor/exercises/pack"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: make FILE")
		os.Exit(2)
	}
	if err := pack.Make(context.Background(), os.Args[1], "go"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
