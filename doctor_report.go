package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/lab"
)

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
	fmt.Fprintf(&b, "\n%s:\n", lab.Counted(len(r.Problems), "problem"))
	for i, p := range r.Problems {
		fmt.Fprintf(&b, "%2d. %s\n    What to do: %s\n", i+1, p.What, p.Fix)
	}
	return b.String()
}
