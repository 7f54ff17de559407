// Command masar serves a bilingual knowledge graph of evidence-based policy, and maintains it.
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
	// Dgraph parses its own command line, so this check comes first.
	if len(os.Args) > 1 && os.Args[1] == "dgraph" {
		carried.Execute(os.Args[2:])
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run runs a command line and returns its exit code.
func run(args []string, out, talk io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	a := &app{out: out, talk: talk}
	root := a.root()
	root.SetArgs(args)
	ran, err := root.ExecuteContextC(ctx)
	return a.exit(ctx, ran, err)
}

// app is the state that all commands share.
type app struct {
	out  io.Writer // data
	talk io.Writer // progress and errors
	flags
	logs
	began bool // whether the command line has been accepted; until then every error is a usage error
}

// flags are the flags that several commands have.
type flags struct {
	dataDir, dgraph, logFormat string
	quiet                      bool
	anew                       bool // start with a new graph
}

func (a *app) root() *cobra.Command {
	root := group(&cobra.Command{
		Use:           "masar",
		Short:         "A knowledge graph of evidence-based policy, in Arabic and English",
		Version:       thisVersion().String(),
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

Each flag has an environment variable: MASAR_DATA_DIR for --data-dir. A flag on
the command line takes precedence. MASAR_DGRAPH_FILE names a file with the
address, to keep its password out of the command line.

Exit codes: 0 success, 1 failure, 2 wrong usage, 3 findings, 4 Dgraph cannot be
reached, 5 not found, 130 interrupted.`,
	})
	root.SetOut(a.out)
	root.SetErr(a.talk)
	root.SetVersionTemplate("{{.Version}}")
	root.SetFlagErrorFunc(unknownFlag)
	root.SetHelpCommand(helpCommand())
	all := root.PersistentFlags()
	all.StringVar(&a.logFormat, "log-format", "auto", "format of the log on stderr: auto (text on a terminal, else json), text or json")
	all.BoolVar(&a.quiet, "quiet", false, "only warnings and errors in the log")
	root.AddCommand(a.serveCommand(), a.readyCommand(), a.mcpCommand(), a.briefCommand(), a.seedCommand(), a.sourcesCommand(), a.exportCommand(), a.importCommand(), a.backupCommand(), a.restoreCommand(), a.rehearseCommand(), a.verifyCommand(), a.doctorCommand(), a.schemaCommand(), a.versionCommand(), a.completionCommand(), a.manualCommand(), &cobra.Command{
		Use:                "dgraph",
		Short:              "Run the included Dgraph",
		Hidden:             true,
		DisableFlagParsing: true,
		Run:                func(_ *cobra.Command, args []string) { carried.Execute(args) },
	})
	return root
}

// group returns a command that only contains others. Without arguments it prints its help; it rejects unknown
// arguments.
func group(c *cobra.Command, commands ...*cobra.Command) *cobra.Command {
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(c, args[0])
		}
		return nil
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	c.AddCommand(commands...)
	return c
}
