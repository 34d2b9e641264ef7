package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/lab"
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

// doctorReport is all that a doctor tells. Its JSON is what --json prints.
type doctorReport struct {
	device.Report
	Toolchain toolchainFact `json:"toolchain"`
	Jail      []jailFact    `json:"jail"`
}

// toolchainFact is the Go that compiles exercises.
type toolchainFact struct {
	Version string `json:"version"` // as "go1.27.3", "" where there is none that can
	Root    string `json:"root"`    // its GOROOT
	Note    string `json:"note"`    // why there is none, and how to get one
}

// toolchain is what compiles exercises here. That there is none is no failure of a doctor.
func (d *doctor) toolchain(ctx context.Context) toolchainFact {
	found, err := d.compiler(ctx)
	if err != nil {
		return toolchainFact{Note: err.Error()}
	}
	return toolchainFact{Version: found.Version, Root: found.Root}
}

// line is the line of a report about the toolchain.
func (f toolchainFact) line() lab.DeviceFact {
	if f.Version == "" {
		return lab.DeviceFact{Label: "exercises", Text: "not checked here: " + f.Note}
	}
	return lab.DeviceFact{Label: "exercises", Text: "compiled with " + f.Version + ", " + f.Root}
}

// jailFact is a protection from the programs of exercises.
type jailFact struct {
	Name string `json:"name"`
	On   bool   `json:"on"`
	Note string `json:"note"` // a detail, or why it is off
	Fix  string `json:"fix"`  // what to do when it is off
}

// jail is what confines programs here. What keeps it from being found out is told in its place.
func (d *doctor) jail(ctx context.Context) []jailFact {
	all, err := d.confine(ctx)
	if err != nil {
		return []jailFact{{Name: "jail", Note: err.Error()}}
	}
	facts := make([]jailFact, len(all))
	for i, p := range all {
		facts[i] = jailFact{p.Name, p.On, p.Note, p.Fix}
	}
	return facts
}

// jailFacts are the lines of a report about the jail.
func jailFacts(all []jailFact) []lab.DeviceFact {
	var facts []lab.DeviceFact
	for i, p := range all {
		text := map[bool]string{true: "on   ", false: "off  "}[p.On] + p.Name
		if p.Note != "" {
			text += ": " + p.Note
		}
		label := ""
		if i == 0 {
			label = "jail"
		}
		facts = append(facts, lab.DeviceFact{Label: label, Text: text})
		// Several that are off for one reason are followed by what to do about it.
		if p.Fix != "" && (i+1 == len(all) || all[i+1].Fix != p.Fix) {
			facts = append(facts, lab.DeviceFact{Text: "     What to do: " + p.Fix})
		}
	}
	return facts
}

// reportText is a report for a person.
func reportText(r doctorReport) string {
	var b strings.Builder
	kernels := "vector kernels"
	if !r.SIMD {
		kernels = "no vector kernels"
	}
	program := fmt.Sprintf("%s, %s, %s/%s, %s", r.Version, r.Go, runtime.GOOS, runtime.GOARCH, kernels)
	for _, f := range slices.Concat([]lab.DeviceFact{{Label: "aetutor", Text: program}}, lab.DeviceFacts(r.Report),
		[]lab.DeviceFact{r.Toolchain.line()}, jailFacts(r.Jail)) {
		b.WriteString(f.Line() + "\n")
	}
	if len(r.Problems) == 0 {
		b.WriteString("\nNo problems.\n")
		return b.String()
	}
	problems := "1 problem"
	if n := len(r.Problems); n > 1 {
		problems = fmt.Sprintf("%d problems", n)
	}
	fmt.Fprintf(&b, "\n%s:\n", problems)
	for i, p := range r.Problems {
		fmt.Fprintf(&b, "%2d. %s\n    What to do: %s\n", i+1, p.What, p.Fix)
	}
	return b.String()
}

// install asks and installs, and tells what the machine has then.
func (d *doctor) install(ctx context.Context, plugin string) error {
	before, err := d.look(ctx)
	if err != nil {
		return err
	}
	plan, err := device.PlanInstall(plugin, before.GPUs)
	if errors.Is(err, device.ErrUnknownPlugin) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	p := printer{w: d.out}
	p.print(planText(plan))
	if p.err != nil {
		return p.err
	}
	agreed, err := d.ask(ctx)
	if err != nil {
		return err
	}
	if !agreed {
		p.say("Nothing was downloaded.\n")
		return p.err
	}
	live := d.terminal()
	if err := device.Install(ctx, plan, d.download(d.child, plan), progressTo(&p, live)); err != nil {
		if live {
			p.say("\n")
		}
		return fmt.Errorf("%w; everything is as it was before", err)
	}
	p.say("%sInstalled in %s.\n\n", newLine(live), plan.Dir)
	return cmp.Or(p.err, d.report(ctx, false))
}

func planText(p device.Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "To be downloaded: %s\n", p.What)
	fmt.Fprintf(&b, "Size:             %s\n", p.Size)
	fmt.Fprintf(&b, "Directory:        %s", p.Dir)
	if p.Free > 0 {
		fmt.Fprintf(&b, ", %s free", lab.MemorySize(p.Free))
	}
	b.WriteString("\n")
	if p.Warning != "" {
		fmt.Fprintf(&b, "Note:             %s\n", p.Warning)
	}
	return b.String()
}

// ask asks whether to go on. Only a person at a terminal can answer; anything else has to say --yes.
func (d *doctor) ask(ctx context.Context) (bool, error) {
	if d.yes {
		return true, nil
	}
	if !d.terminal() {
		return false, usageError{errors.New("there is no terminal to ask at; say --yes to download it")}
	}
	return ask(ctx, d.in, d.out, "Download it now?")
}

// newLine begins a line anew on a terminal.
func newLine(live bool) string {
	if live {
		return "\r\x1b[K"
	}
	return ""
}

// progressTo prints the progress: on one line of a terminal, else a line for each file.
func progressTo(p *printer, live bool) func(device.Progress) {
	last, start := "", time.Now()
	return func(now device.Progress) {
		doing := cmp.Or(now.File, "unpacking")
		switch {
		case live:
			p.say("%s%s, %s on disk, %s", newLine(true), doing, cmp.Or(lab.MemorySize(uint64(now.Bytes)), "nothing"),
				time.Since(start).Round(time.Second))
		case now.File != "" && doing != last:
			last = doing
			p.say("%s\n", doing)
		}
	}
}
