package server

import (
	"crypto/subtle"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// How many wrong codes of the class are heard out. The people of a class, who may share an address, are wrong some
// dozens of times in an hour; a program that guesses would be wrong thousands of times in a minute.
const (
	connectionCodes = 5              // in one connection, in all
	addressCodes    = 60             // from one address, at once
	codePace        = rate.Limit(.1) // from one address after that, a second
)

// What a learner hears whose code is not taken.
var (
	errWrongCode    = refusal{"This is not the code of the class; your teacher has it."}
	errManyCodes    = refusal{"These were too many wrong codes. Your teacher has the right one; come again with it."}
	errAddressCodes = refusal{"Too many wrong codes came from your address. Wait a minute and try again."}
)

// invited says why the code that a client told does not let a new key in, nil where it does.
func (s *Server) invited(c *conn, told string) error {
	right := subtle.ConstantTimeCompare([]byte(strings.TrimSpace(told)), []byte(s.config.Invitation)) == 1
	err := s.gate.heard(c, right, time.Now())
	if err != nil {
		s.metrics.refused.WithLabelValues("code").Inc()
	}
	return err
}

// heard is what a client hears of a code. Who told too many wrong ones does not hear any more whether one is right.
func (g *gate) heard(c *conn, right bool, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	d := g.door(c.RemoteAddr(), now)
	switch {
	case c.wrongCodes >= connectionCodes:
		return errManyCodes
	case d.codes.TokensAt(now) < 1:
		return errAddressCodes
	case right:
		return nil
	}
	d.codes.AllowN(now, 1)
	d.remember(now.Add(time.Duration((addressCodes - d.codes.TokensAt(now)) / float64(codePace) * float64(time.Second))))
	if c.wrongCodes++; c.wrongCodes == connectionCodes {
		return errManyCodes
	}
	return errWrongCode
}
