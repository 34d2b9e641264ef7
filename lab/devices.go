package lab

import (
	"context"
	"fmt"
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
		lines = append(lines, fmt.Sprintf("%-11s%s", f.Label, f.Text))
	}
	return strings.Join(lines, "\n")
}

// DeviceFact is one thing that is known of the machine. The second and further ones of a kind have no label.
type DeviceFact struct {
	Label, Text string
	Problem     bool // it keeps the machine from computing as fast as it could
}

// Facts are what the report says, in the order in which it explains the speed.
func (d DevicesDone) Facts() []DeviceFact {
	features := strings.Join(d.CPU.Features, " ")
	if features == "" {
		features = "no vector instructions that matter here"
	}
	kernels := "the Go backend has vector kernels"
	if !d.SIMD {
		kernels = "this program was built without vector kernels"
	}
	memory := "not told by the system"
	if d.MemoryBytes > 0 {
		memory = fmt.Sprintf("%.1f GiB", float64(d.MemoryBytes)/(1<<30))
	}
	facts := []DeviceFact{
		{Label: "backend", Text: d.Backend.Name + ": " + d.Backend.Reason},
		{Label: "processor", Text: d.CPU.Model},
		{Label: "cores", Text: fmt.Sprint(d.CPU.Cores)},
		{Label: "vectors", Text: features + "; " + kernels},
		{Label: "memory", Text: memory},
	}
	if len(d.GPUs) == 0 {
		facts = append(facts, DeviceFact{Label: "GPU", Text: "none found"})
	}
	for i, g := range d.GPUs {
		facts = append(facts, DeviceFact{Label: first("GPU", i), Text: gpuText(g)})
	}
	if len(d.Plugins) == 0 {
		facts = append(facts, DeviceFact{Label: "PJRT", Text: "no plugin that works; the Go backend needs none"})
	}
	for i, p := range d.Plugins {
		text := strings.Join(append([]string{p.Name + " " + p.Version}, p.Devices...), ", ")
		facts = append(facts, DeviceFact{Label: first("PJRT", i), Text: text})
	}
	for i, p := range d.Problems {
		facts = append(facts, DeviceFact{Label: first("problem", i), Text: p.What + ". What to do: " + p.Fix, Problem: true})
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

func gpuText(g device.GPU) string {
	text := g.Vendor + " " + strings.TrimPrefix(g.Name, g.Vendor+" ")
	if g.MemoryBytes > 0 {
		text += fmt.Sprintf(", %.1f GiB", float64(g.MemoryBytes)/(1<<30))
	}
	if g.Driver != "" {
		text += ", driver " + g.Driver
	}
	if g.ComputeCapability != "" {
		text += ", compute capability " + g.ComputeCapability
	}
	return text
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
		NoTask:   true,
		Run: func(ctx context.Context, env Env, _ Values, emit func(Event)) error {
			return Devices(ctx, env, emit)
		},
	}
}
