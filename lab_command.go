package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

func newLabCommand(backend *string) *cobra.Command {
	var sets []string
	var asJSON bool
	var own ownFlags
	var ids []string
	for _, l := range lab.All() {
		ids = append(ids, l.ID)
	}
	cmd := &cobra.Command{
		Use:   "lab ID",
		Short: "Run a lab's work without a screen",
		Long:  labHelp(),
		Example: `aetutor lab train --json --set epochs=2 --set seed=1
aetutor lab threshold --data measured.csv --label kind`,
		ValidArgs: ids,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.ExactArgs(1)(cmd, args); err != nil {
				return usageError{fmt.Errorf("name one lab of %s", lab.IDs())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			l, ok := lab.Find(args[0])
			if !ok {
				return usageError{fmt.Errorf("there is no lab %q; there are %s", args[0], lab.IDs())}
			}
			table, err := own.read()
			if err != nil {
				return err
			}
			values, err := labValues(l, table, sets)
			if err != nil {
				return usageError{err}
			}
			env, closeEnv := newLabEnv(*backend, table)
			defer closeEnv()
			if err := lab.CheckOwn(env, values); err != nil {
				return usageError{err}
			}
			p := printer{w: cmd.OutOrStdout(), json: asJSON}
			return p.finish(runLab(cmd.Context(), l, env, values, &p))
		},
	}
	cmd.Flags().StringArrayVar(&sets, "set", nil, "change a parameter, as epochs=2; may be given many times")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON event a line")
	own.add(cmd)
	return cmd
}

// labHelp lists the labs with their parameters.
func labHelp() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Runs a lab's work without a screen and prints its progress.\n")
	for _, l := range lab.All() {
		fmt.Fprintf(&b, "\n%s %s. Its parameters:\n", l.ID, l.About)
		for _, p := range l.Params {
			fmt.Fprintf(&b, "  %s=%s: %s\n", p.Key, p.Default, p.Help)
		}
	}
	return b.String()
}

// labValues are the values of a lab that --data and then --set change.
func labValues(l lab.Lab, own *lab.Own, sets []string) (lab.Values, error) {
	values := l.Defaults()
	if own != nil {
		if err := l.UseOwn(values, own); err != nil {
			return values, err
		}
	}
	for _, set := range sets {
		key, value, found := strings.Cut(set, "=")
		if !found {
			return values, fmt.Errorf("--set %s has no value; write it as key=value, the keys are %s", set,
				strings.Join(lab.Keys(l.Params), ", "))
		}
		if err := values.Set(key, value); err != nil {
			return values, err
		}
	}
	return values, nil
}

// runLab runs a lab's work and prints its events. A reader that went away ends the run: nobody would see the rest of it.
func runLab(ctx context.Context, l lab.Lab, env lab.Env, v lab.Values, p *printer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	err := l.Run(ctx, env, v, func(e lab.Event) {
		if p.event(e); p.err != nil {
			cancel(p.err)
		}
	})
	return cmp.Or(p.err, err)
}

// printer writes events as lines for a person or as JSON. It keeps the first error of its writer.
type printer struct {
	w    io.Writer
	json bool
	err  error
}

// say prints for a person only.
func (p *printer) say(format string, args ...any) {
	if !p.json {
		p.print(fmt.Sprintf(format, args...))
	}
}

func (p *printer) print(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, text)
	}
}

// event prints an event. A person does not want a line for each of a thousand steps, and pictures have no place in any.
func (p *printer) event(e lab.Event) {
	if _, pictures := e.(engine.PreviewEvent); pictures {
		return
	}
	if p.json {
		p.eventJSON(e.Kind(), e)
	} else if line := lab.Line(e); line != "" {
		p.print(line + "\n")
	}
}

// eventJSON prints one line, {"event":kind, …the fields of v…}.
func (p *printer) eventJSON(kind string, v any) {
	fields, err := json.Marshal(v)
	if err != nil {
		p.err = cmp.Or(p.err, err)
		return
	}
	line := fmt.Sprintf(`{"event":%q`, kind)
	if string(fields) != "{}" {
		line += "," + string(fields[1:len(fields)-1])
	}
	p.print(line + "}\n")
}

// finish tells the end of a run that failed in the form that was asked for.
func (p *printer) finish(err error) error {
	if err == nil || !p.json || p.err != nil {
		return err
	}
	p.eventJSON("error", struct {
		Error string `json:"error"`
	}{err.Error()})
	return cmp.Or[error](p.err, reportedError{err})
}
