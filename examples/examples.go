// Package examples holds operations that consumers of the API send, ready to run: they are documentation, the examples
// of the GraphQL page, and golden tests at once. Each file begins with comments that say who asks what, and with which
// variables.
package examples

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed */*.graphql
var files embed.FS

// Operation is an example: an operation with variables that suit the seed graph.
type Operation struct {
	// Name is the example's path without its ending, such as policymaker/recommendations-for-target.
	Name string
	// Purpose says who asks what.
	Purpose string
	// Document is the text of the file.
	Document string
	// Variables are those of the comment at its head; nil if it has none.
	Variables map[string]any
}

// All are the examples, by name. The error says which file is malformed.
func All() ([]Operation, error) {
	paths, err := fs.Glob(files, "*/*.graphql")
	if err != nil {
		return nil, err
	}
	operations := make([]Operation, len(paths))
	for i, p := range paths {
		text, err := files.ReadFile(p)
		if err != nil {
			return nil, err
		}
		if operations[i], err = parse(strings.TrimSuffix(p, path.Ext(p)), string(text)); err != nil {
			return nil, err
		}
	}
	return operations, nil
}

func parse(name, text string) (Operation, error) {
	op := Operation{Name: name, Document: text}
	var purpose []string
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(line, "# ")
		if !ok {
			break
		}
		if raw, ok := strings.CutPrefix(comment, "variables: "); ok {
			if err := json.Unmarshal([]byte(raw), &op.Variables); err != nil {
				return op, fmt.Errorf("examples: %s: variables: %w", name, err)
			}
			continue
		}
		purpose = append(purpose, strings.TrimSpace(comment))
	}
	op.Purpose = strings.Join(purpose, " ")
	return op, nil
}
