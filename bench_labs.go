package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/aetutor/aetutor/lab"
)

// benchLabs runs each lab with its defaults in a process of its own that finds no kept model, as somebody does who has
// just installed the program. It measures the time from the start of the process to the first event that brings something
// computed, and to the end of the process.
func benchLabs(ctx context.Context, backend string) ([]figure, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var figures []figure
	var most labTimes
	for _, l := range lab.All() {
		took, err := timeLab(ctx, program, backend, l.ID)
		if err != nil {
			return nil, fmt.Errorf("the lab %s: %w", l.ID, err)
		}
		key := strings.ReplaceAll(l.ID, "-", "_")
		figures = append(figures,
			figure{key + "_first_result_seconds", took.first.Seconds(), "from the start to the first result of " + l.ID},
			figure{key + "_seconds", took.whole.Seconds(), "from the start to the end"})
		most = labTimes{max(most.first, took.first), max(most.whole, took.whole)}
	}
	return append(figures,
		figure{"lab_first_result_seconds_max", most.first.Seconds(), "the slowest first result"},
		figure{"lab_seconds_max", most.whole.Seconds(), "the longest lab"}), nil
}

// labTimes is how long a lab took to its first result and on the whole.
type labTimes struct{ first, whole time.Duration }

func timeLab(ctx context.Context, program, backend, id string) (took labTimes, err error) {
	cache, err := os.MkdirTemp("", "aetutor-bench-")
	if err != nil {
		return took, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(cache)) }()
	cmd := exec.CommandContext(ctx, program, "lab", id, "--json", "--backend", backend)
	cmd.Env = append(os.Environ(), "AETUTOR_CACHE="+cache)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return took, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return took, err
	}
	first, readErr := firstResult(out)
	if readErr != nil {
		_, _ = io.Copy(io.Discard, out) // A child that cannot write would not end.
	}
	err = cmd.Wait()
	if text := strings.TrimSpace(said.String()); err != nil && text != "" {
		err = fmt.Errorf("%w: %s", err, text)
	}
	return labTimes{first.Sub(start), time.Since(start)}, cmp.Or(ctx.Err(), errors.Join(readErr, err))
}

// firstResult reads the events of a lab, one JSON object a line, to their end. It returns when the first one came that
// brings something computed; the last one must be a done.
func firstResult(events io.Reader) (first time.Time, err error) {
	last := ""
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		if err != nil {
			return first, err
		}
		var event struct {
			Event string          `json:"event"`
			Error json.RawMessage `json:"error"` // a text in the event error; others may measure one
		}
		if err := json.Unmarshal(line, &event); err != nil {
			return first, fmt.Errorf("%w in the line %.200q", err, line)
		}
		switch last = event.Event; last {
		case "error":
			return first, fmt.Errorf("it failed: %s", event.Error)
		case "progress", "start":
		default:
			if first.IsZero() {
				first = time.Now()
			}
		}
	}
	if last != "done" {
		return first, errors.New("it ended without a result")
	}
	return first, nil
}
