package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/carried"
)

// release is the version of a release build, set by -ldflags "-X main.release=v1.2.3".
var release = "development"

// version describes the program.
type version struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Date    string `json:"date,omitempty"`
	Changed bool   `json:"changed,omitempty"`
	Go      string `json:"go"`
	// Dgraph is the version of the Dgraph in the binary; empty if the binary has none.
	Dgraph string `json:"dgraph,omitempty"`
}

// String has a line for each part that is known.
func (v version) String() string {
	lines := "masar " + v.Version + "\n"
	for _, line := range [][2]string{{"commit", v.Commit}, {"date", v.Date}, {"go", v.Go}, {"dgraph", v.Dgraph}} {
		if line[1] != "" {
			lines += fmt.Sprintf("%-7s %s\n", line[0], line[1])
		}
	}
	return lines
}

func thisVersion() version {
	v := version{Version: release, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Date = s.Value
		case "vcs.modified":
			v.Changed = s.Value == "true"
		}
	}
	for _, m := range info.Deps {
		if carried.Carried && m.Path == "github.com/dgraph-io/dgraph/v25" {
			v.Dgraph = m.Version
		}
	}
	return v
}

// theseVersions are the versions that this binary records in a data directory. A development build has its commit, too.
func theseVersions() embedded.Versions {
	v := thisVersion()
	name := v.Version
	if v.Commit != "" {
		name += " (" + v.Commit[:min(len(v.Commit), 12)] + ")"
	}
	return embedded.Versions{Masar: name, Dgraph: v.Dgraph}
}

func (a *app) versionCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of Masar and of its Dgraph",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := thisVersion()
			if form.form == "json" {
				return a.json(v)
			}
			_, err := fmt.Fprint(a.out, v)
			return err
		},
	}
	form.flag(c, "table", "json")
	return c
}
