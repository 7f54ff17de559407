package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"masar"
)

// helpCommand prints the help of a command. Unlike cobra's own, it fails for a command that does not exist.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		// Help needs neither the environment nor the log.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return unknownCommand(found, rest[0])
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// unknownCommand is the error for a command that does not exist, with the most similar one that does.
func unknownCommand(parent *cobra.Command, name string) error {
	var names []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return didYouMean(fmt.Errorf("unknown command %q for %q", name, parent.CommandPath()), name, names, parent.CommandPath()+" ")
}

// unknownFlag adds to the error of a flag that does not exist the most similar one that does.
func unknownFlag(c *cobra.Command, err error) error {
	unknown, is := errors.AsType[*pflag.NotExistError](err)
	if !is {
		return err
	}
	// Go's own commands write long flags with one dash. Here these are the letters of short flags.
	name := cmp.Or(unknown.GetSpecifiedShortnames(), unknown.GetSpecifiedName())
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return didYouMean(err, name, names, "--")
}

// didYouMean adds to an error the candidate that is most similar to a mistyped word, with the prefix that it is
// written with.
func didYouMean(err error, word string, candidates []string, prefix string) error {
	for _, near := range masar.Nearest(word, 1, slices.Values(candidates)) {
		return fmt.Errorf("%w; did you mean %s%s?", err, prefix, near)
	}
	return err
}
