package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ask asks a question that is answered with yes or no; anything but y or yes, and the end of the input, is a no.
func ask(ctx context.Context, in io.Reader, out io.Writer, question string) (bool, error) {
	if _, err := fmt.Fprint(out, question+" [y/N] "); err != nil {
		return false, err
	}
	type answer struct {
		text string
		err  error
	}
	// A read of a terminal cannot be cut short, so an interrupt leaves it to itself; the program ends right after.
	answers := make(chan answer, 1)
	go func() {
		text, err := bufio.NewReader(in).ReadString('\n')
		answers <- answer{strings.ToLower(strings.TrimSpace(text)), err}
	}()
	select {
	case <-ctx.Done():
		_, _ = fmt.Fprintln(out) // The question's line is not ended yet.
		return false, ctx.Err()
	case a := <-answers:
		if a.err != nil && !errors.Is(a.err, io.EOF) {
			return false, fmt.Errorf("reading the answer: %w", a.err)
		}
		return a.text == "y" || a.text == "yes", nil
	}
}
