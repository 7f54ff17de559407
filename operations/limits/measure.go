package limits

import (
	"errors"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// This file measures a document. It visits each selection once: the measure of a fragment is stored, and added wherever
// the fragment is used. The code accepts invalid documents.

// Check measures a parsed document before it is validated. It returns an error if the document exceeds a limit, or if
// an argument or a variable has a value that no argument may have. All operations of the document must be within the
// limits, because all of them are validated. Variables are checked for the operation that is executed.
// The error is a *masar.Error of code LIMIT_EXCEEDED, BAD_INPUT or GRAPHQL_VALIDATION_FAILED, in a *gqlerror.Error if
// it has a position in the document. Otherwise it is a *gqlerror.Error like the validator's.
func Check(schema *ast.Schema, doc *ast.QueryDocument, operationName string, variables map[string]any, l Limits) (Measured, error) {
	m := &measurer{schema: schema, limits: l, variables: variables, fragments: make(map[string]*fragment, len(doc.Fragments))}
	m.operation = doc.Operations.ForName(operationName)
	m.measured.Operations, m.measured.Fragments = len(doc.Operations), len(doc.Fragments)
	m.within(operations, m.measured.Operations)
	m.within(fragments, m.measured.Fragments)
	for _, f := range doc.Fragments {
		if m.fragments[f.Name] == nil {
			m.fragments[f.Name] = &fragment{definition: f}
		}
	}
	for _, o := range doc.Operations {
		m.weighOperation(o)
	}
	for _, f := range doc.Fragments {
		m.weighFragment(f.Name)
	}
	m.position = nil
	m.within(aliases, m.measured.Aliases)
	m.within(directives, m.measured.Directives)
	m.within(values, m.measured.Values)
	return m.measured, m.fault
}

// measurer measures one document.
type measurer struct {
	schema    *ast.Schema
	limits    Limits
	operation *ast.OperationDefinition // the operation to execute; nil if the name matches none
	variables map[string]any
	codes     map[string]bool // variables used as codes that have been checked
	fragments map[string]*fragment
	measured  Measured
	fault     error         // the first error
	position  *ast.Position // of the current node; nil for the document as a whole
}

// within records the first limit that is exceeded.
func (m *measurer) within(b *Bound, reached int) {
	if allowed := *b.Of(&m.limits); reached > allowed {
		m.fail(b.past(reached, allowed, ""))
	}
}

// fail records the first error with its position in the document. Measuring stops after it.
func (m *measurer) fail(err error) {
	if m.fault != nil {
		return
	}
	m.fault = err
	if told, ok := errors.AsType[*masar.Error](err); ok && m.position != nil {
		m.fault = &gqlerror.Error{Err: told, Message: told.Key, Locations: []gqlerror.Location{{Line: m.position.Line, Column: m.position.Column}}}
	}
}

// fragment is a fragment with its measure.
type fragment struct {
	definition   *ast.FragmentDefinition
	weight       weight
	begun, ended bool
}

// weight is the measure of a selection, including its fragments.
type weight struct {
	direct         int // fields of the selection itself
	fields         int // all fields
	levels         int // nesting of fields
	data           int // nesting of fields outside introspection
	introspection  int // nesting of introspection fields
	introspections int // number of fields __schema and __type
	cost           price
}

func (w *weight) add(o weight) {
	w.direct = sum(w.direct, o.direct)
	w.fields = sum(w.fields, o.fields)
	w.levels = max(w.levels, o.levels)
	w.data = max(w.data, o.data)
	w.introspection = max(w.introspection, o.introspection)
	w.introspections = sum(w.introspections, o.introspections)
	w.cost.add(o.cost)
}

func (m *measurer) weighOperation(o *ast.OperationDefinition) {
	m.name(o.Name)
	m.weighDirectives(o.Directives)
	for _, v := range o.VariableDefinitions {
		m.weighVariable(o, v)
	}
	w := m.weigh(m.root(o), o.SelectionSet)
	if m.fault != nil {
		return
	}
	m.position = nil
	into := &m.measured
	into.Depth = max(into.Depth, w.data)
	into.IntrospectionDepth = max(into.IntrospectionDepth, w.introspection)
	into.Introspections = max(into.Introspections, w.introspections)
	into.RootFields = max(into.RootFields, w.direct)
	into.Fields = max(into.Fields, w.fields)
	m.within(depth, w.data)
	m.within(introspectionDepth, w.introspection)
	m.within(introspections, w.introspections)
	m.within(rootFields, w.direct)
	m.within(fields, w.fields)
	if o == m.operation {
		into.Cost = w.cost.of(fewItems)
		m.within(cost, into.Cost)
	}
}

// root is the type of an operation's root fields; nil if the schema has none.
func (m *measurer) root(o *ast.OperationDefinition) *ast.Definition {
	switch o.Operation {
	case ast.Mutation:
		return m.schema.Mutation
	case ast.Subscription:
		return m.schema.Subscription
	}
	return m.schema.Query
}

// weighFragment measures a fragment. The measure of an undefined fragment is zero; the validator reports it.
func (m *measurer) weighFragment(name string) weight {
	f := m.fragments[name]
	switch {
	case f == nil || m.fault != nil:
		return weight{}
	case f.ended:
		return f.weight
	case f.begun:
		m.fail(cycle(f.definition))
		return weight{}
	}
	f.begun = true
	m.name(name)
	m.weighDirectives(f.definition.Directives)
	f.weight = m.weigh(m.schema.Types[f.definition.TypeCondition], f.definition.SelectionSet)
	f.ended = true
	return f.weight
}

// cycle is the validator's error for a fragment that contains itself.
func cycle(f *ast.FragmentDefinition) error {
	err := gqlerror.Errorf("Cannot spread fragment %q within itself.", f.Name)
	err.Rule = "NoFragmentCycles"
	if f.Position != nil {
		err.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	errcode.Set(err, errcode.ValidationFailed)
	return err
}

// weigh measures a selection on a type. The type is nil if it is not in the schema.
func (m *measurer) weigh(on *ast.Definition, selection ast.SelectionSet) (w weight) {
	named := make(map[string]bool, len(selection))
	for _, s := range selection {
		if m.fault != nil {
			return w
		}
		m.measured.steps++
		m.position = s.GetPosition()
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias != s.Name || named[s.Alias] {
				m.measured.Aliases++
			}
			named[s.Alias] = true
			w.add(m.weighField(on, s))
		case *ast.InlineFragment:
			m.weighDirectives(s.Directives)
			to := on
			if s.TypeCondition != "" {
				to = m.schema.Types[s.TypeCondition]
			}
			w.add(m.weigh(to, s.SelectionSet))
		case *ast.FragmentSpread:
			m.name(s.Name)
			m.weighDirectives(s.Directives)
			w.add(m.weighFragment(s.Name))
		}
	}
	return w
}

func (m *measurer) weighField(on *ast.Definition, f *ast.Field) weight {
	m.name(f.Alias)
	m.name(f.Name)
	m.weighDirectives(f.Directives)
	var definition *ast.FieldDefinition
	if on != nil {
		definition = on.Fields.ForName(f.Name)
	}
	m.weighArguments(argumentsOf(definition), f.Arguments)
	below := m.weigh(m.typeOf(definition), f.SelectionSet)
	w := weight{
		direct: 1,
		fields: sum(1, below.fields),
		levels: 1 + below.levels,
		data:   1 + below.data,
		cost:   m.price(definition, f, below.cost),
	}
	w.introspections = below.introspections
	if below.introspection > 0 {
		w.introspection = 1 + below.introspection
	}
	if f.Name == "__schema" || f.Name == "__type" {
		w.data, w.introspection, w.introspections = 0, w.levels, sum(1, below.introspections)
		w.cost = price{own: 1} // bounded by the limits for introspection
	}
	return w
}

func argumentsOf(f *ast.FieldDefinition) ast.ArgumentDefinitionList {
	if f == nil {
		return nil
	}
	return f.Arguments
}

func (m *measurer) typeOf(f *ast.FieldDefinition) *ast.Definition {
	if f == nil {
		return nil
	}
	return m.schema.Types[f.Type.Name()]
}

func (m *measurer) weighDirectives(all ast.DirectiveList) {
	m.measured.steps += len(all)
	m.measured.Directives += len(all)
	m.within(directivesPerNode, len(all))
	for _, d := range all {
		m.name(d.Name)
		var takes ast.ArgumentDefinitionList
		if definition := m.schema.Directives[d.Name]; definition != nil {
			takes = definition.Arguments
		}
		m.weighArguments(takes, d.Arguments)
	}
}

// name checks the length of a name that a client chose, because the answer may repeat it for each item of a list.
func (m *measurer) name(name string) {
	m.within(nameLength, len(name))
}

// most is the maximum count. Sums and products of two counts do not overflow.
const most = 1 << 30

func sum(a, b int) int     { return min(a+b, most) }
func product(a, b int) int { return min(a*b, most) }
