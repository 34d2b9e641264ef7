package lab

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/device"
)

// DevicesDone is the only event of the lab devices; its task is empty.
type DevicesDone struct {
	device.Report
	Task
}

// Kind implements Event.
func (DevicesDone) Kind() string { return "done" }

// Line lists the facts.
func (d DevicesDone) Line() string {
	var lines []string
	for _, f := range d.Facts() {
		lines = append(lines, f.Line())
	}
	return strings.Join(lines, "\n")
}

// DeviceFact is one thing that is known of the machine. The second and further ones of a kind have no label.
type DeviceFact struct {
	Label, Text string
	Problem     bool // it keeps the machine from computing as fast as it could
}

// Line is a fact for a person.
func (f DeviceFact) Line() string { return fmt.Sprintf("%-11s%s", f.Label, f.Text) }

// Facts are what the report says, in the order in which it explains the speed.
func (d DevicesDone) Facts() []DeviceFact {
	kernels := "built with vector kernels"
	if !d.SIMD {
		kernels = "built without vector kernels"
	}
	facts := slices.Insert(DeviceFacts(d.Report), 1, DeviceFact{Label: "program", Text: kernels})
	for i, p := range d.Problems {
		facts = append(facts, DeviceFact{Label: first("problem", i), Text: p.What + ". What to do: " + p.Fix, Problem: true})
	}
	return facts
}

// DeviceFacts are what a report says of the machine, without its problems.
func DeviceFacts(r device.Report) []DeviceFact {
	facts := []DeviceFact{
		{Label: "backend", Text: r.Backend.Name + ": " + r.Backend.Reason},
		{Label: "processor", Text: r.CPU.Model + ", " + cores(r.CPU)},
		{Text: cmp.Or(strings.Join(r.CPU.Features, " "), "no vector instructions that matter here")},
		{Label: "memory", Text: cmp.Or(MemorySize(r.MemoryBytes), "not told by the system")},
	}
	for i, g := range r.GPUs {
		facts = append(facts, DeviceFact{Label: first("GPU", i), Text: gpuText(g)})
	}
	if len(r.GPUs) == 0 {
		facts = append(facts, DeviceFact{Label: "GPU", Text: "none found"})
	}
	for i, p := range r.Plugins {
		facts = append(facts, DeviceFact{Label: first("PJRT", i), Text: fmt.Sprintf("%s %s, %s", p.Name, p.Version, p.Path)})
		for _, device := range p.Devices {
			facts = append(facts, DeviceFact{Text: "  " + device})
		}
	}
	if len(r.Plugins) == 0 {
		facts = append(facts, DeviceFact{Label: "PJRT", Text: "no plugin that works; the Go backend needs none"})
	}
	for i, note := range r.Notes {
		facts = append(facts, DeviceFact{Label: first("note", i), Text: note})
	}
	return facts
}

// first labels the first of several facts.
func first(label string, i int) string {
	if i > 0 {
		return ""
	}
	return label
}

func cores(c device.CPU) string {
	text := fmt.Sprintf("%d cores", c.Cores)
	if c.Cores == 1 {
		text = "1 core"
	}
	if c.Physical != 0 && c.Physical != c.Cores {
		text += fmt.Sprintf(" to compute on, %d physical in the machine", c.Physical)
	}
	return text
}

func gpuText(g device.GPU) string {
	parts := []string{g.Vendor + " " + strings.TrimPrefix(g.Name, g.Vendor+" ")}
	if g.MemoryBytes > 0 {
		parts = append(parts, MemorySize(g.MemoryBytes))
	}
	if g.Driver != "" {
		parts = append(parts, "driver "+g.Driver)
	}
	if g.ComputeCapability != "" {
		parts = append(parts, "compute capability "+g.ComputeCapability)
	}
	if g.Vendor != "NVIDIA" {
		parts = append(parts, "not used: no backend here computes on it")
	}
	return strings.Join(parts, ", ")
}

// MemorySize writes bytes as a person reads them; nothing for 0.
func MemorySize(bytes uint64) string {
	switch {
	case bytes == 0:
		return ""
	case bytes < 1<<30:
		return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20))
	default:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	}
}

// Devices looks at the machine and tells a DevicesDone.
func Devices(ctx context.Context, env Env, emit func(Event)) error {
	r, err := device.Inspect(ctx, device.Options{
		Version: env.Version, SIMD: engine.SIMD, Backend: env.BackendName, Child: env.Probe,
	})
	if err != nil {
		return err
	}
	emit(DevicesDone{Report: r})
	return nil
}

func devicesLab() Lab {
	return Lab{
		ID: "devices", Lesson: "gpu",
		About:    "tells what this machine can compute with",
		Question: "What will compute your networks, and why that?",
		Run: func(ctx context.Context, env Env, _ Values, emit func(Event)) error {
			return Devices(ctx, env, emit)
		},
	}
}
