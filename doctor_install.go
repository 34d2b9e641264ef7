package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/lab"
)

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
