package main

import (
	"runtime/debug"
	"testing"
)

func TestCommitOfABuild(t *testing.T) {
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "4779282"}
	time := debug.BuildSetting{Key: "vcs.time", Value: "2026-01-31T10:00:00Z"}
	for want, settings := range map[string][]debug.BuildSetting{
		"":                             {{Key: "GOOS", Value: "linux"}, {Key: "vcs.modified", Value: "true"}},
		"commit 4779282 of 2026-01-31": {{Key: "vcs", Value: "git"}, revision, time, {Key: "vcs.modified", Value: "false"}},
		"commit 4779282 of 2026-01-31, with changes": {revision, time, {Key: "vcs.modified", Value: "true"}},
	} {
		if got := commit(settings); got != want {
			t.Errorf("%+v: %q, want %q", settings, got, want)
		}
	}
}
