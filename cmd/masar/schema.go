package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"masar/resolvers"
	"masar/server"
)

func (a *app) schemaCommand() *cobra.Command {
	return group(&cobra.Command{Use: "schema", Short: "Print the schema of the API"}, &cobra.Command{
		Use:   "print",
		Short: "Print the schema with all descriptions, in GraphQL SDL",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(a.out, server.SDL(resolvers.NewSchema().Schema()))
			return err
		},
	})
}
