// Command masar serves a bilingual knowledge graph of evidence-based policy, and looks after it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"masar/dgraph/embedded/carried"
)

func main() {
	// Dgraph reads its own command line, so it takes over before this command looks at any of it.
	if len(os.Args) > 1 && os.Args[1] == "dgraph" {
		carried.Execute(os.Args[2:])
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run runs a command line and answers its exit code.
func run(args []string, out, talk io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	a := &app{out: out, talk: talk}
	root := a.root()
	root.SetArgs(args)
	return a.exit(ctx, root.ExecuteContext(ctx))
}

// app is what all commands share.
type app struct {
	out  io.Writer // data
	talk io.Writer // progress and errors
	flags
	logs
	began bool // whether a command has begun; before that, every error is one of usage
}

// flags are those that several commands have.
type flags struct {
	dataDir, dgraph, logFormat string
	quiet                      bool
}

func (a *app) root() *cobra.Command {
	root := group(&cobra.Command{
		Use:           "masar",
		Short:         "A knowledge graph of evidence-based policy, in Arabic and English",
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return err
			}
			if err := a.openLog(); err != nil {
				return err
			}
			a.began = true
			return nil
		},
		Long: `A knowledge graph of evidence-based policy, in Arabic and English.

Every flag may be given by an environment variable as well: --data-dir by
MASAR_DATA_DIR, and so on; the flag wins. MASAR_DGRAPH_FILE names a file that
holds the address, for addresses with a password.

Exit codes: 0 all went well, 1 it failed, 2 the command line is wrong, 3 there
are findings, 4 Dgraph cannot be reached, 5 something named is not there,
130 it was interrupted.`,
	})
	root.SetOut(a.out)
	root.SetErr(a.talk)
	all := root.PersistentFlags()
	all.StringVar(&a.logFormat, "log-format", "auto", "how the log is written on stderr: auto, text or json; auto is text on a terminal")
	all.BoolVar(&a.quiet, "quiet", false, "tell no progress, only warnings and errors")
	root.AddCommand(a.serveCommand(), a.seedCommand(), a.sourcesCommand(), a.verifyCommand(), a.schemaCommand(), a.versionCommand(), &cobra.Command{
		Use:                "dgraph",
		Short:              "Run the Dgraph that this binary carries",
		Hidden:             true,
		DisableFlagParsing: true,
		Run:                func(_ *cobra.Command, args []string) { carried.Execute(args) },
	})
	return root
}

// group makes a command that only holds others: by itself it tells what they are, and it takes no words that are none.
func group(c *cobra.Command, commands ...*cobra.Command) *cobra.Command {
	c.Args = cobra.NoArgs
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	c.AddCommand(commands...)
	return c
}
