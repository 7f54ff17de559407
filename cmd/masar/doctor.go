package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"masar/dgraph/embedded"
)

// rating is the result of a check.
type rating string

// The ratings, from the worst.
const (
	isFault   rating = "fault"     // the service does not work, or is not safe
	isWarning rating = "warning"   // the service works, and something should be mended
	unchecked rating = "unchecked" // the check was not possible
	isOK      rating = "ok"
)

var ratings = []rating{isFault, isWarning, unchecked, isOK}

// diagnosis is the result of doctor.
type diagnosis struct {
	// DataDir is the data directory; empty with --dgraph.
	DataDir string `json:"dataDir,omitempty"`
	// Use is the use of the data directory; empty with --dgraph.
	Use    embedded.Use `json:"use,omitempty"`
	Rating rating       `json:"rating"`
	Checks []checked    `json:"checks"`
}

// checked is the result of one check. A check with several faults has several results.
type checked struct {
	Check  string `json:"check"`
	Rating rating `json:"rating"`
	// Seen is the observation.
	Seen string `json:"seen"`
	// Meaning is its consequence, and Mend is the command or action that mends it. Both are empty if all is well.
	Meaning string `json:"meaning,omitempty"`
	Mend    string `json:"mend,omitempty"`
	// Records are the records that differ from the seed.
	Records []differing `json:"records,omitempty"`
}

func (a *app) doctorCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Report what is wrong with a service, and the command that mends it",
		Long: `Report what is wrong with a service, and the command that mends it.

The command checks the data directory, its permissions and files, the disk, the
processes of Dgraph, certificates and ports, versions, the graph, the clock, the
memory, and the differences from the seed in this binary. The most important
faults come first.

It changes nothing and starts nothing. While "masar serve" runs, it asks that
Dgraph. Otherwise it checks the files, and leaves out the checks that need a
running Dgraph. With --dgraph, it checks each host of a cluster.

The exit code is 0 if nothing has to be mended, 3 if there are faults or
warnings, 4 if the Dgraph of --dgraph cannot be reached, and 5 if there is no
graph.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := &doctor{app: a}
			var err error
			if a.dgraph != "" {
				err = badAddress(d.examineCluster(cmd.Context()))
			} else {
				err = d.examineDirectory(cmd.Context())
			}
			if len(d.checks) == 0 {
				return err // nothing could be checked
			}
			reportErr := a.reportDiagnosis(d.result(), form)
			return cmp.Or(err, reportErr)
		},
	}
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// The time limits of the questions to Dgraph: for a host, for a read, and for all reads of the graph. They are long,
// because a busy machine is no fault.
const (
	hostTime  = 5 * time.Second
	readTime  = 10 * time.Second
	graphTime = 30 * time.Second
)

// doctor collects the results of checks. The checks run in the order of their importance.
type doctor struct {
	*app
	usage  embedded.Usage
	checks []checked
}

func (d *doctor) add(check string, r rating, seen, meaning, mend string) {
	d.checks = append(d.checks, checked{Check: check, Rating: r, Seen: seen, Meaning: meaning, Mend: mend})
}

func (d *doctor) fault(check, seen, meaning, mend string) { d.add(check, isFault, seen, meaning, mend) }
func (d *doctor) warning(check, seen, meaning, mend string) {
	d.add(check, isWarning, seen, meaning, mend)
}
func (d *doctor) unchecked(check, why string) { d.add(check, unchecked, why, "", "") }
func (d *doctor) ok(check, format string, args ...any) {
	d.add(check, isOK, fmt.Sprintf(format, args...), "", "")
}

// failed reports whether a check has found a fault.
func (d *doctor) failed(check string) bool {
	return slices.ContainsFunc(d.checks, func(c checked) bool { return c.Check == check && c.Rating == isFault })
}

// examineDirectory checks a data directory and the Dgraph that runs on it. The error reports that there is no graph.
func (d *doctor) examineDirectory(ctx context.Context) error {
	there, err := d.checkDirectory()
	if err != nil || !there {
		return err
	}
	if err := d.checkFiles(ctx); err != nil {
		return err
	}
	d.checkDisk()
	d.checkPermissions()
	d.checkProcesses(ctx)
	d.checkCertificates()
	d.checkPorts(ctx)
	d.checkGraph(ctx)
	d.checkMemory()
	d.checkVersions()
	return nil
}

// result returns the results with the worst first, and in the order of importance for each rating.
func (d *doctor) result() diagnosis {
	rank := func(c checked) int { return slices.Index(ratings, c.Rating) }
	slices.SortStableFunc(d.checks, func(a, b checked) int { return cmp.Compare(rank(a), rank(b)) })
	result := diagnosis{Rating: isOK, Checks: d.checks}
	if d.dgraph == "" {
		result.DataDir, result.Use = d.dataDir, d.usage.Use
	}
	if worst := d.checks[0].Rating; worst != unchecked {
		result.Rating = worst
	}
	return result
}

func (a *app) reportDiagnosis(result diagnosis, form output) error {
	tell := a.diagnosisTable
	if form.form == "json" {
		tell = func(d diagnosis) error { return a.json(d) }
	}
	if err := tell(result); err != nil {
		return err
	}
	n := map[rating]int{}
	for _, c := range result.Checks {
		n[c.Rating]++
	}
	left := ""
	if n[unchecked] > 0 {
		left = fmt.Sprintf("; %s not possible", count(n[unchecked], "check"))
	}
	if n[isFault]+n[isWarning] > 0 {
		fmt.Fprintf(a.talk, "masar: %s, %s%s\n", count(n[isFault], "fault"), count(n[isWarning], "warning"), left)
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "nothing has to be mended%s\n", left)
	}
	return nil
}

// diagnosisTable writes a line for each result, and below faults and warnings what they mean and what mends them.
func (a *app) diagnosisTable(result diagnosis) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range result.Checks {
		name := string(c.Rating)
		if c.Mend != "" {
			name = strings.ToUpper(name)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, c.Check, c.Seen)
		if c.Mend != "" {
			fmt.Fprintf(w, "\t\t%s\n\t\tTo mend it: %s\n", c.Meaning, c.Mend)
		}
	}
	return w.Flush()
}

// quoted returns an argument of a command for a shell.
func quoted(arg string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("/._-+:,@%", r)
	}
	if arg != "" && strings.IndexFunc(arg, func(r rune) bool { return !plain(r) }) < 0 {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// where returns the flag that names the graph in a command. It does not repeat an address, which may have a password.
func (d *doctor) where() string {
	if d.dgraph != "" {
		return "--dgraph ADDRESS"
	}
	return "--data-dir " + quoted(d.dataDir)
}
