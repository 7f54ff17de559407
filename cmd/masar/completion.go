package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are the shells with completion, by the name of their script in an archive.
var shells = []shell{
	{"bash", "masar.bash", func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", "_masar", (*cobra.Command).GenZshCompletion},
	{"fish", "masar.fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", "masar.ps1", (*cobra.Command).GenPowerShellCompletionWithDesc},
}

// shell is a shell with its completion script.
type shell struct {
	name, file string
	script     func(root *cobra.Command, w io.Writer) error
}

// completionCommand takes the place of cobra's own.
func (a *app) completionCommand() *cobra.Command {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script of a shell",
		Long: `Print the completion script of a shell: bash, zsh, fish or powershell.

  source <(masar completion bash)
  masar completion zsh > "${fpath[1]}/_masar"
  masar completion fish > ~/.config/fish/completions/masar.fish
  masar completion powershell | Out-String | Invoke-Expression

The first and the last line are for the current session. The bash script needs the
package bash-completion. The deb and rpm packages of Masar install the scripts of
bash, zsh and fish.`,
		ValidArgs: names,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return errors.New("the shell is missing: give bash, zsh, fish or powershell")
			case len(args) > 1 || !slices.Contains(names, args[0]):
				return fmt.Errorf("%q is not a shell with completion: give bash, zsh, fish or powershell", strings.Join(args, " "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return shells[slices.Index(names, args[0])].script(c.Root(), a.out)
		},
	}
}
