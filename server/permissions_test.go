package server

import "testing"

func TestExposed(t *testing.T) {
	if !exposed("linux", 0o722, 0o022) || !exposed("darwin", 0o644, 0o077) || exposed("linux", 0o755, 0o022) {
		t.Error("the rights of others are not those of the mode")
	}
	if exposed("windows", 0o777, 0o022) {
		t.Error("on Windows every directory would be refused")
	}
}
