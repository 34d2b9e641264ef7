package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// The exercise that is checked, and how its answers differ.
const (
	exercise    = "scores"
	rightAnswer = `package scores

// Answer %[1]d.
func Scores(x []float64, weights [][]float64) []float64 {
	scores := make([]float64, len(weights))
	for class, w := range weights {
		scores[class] = %[2]s
		for i, v := range x {
			scores[class] += v * w[i+1]
		}
	}
	return scores
}

const answer = %[1]d
`
)

// warmTime is how long the server may take to get ready for its first check.
const warmTime = 5 * time.Minute

// checks has learners check different answers of an exercise at once, every second one wrong, and looks whether each gets
// its own verdict.
func checks(ctx context.Context, s *server, o options) (figures, error) {
	if _, err := warm(ctx, s, o); err != nil {
		return nil, err
	}
	return checkAtOnce(s, o.checks)
}

// checkAtOnce has some learners check at once.
func checkAtOnce(s *server, learners int) (figures, error) {
	signers := make([]ssh.Signer, learners)
	if err := parallel(learners, 4, func(i int) (err error) {
		signers[i], err = joined(s, fmt.Sprint("checker ", i))
		return err
	}); err != nil {
		return nil, err
	}
	failed := make(chan error, learners)
	began := time.Now()
	err := parallel(learners, learners, func(i int) error {
		if err := checkOne(s.address, signers[i], i); err != nil {
			failed <- err // It is counted, and does not end the others.
		}
		return nil
	})
	took := time.Since(began)
	close(failed)
	bad := 0
	for err := range failed {
		bad++
		fmt.Fprintln(os.Stderr, "load: a check:", err)
	}
	return figures{"checks": learners, "checks_all_seconds": took.Seconds(), "checks_failed": bad}, err
}

// joined makes a learner of a new key.
func joined(s *server, name string) (ssh.Signer, error) {
	signer, err := newSigner()
	if err != nil {
		return nil, err
	}
	if out, err := runCommand(s.address, signer, "join '"+name+"'", ""); err != nil {
		return nil, fmt.Errorf("joining: %w: %s", err, out)
	}
	return signer, nil
}

// warm checks once, before which the server builds what all checks share.
func warm(ctx context.Context, s *server, _ options) (figures, error) {
	signer, err := joined(s, "first")
	if err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() { done <- checkOne(s.address, signer, 0) }()
	select {
	case err := <-done:
		return nil, err
	case <-time.After(warmTime):
		return nil, fmt.Errorf("the server was not ready for checks after %v", warmTime)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkOne sends an answer, a right one for an even number, and returns an error for another verdict than that.
func checkOne(address string, signer ssh.Signer, number int) error {
	bias, want, exit := "w[0]", "pass", 0
	if number%2 != 0 {
		bias, want, exit = "0", "fail", 1
	}
	out, err := runCommand(address, signer, "check "+exercise, fmt.Sprintf(rightAnswer, number, bias))
	code := 0
	var ended *ssh.ExitError
	if errors.As(err, &ended) {
		code, err = ended.ExitStatus(), nil
	}
	if err != nil || code != exit || !strings.Contains(out, exercise+": "+want+" (") {
		return errors.Join(err, fmt.Errorf("answer %d ended with %d, and not in %s: %s", number, code, want, out))
	}
	return nil
}
