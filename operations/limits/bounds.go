package limits

import (
	"masar"
)

// Bound describes one limit: what it bounds and how to stay within it.
type Bound struct {
	// Name is the limit's name in errors, under extensions.limit.
	Name string
	// Flag is the flag of masar serve that sets the limit; empty if there is none.
	Flag string
	// Of returns the limit's field in Limits.
	Of func(*Limits) *int
	// Remedy is the key of the message that explains how to stay within the limit.
	Remedy string
}

// What is the message that names the quantity.
func (b *Bound) What() masar.Phrase { return masar.Phrase{Key: "error.limit.what." + b.Name} }

// Remedies that several bounds share.
const (
	splitUp  = "error.limit.remedy.split"
	fewer    = "error.limit.remedy.fewer"
	shorter  = "error.limit.remedy.shorter"
	readFile = "error.limit.remedy.schema"
)

// The bounds.
var (
	tokens             = &Bound{"tokens", "max-tokens", func(l *Limits) *int { return &l.Tokens }, splitUp}
	depth              = &Bound{"depth", "max-depth", func(l *Limits) *int { return &l.Depth }, "error.limit.remedy.deeper"}
	introspectionDepth = &Bound{"introspectionDepth", "max-introspection-depth", func(l *Limits) *int { return &l.IntrospectionDepth }, readFile}
	introspections     = &Bound{"introspections", "", func(l *Limits) *int { return &l.Introspections }, readFile}
	aliases            = &Bound{"aliases", "max-aliases", func(l *Limits) *int { return &l.Aliases }, "error.limit.remedy.lists"}
	directives         = &Bound{"directives", "max-directives", func(l *Limits) *int { return &l.Directives }, fewer}
	directivesPerNode  = &Bound{"directivesPerNode", "max-directives-per-node", func(l *Limits) *int { return &l.DirectivesPerNode }, fewer}
	rootFields         = &Bound{"rootFields", "max-root-fields", func(l *Limits) *int { return &l.RootFields }, splitUp}
	fields             = &Bound{"fields", "max-fields", func(l *Limits) *int { return &l.Fields }, splitUp}
	fragments          = &Bound{"fragments", "max-fragments", func(l *Limits) *int { return &l.Fragments }, fewer}
	operations         = &Bound{"operations", "max-operations", func(l *Limits) *int { return &l.Operations }, "error.limit.remedy.separate"}
	cost               = &Bound{"cost", "max-cost", func(l *Limits) *int { return &l.Cost }, "error.limit.remedy.pages"}
	values             = &Bound{"values", "max-values", func(l *Limits) *int { return &l.Values }, splitUp}
	valueDepth         = &Bound{"valueDepth", "max-value-depth", func(l *Limits) *int { return &l.ValueDepth }, "error.limit.remedy.flatter"}
	listLength         = &Bound{"listLength", "max-list-length", func(l *Limits) *int { return &l.ListLength }, splitUp}
	textLength         = &Bound{"textLength", "max-text-length", func(l *Limits) *int { return &l.TextLength }, shorter}
	nameLength         = &Bound{"nameLength", "max-name-length", func(l *Limits) *int { return &l.NameLength }, shorter}
)

// Bounds lists all bounds in the order of the documentation.
var Bounds = []*Bound{
	tokens, depth, introspectionDepth, introspections, aliases, directives, directivesPerNode, rootFields, fields, fragments,
	operations, cost, values, valueDepth, listLength, textLength, nameLength,
}

// past is the error of a document that exceeds a bound. The argument may be empty.
func (b *Bound) past(reached, allowed int, argument string) *masar.Error {
	err := masar.NewArgumentError(masar.CodeLimit, argument, "error.limit",
		masar.Args{"what": b.What(), "reached": reached, "allowed": allowed, "remedy": masar.Phrase{Key: b.Remedy}})
	err.Details = map[string]any{"limit": b.Name, "reached": reached, "allowed": allowed}
	return err
}
