package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aetutor/aetutor/engine"
)

// noArguments refuses arguments. Where a command has others below it, an argument is a name that none of them has.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasAvailableSubCommands() {
		return usageError{fmt.Errorf("%s takes no argument; leave out %q", cmd.CommandPath(), args[0])}
	}
	return unknownCommand(cmd, args[0])
}

// unknownCommand names the commands whose names are like the one that does not exist, or else all that there are.
func unknownCommand(cmd *cobra.Command, name string) error {
	cmd.SuggestionsMinimumDistance = 2
	if similar := cmd.SuggestionsFor(name); len(similar) > 0 {
		return usageError{fmt.Errorf("unknown command %q for %q; did you mean %s?", name, cmd.CommandPath(),
			strings.Join(similar, " or "))}
	}
	names, are := commandNames(cmd), "are"
	if len(names) == 1 {
		are = "is"
	}
	return usageError{fmt.Errorf("unknown command %q for %q; there %s %s", name, cmd.CommandPath(), are, strings.Join(names, ", "))}
}

// commandNames are the commands below one that its help lists.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// refuseMistakes has the commands that cobra makes refuse arguments that they would pass over.
func refuseMistakes(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "completion":
			for _, shell := range c.Commands() {
				shell.Args = noArguments
			}
			c.Args = noArguments
			c.RunE = func(cmd *cobra.Command, _ []string) error {
				return usageError{fmt.Errorf("name one shell of %s", strings.Join(commandNames(cmd), ", "))}
			}
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				found, rest, err := root.Find(args)
				if err != nil || len(rest) > 0 {
					return unknownCommand(found, append(rest, args...)[0])
				}
				return nil
			}
		}
	}
}

// flagError says of a value that a flag cannot take what it takes.
func flagError(err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return usageError{err}
	}
	takes := map[string]string{
		"int": "a whole number", "int64": "a whole number", "uint64": "a whole number that is not negative",
		"duration": "a time, as 90s or 5m", "bool": "true or false",
	}[invalid.GetFlag().Value.Type()]
	if takes == "" {
		return usageError{err}
	}
	return usageError{fmt.Errorf("--%s cannot be %q; it takes %s", invalid.GetFlag().Name, invalid.GetValue(), takes)}
}

// checkBackend refuses the name of a backend that does not exist, before a command needs one.
func checkBackend(name string) error {
	if slices.Contains(engine.BackendNames(), name) {
		return nil
	}
	return usageError{fmt.Errorf("%w: %q; choose one of %s", engine.ErrUnknownBackend, name,
		strings.Join(engine.BackendNames(), ", "))}
}
