// Command pictures takes the pictures of the documentation: it runs the real program in an emulated terminal, presses the
// keys of each scene and writes what the screen shows as SVG.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
)

func main() {
	program := flag.String("program", "bin/aetutor", "the program whose screens are drawn")
	out := flag.String("out", "docs/pictures", "directory of the pictures")
	flag.Usage = func() {
		// When standard error is gone there is nobody left to tell.
		_, _ = fmt.Fprintln(flag.CommandLine.Output(), "usage: pictures [flags] [scene ...]   without a scene, all are drawn")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := draw(ctx, *program, *out, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// draw draws the scenes with the given names, or all.
func draw(ctx context.Context, program, out string, names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(scenes(), func(s scene) bool { return s.name == name }) {
			return fmt.Errorf("there is no scene %q", name)
		}
	}
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	// What the person at this machine has done and trained is not in the pictures.
	home, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home) //nolint:errcheck // It is a temporary directory.
	for _, s := range scenes() {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		picture, err := s.play(ctx, program, home)
		if err != nil {
			return fmt.Errorf("the scene %s: %w", s.name, err)
		}
		path := filepath.Join(out, s.name+".svg")
		if err := os.WriteFile(path, []byte(picture), 0o644); err != nil {
			return err
		}
		fmt.Println(path)
	}
	return nil
}
