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
	cmd := &cobra.Command{
		Use:       "lab ID",
		Short:     "Run a lab's work without a screen",
		Long:      labHelp(),
		Example:   "aetutor lab train --json --set epochs=2 --set seed=1",
		ValidArgs: []string{lab.TrainID},
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.ExactArgs(1)(cmd, args); err != nil {
				return usageError{fmt.Errorf("name one lab: %s", lab.TrainID)}
			}
			if args[0] != lab.TrainID {
				return usageError{fmt.Errorf("there is no lab %q; there is %s", args[0], lab.TrainID)}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, err := trainSettings(sets)
			if err != nil {
				return usageError{err}
			}
			p := printer{w: cmd.OutOrStdout(), json: asJSON}
			return p.finish(trainLab(cmd.Context(), *backend, settings, &p))
		},
	}
	cmd.Flags().StringArrayVar(&sets, "set", nil, "change a parameter, as epochs=2; may be given many times")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON event a line")
	return cmd
}

// labHelp lists the labs with their parameters.
func labHelp() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Runs a lab's work without a screen and prints its progress.\n\n")
	fmt.Fprintf(&b, "%s: trains an autoencoder on MNIST. Its parameters:\n", lab.TrainID)
	for _, p := range lab.TrainParams() {
		fmt.Fprintf(&b, "  %s=%s: %s\n", p.Key, p.Default, p.Help)
	}
	return b.String()
}

func trainSettings(sets []string) (lab.TrainSettings, error) {
	settings := lab.DefaultTrainSettings()
	for _, set := range sets {
		key, value, found := strings.Cut(set, "=")
		if !found {
			return settings, fmt.Errorf("--set %s has no value; write it as key=value, the keys are %s", set,
				strings.Join(lab.Keys(lab.TrainParams()), ", "))
		}
		if err := settings.Set(key, value); err != nil {
			return settings, err
		}
	}
	return settings, settings.Architecture().Validate()
}

// trainLab runs the lab train and prints its events.
func trainLab(ctx context.Context, backend string, s lab.TrainSettings, p *printer) (err error) {
	b, err := openBackend(backend)
	if err != nil {
		return err
	}
	defer b.Close()
	run, err := lab.NewTrainRun(b, s, false)
	if err != nil {
		return err
	}
	p.say("%s, %d parameters, on MNIST\n%s: %s\n", s.Architecture(), s.Architecture().Parameters(), b, b.Reason())
	// A reader that went away ends the run: nobody would see the rest of it.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	run.Start(ctx, func(e engine.Event) {
		if failed, ok := e.(engine.ErrorEvent); ok {
			err = failed.Err
			return
		}
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

func (p *printer) print(line string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, line)
	}
}

// event prints an event. A person does not want a line for each of a thousand steps.
func (p *printer) event(e engine.Event) {
	if p.json {
		p.eventJSON(e.Kind(), e)
		return
	}
	switch e := e.(type) {
	case engine.EpochEvent:
		p.say("epoch %d: train loss %.5f, validation error %.5f, %.1f s, %.0f images a second\n",
			e.Epoch, e.TrainLoss, e.ValLoss, e.Seconds, e.SamplesPerSecond)
	case engine.DoneEvent:
		p.say("%s after %d epochs: train loss %.5f, validation error %.5f, %.1f s, %.0f images a second, backend %s, seed %d\n",
			e.Ending, e.Epochs, e.TrainLoss, e.ValLoss, e.Seconds, e.SamplesPerSecond, e.Backend, e.Seed)
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
