// Package examples has operations of typical users. They are documentation, the examples in GraphiQL, and golden tests.
// Comments at the beginning of each file state the user's question and the variables.
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

// Operation is an example: an operation with variables for the seed graph.
type Operation struct {
	// Name is the example's path without the extension, such as policymaker/recommendations-for-target.
	Name string
	// Purpose states who asks what.
	Purpose string
	// Document is the text of the file.
	Document string
	// Variables are the variables in the comment at the beginning of the file; nil if there are none.
	Variables map[string]any
}

// All returns the examples ordered by name. The error names the malformed file.
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
