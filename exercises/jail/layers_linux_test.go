package jail

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLayers does each deed in the whole jail, behind each layer alone that is to stop it, and behind none of them,
// where it has to succeed: else the test would not show that anything was stopped.
func TestLayers(t *testing.T) {
	for name, deed := range map[string]struct {
		stoppedBy []string
		prepare   func(t *testing.T, c cell) (Command, []string)
	}{
		"read the password file":  {[]string{layerRoot, layerLandlock}, readPath("/etc/passwd")},
		"list the root directory": {[]string{layerLandlock}, readPath("/")},
		"read a secret at home":   {[]string{layerRoot, layerLandlock}, readSecret},
		"read its own memory map": {[]string{layerRoot, layerLandlock}, readPath("/proc/self/maps")},
		"read all mounts":         {[]string{layerRoot, layerLandlock}, readPath("/proc/1/cmdline")},
		"write outside":           {[]string{layerRoot, layerLandlock}, writeOutside},
		"start a program":         {[]string{layerRoot, layerLandlock}, startTrue},
		"start a process":         {[]string{layerSeccomp}, startSelf},
		"call over TCP":           {[]string{layerNet, layerSeccomp, layerLandlock}, dialTCP},
		"call over UDP":           {[]string{layerSeccomp}, dialUDP},
		"call a local socket":     {[]string{layerRoot, layerSeccomp}, dialSocket},
		"call an abstract socket": {[]string{layerNet, layerSeccomp, layerLandlock}, dialAbstract},
		"kill another process":    {[]string{layerPID, layerSeccomp, layerLandlock}, killVictim},
		"trace another process":   {[]string{layerPID, layerSeccomp, layerLandlock}, traceVictim},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("whole", func(t *testing.T) {
				c := newCell(t)
				command, arguments := deed.prepare(t, c)
				if c.found.layers.Landlock == 0 && !c.found.layers.Root && !c.found.layers.Seccomp {
					t.Skip("this system gives none of the layers")
				}
				refused(t, c.commit(t, command, arguments...))
			})
			t.Run("behind none", func(t *testing.T) {
				c := newCell(t)
				command, arguments := deed.prepare(t, c)
				if result := c.only(t).commit(t, command, arguments...); !strings.Contains(string(result.Answers), "done") {
					t.Errorf("nothing was in the way, but it answered %q and said %q", result.Answers, result.Stderr)
				}
			})
			for _, layer := range deed.stoppedBy {
				t.Run("behind the "+layer, func(t *testing.T) {
					c := newCell(t)
					command, arguments := deed.prepare(t, c)
					refused(t, c.only(t, layer).commit(t, command, arguments...))
				})
			}
		})
	}
}

func readPath(path string) func(*testing.T, cell) (Command, []string) {
	return func(*testing.T, cell) (Command, []string) { return Command{}, []string{"read", path} }
}

func readSecret(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	secret := filepath.Join(c.folder(t, "home"), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	return Command{Env: []string{"HOME=" + filepath.Dir(secret)}}, []string{"read", secret, filepath.Dir(secret)}
}

func writeOutside(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	outside := c.folder(t, "outside")
	if err := os.Chmod(outside, 0o777); err != nil {
		t.Fatal(err)
	}
	return Command{}, []string{"write", filepath.Join(outside, "file")}
}

func startTrue(*testing.T, cell) (Command, []string) {
	return Command{}, []string{"start", "/bin/true"}
}

func startSelf(_ *testing.T, c cell) (Command, []string) {
	return Command{Read: []string{os.DevNull}}, []string{"fork-once", c.program}
}

// listen opens a door, and checks in the end that nobody knocked, unless nothing was in the way.
func listen(t *testing.T, network, address string) net.Listener {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		open := strings.HasSuffix(t.Name(), "behind_none")
		// The program has ended: whoever knocked is in the queue already.
		patience := 10 * time.Millisecond
		if open {
			patience = 5 * time.Second
		}
		door, ok := listener.(interface{ SetDeadline(time.Time) error })
		if !ok {
			t.Fatalf("%T has no deadline", listener)
		}
		if err := door.SetDeadline(time.Now().Add(patience)); err != nil {
			t.Error(err)
		}
		connection, err := listener.Accept()
		if arrived := err == nil; arrived != open {
			t.Errorf("a connection arrived: %t, want %t (%v)", arrived, open, err)
		}
		if err == nil {
			if err := connection.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	return listener
}

func dialTCP(t *testing.T, _ cell) (Command, []string) {
	t.Helper()
	return Command{}, []string{"dial", "tcp=" + listen(t, "tcp", "127.0.0.1:0").Addr().String()}
}

func dialUDP(t *testing.T, _ cell) (Command, []string) {
	t.Helper()
	socket, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := socket.Close(); err != nil {
			t.Error(err)
		}
	})
	return Command{}, []string{"dial", "udp=" + socket.LocalAddr().String()}
}

func dialSocket(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	path := filepath.Join(c.dir, "socket")
	listen(t, "unix", path)
	if err := os.Chmod(path, 0o777); err != nil {
		t.Fatal(err)
	}
	return Command{}, []string{"dial", "unix=" + path}
}

func dialAbstract(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	name := "@" + filepath.Base(c.dir)
	listen(t, "unix", name)
	return Command{}, []string{"dial", "unix=" + name}
}

// victim is a process of the user that programs run as.
func victim(t *testing.T, c cell) string {
	t.Helper()
	cmd := exec.Command("sleep", "60")
	if c.found.layers.DropID {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: unprivileged, Gid: unprivileged}}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// It may be dead already: that is what the deed is about.
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return fmt.Sprint(cmd.Process.Pid)
}

func killVictim(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	return Command{}, []string{"kill", victim(t, c)}
}

func traceVictim(t *testing.T, c cell) (Command, []string) {
	t.Helper()
	return Command{}, []string{"ptrace", victim(t, c)}
}
