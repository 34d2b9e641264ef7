package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/lessons"
)

// glossaryEntry is a term as `aetutor glossary --json` lists it.
type glossaryEntry struct {
	Term    string   `json:"term"`
	Also    []string `json:"also,omitempty"`
	Text    string   `json:"text"`
	Formula string   `json:"formula,omitempty"`
	Page    string   `json:"page"` // the id of the page that introduces it
}

func newGlossaryCommand() *cobra.Command {
	var asJSON bool
	var dir string
	cmd := &cobra.Command{
		Use:   "glossary [TERM]",
		Short: "Explain the terms of the lessons, or one of them",
		Example: `aetutor glossary
aetutor glossary latent space`,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := loadLessons(dir)
			if err != nil {
				return err
			}
			terms, err := loadGlossary(dir, all)
			if err != nil {
				return err
			}
			name := strings.Join(args, " ")
			found := lessons.Explain(terms, name)
			if len(found) == 0 && name != "" {
				return usageError{fmt.Errorf("the glossary has no term %q; aetutor glossary lists all %d", name, len(terms))}
			}
			if asJSON {
				return printGlossaryJSON(cmd.OutOrStdout(), found)
			}
			return printGlossary(cmd.OutOrStdout(), found)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	cmd.Flags().StringVar(&dir, "lessons", "", "read the lessons and their glossary from a directory")
	return cmd
}

func printGlossaryJSON(w io.Writer, terms []lessons.Term) error {
	entries := make([]glossaryEntry, 0, len(terms))
	for _, t := range terms {
		entries = append(entries, glossaryEntry{t.Name, t.Also, t.Text, t.Formula, t.Page})
	}
	return json.NewEncoder(w).Encode(entries)
}

// glossaryColumns is the width of the printed glossary, which suits any terminal.
const glossaryColumns = 78

func printGlossary(w io.Writer, terms []lessons.Term) error {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.Name)
		if len(t.Also) > 0 {
			b.WriteString(", also " + strings.Join(t.Also, ", "))
		}
		lines := strings.Split(ansi.Wrap(t.Text, glossaryColumns-2, ""), "\n")
		if t.Formula != "" {
			lines = append(lines, t.Formula)
		}
		for _, line := range append(lines, "page "+t.Page) {
			b.WriteString("\n  " + line)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// loadGlossary reads the glossary of a directory of lessons, which need not have one, or that of the program without one.
func loadGlossary(dir string, all []lessons.Lesson) ([]lessons.Term, error) {
	if dir == "" {
		return lessons.EmbeddedGlossary()
	}
	return lessons.LoadGlossaryDir(dir, all)
}
