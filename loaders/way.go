package loaders

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/answers"
	"masar/topology"
)

// way is where a field of an entity leads: along claims, or along the structure of the graph.
type way struct {
	steps    []topology.Step
	relation topology.Relation
	// kinds are the kinds of the entities that it leads to; nil for every kind.
	kinds []masar.Kind
}

// kindOfType maps each object type that is an entity to its kind.
var kindOfType = func() map[string]masar.Kind {
	kinds := map[string]masar.Kind{}
	for _, kind := range masar.Kinds {
		kinds[reflect.TypeOf(masar.NewEntity(kind)).Elem().Name()] = kind
	}
	return kinds
}()

// ways reads where the fields of a schema lead.
func ways(schema *ast.Schema) (map[*ast.FieldDefinition]way, error) {
	all := map[*ast.FieldDefinition]way{}
	for _, definition := range schema.Types {
		for _, field := range definition.Fields {
			follows, structural := field.Directives.ForName("follows"), field.Directives.ForName("structural")
			if follows == nil && structural == nil {
				continue
			}
			var w way
			if name := nodeType(field); name != "Entity" {
				kind, ok := kindOfType[name]
				if !ok {
					return nil, fmt.Errorf("schema: %s.%s leads to %s, which is no entity", definition.Name, field.Name, name)
				}
				w.kinds = []masar.Kind{kind}
			}
			if structural != nil {
				w.relation = topology.Relation(structural.Arguments.ForName("relation").Value.Raw)
			} else {
				for _, step := range follows.Arguments.ForName("steps").Value.Children {
					if len(step.Value.Children) != 1 { // gqlparser checks @oneOf in operations only
						return nil, fmt.Errorf("schema: a step of %s.%s gives %d of out and in instead of one", definition.Name, field.Name, len(step.Value.Children))
					}
					for _, part := range step.Value.Children {
						w.steps = append(w.steps, topology.Step{Predicate: masar.Predicate(part.Value.Raw), Back: part.Name == "in"})
					}
				}
			}
			all[field] = w
		}
	}
	return all, nil
}

// nodeType is the type of a field's nodes, in a list or single.
func nodeType(field *ast.FieldDefinition) string {
	return strings.TrimSuffix(field.Type.Name(), "Connection")
}

// fieldOf is the field that is being resolved.
func fieldOf(ctx context.Context) *ast.Field { return graphql.GetFieldContext(ctx).Field.Field }

// wayOf is where the current field leads.
func (r *Request) wayOf(ctx context.Context) way { return r.service.fields[fieldOf(ctx).Definition] }

// ofKinds limits the kinds of a way to those in the arguments.
func (to way) ofKinds(args answers.ListArgs) []masar.Kind {
	if to.kinds == nil && len(args.Kinds) > 0 {
		return args.Kinds
	}
	return to.kinds
}
