package server

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestOpenSSH comes as people do.
func TestOpenSSH(t *testing.T) {
	c := newOpenSSH(t, serve(t, nil))
	if out, code := c.run("", "join", "Ann"); code != 0 || !strings.Contains(out, "You are Ann.") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := c.run(""); code != 0 || !strings.Contains(out, "ssh HOST progress") {
		t.Errorf("without a screen: exit %d: %s", code, out)
	}
	if out, code := c.run("", "-W", "127.0.0.1:22"); code == 0 {
		t.Errorf("a connection was forwarded: %s", out)
	}
}

func TestCheckByOpenSSH(t *testing.T) {
	c := newOpenSSH(t, serve(t, nil))
	c.run("", "join", "Ann")
	if out, code := c.run("wrong", "check", "scores"); code != 1 || !strings.HasPrefix(out, "scores: fail (") {
		t.Errorf("exit %d, %q", code, out)
	}
	if out, code := c.run("", "get", "scores"); code != 0 || out != "wrong" {
		t.Errorf("exit %d, %q", code, out)
	}
}

// openSSH is the client that most people have.
type openSSH struct {
	t    *testing.T
	args []string
}

func newOpenSSH(t *testing.T, s *served) openSSH {
	t.Helper()
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip("OpenSSH's client is not installed")
	}
	dir := t.TempDir()
	identity := filepath.Join(dir, "id")
	if out, err := exec.CommandContext(t.Context(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", identity).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, port, _ := strings.Cut(s.address, ":")
	return openSSH{t, []string{program, "-F", "none", "-p", port, "-i", identity, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=accept-new", "-o", "LogLevel=ERROR", "-o", "UserKnownHostsFile=" + filepath.Join(dir, "known"), "ann@127.0.0.1"}}
}

func (c openSSH) run(input string, words ...string) (out string, code int) {
	c.t.Helper()
	cmd := exec.CommandContext(c.t.Context(), c.args[0], append(slices.Clone(c.args[1:]), words...)...)
	cmd.Stdin = strings.NewReader(input)
	text, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		c.t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}
