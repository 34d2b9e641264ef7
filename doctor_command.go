package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
)

func newDoctorCommand(backend *string) *cobra.Command {
	return doctorCommand(doctor{
		inspect: device.Inspect, compiler: exercises.FindToolchain, confine: jail.Probe,
		download: device.Downloader, terminal: isTerminal,
	}, backend)
}

// doctorCommand is the command of a doctor, which tests give other eyes and hands.
func doctorCommand(d doctor, backend *string) *cobra.Command {
	var asJSON bool
	var plugin string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Tell what this machine has and how to make training faster",
		Long: `Tells which backend computes and why, what processor, memory, GPUs and PJRT plugins the machine has, and what
to do about everything that keeps it from computing as fast as it could; then which Go compiles exercises here, and
what confines their programs, the jail. Problems do not change the exit code.

With --install it downloads a PJRT plugin, after it has said what, from where and to which directory, and was told yes.`,
		Example: `aetutor doctor
aetutor doctor --json
aetutor doctor --install cuda`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d.in, d.out, d.backend = cmd.InOrStdin(), cmd.OutOrStdout(), *backend
			if err := d.start(); err != nil {
				return err
			}
			install := cmd.Flags().Changed("install")
			switch {
			case install && asJSON:
				return usageError{errors.New("--install asks and tells its progress; it cannot be joined with --json")}
			case install:
				return d.install(cmd.Context(), plugin)
			case d.yes:
				return usageError{errors.New("--yes answers the question of --install; name a plugin with it")}
			default:
				return d.report(cmd.Context(), asJSON)
			}
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&plugin, "install", "", "download a PJRT plugin, cuda or cpu, after a question")
	cmd.Flags().BoolVar(&d.yes, "yes", false, "answer the question of --install with yes")
	cmd.AddCommand(newProbeCommand())
	return cmd
}

// probeName is the command by which the program asks itself about native code, which may print or end the process.
const probeName = "probe"

func newProbeCommand() *cobra.Command {
	return &cobra.Command{
		Use:    probeName,
		Hidden: true,
		Args:   cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return device.Answer(cmd.OutOrStdout(), args, func(name string) (device.Backend, error) {
				b, err := engine.Open(name)
				if err != nil {
					return device.Backend{}, err
				}
				defer b.Close()
				return device.Backend{Name: b.Name(), Reason: b.Reason()}, nil
			})
		},
	}
}

// doctor looks at the machine and installs plugins.
type doctor struct {
	inspect  func(context.Context, device.Options) (device.Report, error)
	compiler func(context.Context) (exercises.Toolchain, error)
	confine  func(context.Context) ([]jail.Protection, error)
	download func(command []string, p device.Plan) device.Installer
	terminal func() bool
	in       io.Reader
	out      io.Writer
	backend  string
	yes      bool
	child    []string // the command line that answers in a process of its own
}

// start finds out what the rest needs.
func (d *doctor) start() error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's own file: %w", err)
	}
	d.child = []string{program, "doctor", probeName}
	return nil
}

func (d *doctor) look(ctx context.Context) (device.Report, error) {
	return d.inspect(ctx, device.Options{Version: version(), SIMD: engine.SIMD, Backend: d.backend, Child: d.child})
}

func (d *doctor) report(ctx context.Context, asJSON bool) error {
	r, err := d.look(ctx)
	if err != nil {
		return err
	}
	told := doctorReport{r, d.toolchain(ctx), d.jail(ctx)}
	if asJSON {
		encoder := json.NewEncoder(d.out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(told)
	}
	_, err = io.WriteString(d.out, reportText(told))
	return err
}
