package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/lab"
)

func newModelsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List the trained models that are kept, or remove some",
		Long: "Labs keep the models that they train, so that the next lab need not train them again. Removing one loses " +
			"nothing: it is trained again when a lab needs it.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			models, dir, err := keptModels()
			if err != nil {
				return err
			}
			kept, err := models.List()
			if err != nil {
				return err
			}
			if asJSON {
				if kept == nil {
					kept = []lab.KeptModel{}
				}
				return json.NewEncoder(cmd.OutOrStdout()).Encode(kept)
			}
			if len(kept) == 0 {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "No models are kept in %s yet.\n", dir)
				return err
			}
			for _, k := range kept {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%-36s %7d kB   used %s\n", k.Name, k.Bytes/1000, k.Used.Format(time.DateTime))
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	cmd.AddCommand(newModelsRemoveCommand())
	return cmd
}

func newModelsRemoveCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "rm NAME…",
		Short: "Remove kept models by their names",
		Args: func(_ *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return usageError{errors.New("name the models to remove, or give --all; aetutor models lists them")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			models, _, err := keptModels()
			if err != nil {
				return err
			}
			if all {
				kept, err := models.List()
				if err != nil {
					return err
				}
				for _, k := range kept {
					args = append(args, k.Name)
				}
			}
			var problems []error
			for _, name := range args {
				problems = append(problems, models.Remove(name))
			}
			return errors.Join(problems...)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "remove all of them")
	return cmd
}

// keptModels are those of this person, and their directory.
func keptModels() (*lab.Models, string, error) {
	cache, ok := cacheDir()
	if !ok {
		return nil, "", errors.New("there is no directory for things that can be made again; set AETUTOR_CACHE to one")
	}
	dir := filepath.Join(cache, "models")
	return lab.NewModels(dir), dir, nil
}
