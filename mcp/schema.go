package mcp

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"masar"
)

type schemaInput struct {
	Types []string `json:"types,omitempty" jsonschema:"names of types whose definitions are wanted; by default the names of all types, one line each" min:"1" max:"128" maxItems:"10"`
	After string   `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type schemaOutput struct {
	answer
	Types []definition `json:"types"`
}

type definition struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	SDL         string `json:"sdl,omitempty" jsonschema:"the definition in GraphQL's schema language; a long one goes on with nextCursor"`
}

// readSchema is the schema of the service. It is read once.
func (c *call) readSchema() (*ast.Schema, error) {
	of := &c.schema
	of.mu.Lock()
	defer of.mu.Unlock()
	if of.parsed != nil {
		return of.parsed, nil
	}
	text, err := c.SDL(c.ctx)
	if err != nil {
		return nil, err
	}
	parsed, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: text})
	if err != nil {
		return nil, err
	}
	of.parsed = parsed
	return parsed, nil
}

func getSchema(c *call, in schemaInput) (f found[*schemaOutput], err error) {
	from, err := readCursor("get_schema", in.After)
	if err != nil {
		return f, err
	}
	schema, err := c.readSchema()
	if err != nil {
		return f, err
	}
	all, err := definitions(schema, in.Types)
	if err != nil {
		return f, err
	}
	var of frame
	if err := c.run("frame", nil, &of); err != nil {
		return f, err
	}
	// The items are the lines of the definitions.
	lines := rest(linesOf(all), from)
	return found[*schemaOutput]{
		items: len(lines),
		first: func(n int) *schemaOutput {
			return &schemaOutput{answer: of.answer(), Types: definitionsOf(all, lines[:n])}
		},
		after:  from.skipping,
		narrow: "assistants.narrow.schema",
	}, nil
}

// definitions are the types with these names, or all types without their text.
func definitions(schema *ast.Schema, names []string) ([]definition, error) {
	known := slices.DeleteFunc(slices.Sorted(maps.Keys(schema.Types)), func(name string) bool { return strings.HasPrefix(name, "__") })
	if len(names) == 0 {
		var all []definition
		for _, name := range known {
			all = append(all, definition{Name: name, Description: firstSentence(schema.Types[name].Description)})
		}
		return all, nil
	}
	var all []definition
	for _, name := range names {
		if !slices.Contains(known, name) {
			nearest := masar.Nearest(name, 3, slices.Values(known))
			err := masar.NewArgumentError(masar.CodeBadInput, "types", "error.assistants.type", masar.Args{"name": name})
			err.Details = map[string]any{nearestDetail: nearest}
			return nil, err
		}
		of := schema.Types[name]
		all = append(all, definition{name, firstSentence(of.Description), sdl(of)})
	}
	return all, nil
}

// sdl is the text of a definition.
func sdl(of *ast.Definition) string {
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchemaDocument(&ast.SchemaDocument{Definitions: ast.DefinitionList{of}})
	return strings.TrimSpace(text.String())
}

func firstSentence(description string) string {
	line, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(description), "\n", " "), ". ")
	return strings.TrimSuffix(line, ".") + "."
}

// line is a line of a definition.
type line struct {
	of   int // the index of the definition
	text string
}

func linesOf(all []definition) []line {
	var lines []line
	for i, d := range all {
		for text := range strings.Lines(d.SDL) {
			lines = append(lines, line{i, text})
		}
		if d.SDL == "" {
			lines = append(lines, line{i, ""})
		}
	}
	return lines
}

// definitionsOf are the definitions with some of their lines.
func definitionsOf(all []definition, lines []line) []definition {
	var made []definition
	last := -1
	for _, l := range lines {
		if l.of != last {
			made = append(made, definition{Name: all[l.of].Name, Description: all[l.of].Description})
			last = l.of
		}
		made[len(made)-1].SDL += l.text
	}
	return made
}

func (o *schemaOutput) write(w *writer) {
	for _, d := range o.Types {
		if d.SDL != "" {
			w.WriteString(d.SDL + "\n\n")
			continue
		}
		w.line("assistants.text.type", masar.Args{"name": d.Name, "description": d.Description})
	}
}
