package main

import (
	"errors"
	"io"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestEveryCommandRefusesMistakes calls each command of the tree with mistakes that none of them may pass over.
func TestEveryCommandRefusesMistakes(t *testing.T) {
	eachCommand(newRootCommand(), nil, func(cmd *cobra.Command, path []string) {
		calls := map[string][]string{"unknown flag": {"--nosuch"}, "unknown backend": {"--backend", "tpu"}}
		if cmd.HasAvailableSubCommands() {
			calls["unknown command"] = []string{"nosuch"}
		} else if cmd.Name() != "rm" { // It takes any number of names, and a model may be gone meanwhile.
			calls["extra arguments"] = []string{"nosuch", "nosuch"}
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if kind := f.Value.Type(); kind != "string" && kind != "stringArray" {
				calls["value of --"+f.Name] = []string{"--" + f.Name + "=nosuch"}
			}
		})
		for name, mistake := range calls {
			if err := call(append(path[:len(path):len(path)], mistake...)); !errors.As(err, new(usageError)) {
				t.Errorf("aetutor %v with %s: %v, which is no mistake in the call", path, name, err)
			}
		}
	})
}

// eachCommand sees all commands that the help lists, and man, with the words that call them.
func eachCommand(cmd *cobra.Command, path []string, see func(cmd *cobra.Command, path []string)) {
	see(cmd, path)
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "man" {
			eachCommand(c, append(path[:len(path):len(path)], c.Name()), see)
		}
	}
}

func call(args []string) error {
	root := newRootCommand()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	root.SetArgs(args)
	return root.Execute()
}
