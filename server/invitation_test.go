package server

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// TestCodesInOneConnection guesses in the sessions of one connection, which a client may open without end.
func TestCodesInOneConnection(t *testing.T) {
	s := serve(t, func(c *Config) { c.Invitation = "spring" })
	key := newKey(t)
	client := s.dial(t, key)
	join := func(client *ssh.Client, code string) (string, error) {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, err := session.CombinedOutput("join " + code + " Ann")
		return string(out), err
	}
	for n := range connectionCodes {
		want := "not the code of the class"
		if n == connectionCodes-1 {
			want = "too many wrong codes"
		}
		if out, err := join(client, "autumn"); err == nil || !strings.Contains(out, want) {
			t.Errorf("guess %d: %v, %q, want %q", n+1, err, out, want)
		}
	}
	if out, err := join(client, "spring"); err == nil || !strings.Contains(out, "too many wrong codes") {
		t.Errorf("the right code after too many wrong ones: %v, %q", err, out)
	}
	screen := s.openOn(t, client, "", 80, 24, false)
	screen.press("\rspring\r")
	screen.waitEnd()
	if !strings.Contains(screen.written(), errManyCodes.Error()) {
		t.Errorf("the end is not explained: %q", screen.written())
	}
	if out, err := join(s.dial(t, key), "spring"); err != nil {
		t.Errorf("in another connection: %v, %q", err, out)
	}
}

func TestACodeCanBeTyped(t *testing.T) {
	for code, ok := range map[string]bool{
		"": true, "spring-class": true, "Frühling4": true, strings.Repeat("x", 48): true,
		"spring class": false, "spring\n": false, "spr\u200bing": false, strings.Repeat("x", 49): false, "\xff": false,
	} {
		c := Config{Listen: ":2222", State: t.TempDir(), CheckWorkers: 1, Invitation: code, Limits: DefaultLimits()}
		if err := c.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", code, err)
		}
	}
}

// from is a connection from an address.
type from struct {
	net.Conn
	address net.Addr
}

func (f from) RemoteAddr() net.Addr { return f.address }

func TestCodesFromOneAddress(t *testing.T) {
	g := newGate(DefaultLimits())
	now := time.Now()
	guess := func(address string, right bool) error {
		return g.heard(&conn{Conn: from{address: netAddr(address)}}, right, now)
	}
	const attacker, other = "192.0.2.1:1000", "192.0.2.2:1000"
	wrong := 0
	for range 1000 {
		if errors.Is(guess(attacker, false), errWrongCode) {
			wrong++
		}
	}
	if wrong != addressCodes {
		t.Errorf("%d guesses were heard out, want %d", wrong, addressCodes)
	}
	if err := guess(attacker, true); !errors.Is(err, errAddressCodes) {
		t.Errorf("the right code after them: %v", err)
	}
	if err := guess(other, true); err != nil {
		t.Errorf("the right code from another address: %v", err)
	}
	// The address is not forgotten before it may guess as often again.
	now = now.Add(9*time.Minute + 59*time.Second)
	if err := guess("192.0.2.3:1000", true); err != nil {
		t.Error(err)
	}
	wrong = 0
	for range 1000 {
		if errors.Is(guess(attacker, false), errWrongCode) {
			wrong++
		}
	}
	if wrong >= addressCodes || wrong < addressCodes-2 {
		t.Errorf("ten minutes later %d guesses were heard out, want nearly %d", wrong, addressCodes)
	}
	now = now.Add(time.Hour)
	if err := guess("192.0.2.4:1000", true); err != nil {
		t.Error(err)
	}
	if len(g.doors) != 1 {
		t.Errorf("%d addresses are remembered for ever", len(g.doors))
	}
}
