package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/engine"
)

// version is the module's version where it was installed as one, else "devel".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

// commit is the commit that the program was built from and its day, "" where the build was not told.
func commit(settings []debug.BuildSetting) string {
	var vcs struct{ revision, day, changed string }
	for _, s := range settings {
		switch s.Key {
		case "vcs.revision":
			vcs.revision = s.Value
		case "vcs.time": // in UTC, as 2026-01-31T10:00:00Z
			vcs.day, _, _ = strings.Cut(s.Value, "T")
		case "vcs.modified":
			if s.Value == "true" {
				vcs.changed = ", with changes"
			}
		}
	}
	if vcs.revision == "" {
		return ""
	}
	return "commit " + vcs.revision + " of " + vcs.day + vcs.changed
}

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version and how it was built",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			kernels := "vector kernels"
			if !engine.SIMD {
				kernels = "no vector kernels: " + engine.WithoutSIMD()
			}
			p := printer{w: cmd.OutOrStdout()}
			p.say("aetutor %s, %s, %s/%s, %s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, kernels)
			if info, ok := debug.ReadBuildInfo(); ok {
				if from := commit(info.Settings); from != "" {
					p.say("%s\n", from)
				}
			}
			return p.err
		},
	}
}
