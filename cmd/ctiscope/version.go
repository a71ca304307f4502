package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"ctiscope/decode/schema"
)

// version is the release; CHANGELOG.md has a heading for it (see
// TestVersionInChangelog).
const version = "0.1.0"

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print version and build",
		Long:    "Print the release, what it was built from and with, and the protocol versions it knows.",
		Example: "  ctiscope version",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			_, err := fmt.Fprint(a.stdout, versionText(info))
			return err
		},
	}
}

// versionText says what this program is; info may be nil.
func versionText(info *debug.BuildInfo) string {
	text := fmt.Sprintf("ctiscope %s\n", version)
	if commit := commitText(info); commit != "" {
		text += "commit " + commit + "\n"
	}
	protocol := schema.CCE()
	versions := protocol.Versions()
	return text + fmt.Sprintf("%s %s/%s\n%s protocol versions %d to %d\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, protocol.Guide(), versions.Min, versions.Max)
}

func commitText(info *debug.BuildInfo) string {
	if info == nil {
		return ""
	}
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	text := settings["vcs.revision"]
	if text != "" && settings["vcs.time"] != "" {
		text += " of " + settings["vcs.time"]
	}
	if settings["vcs.modified"] == "true" {
		text += ", with changes"
	}
	return text
}
