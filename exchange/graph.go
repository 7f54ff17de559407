package exchange

import (
	"slices"
	"strings"

	"masar"
	"masar/words"
)

// This file has the datasets of nodes and edges. The names of their columns are those that Grafana's node graph panel
// expects.

var graphNodes = define(Dataset{
	Name: "graph-nodes", Accepts: []Parameter{ByFilter}, Key: []string{"id"},
}, filtered(Source.Nodes), slices.Concat(
	[]column[Node]{
		textColumn("node.id", func(n Node) string { return n.ID() }).required(),
		textColumn("node.title", func(n Node) string { return title(n, masar.English) }),
		textColumn("node.subTitle", func(n Node) string { return title(n, masar.Arabic) }),
		countColumn("node.mainStat", func(n Node) int { return n.Stated + n.Inferred }),
		anyColumn("node.arc__stated", Number, func(n Node) any { return share(n.Stated, n.Inferred) }).required(),
		anyColumn("node.arc__inferred", Number, func(n Node) any { return share(n.Inferred, n.Stated) }).required(),
		enumColumn("node.detail__kind", masar.Kinds, func(n Node) masar.Kind { return n.Head().Kind }).required(),
		textColumn("node.detail__code", func(n Node) string { return n.Head().Code }).required(),
	},
	titles("node.label", func(n Node) masar.Entity { return n.Entity }),
	countryColumns(func(n Node) *masar.Country {
		country, _ := n.Entity.(*masar.Country)
		return country
	}),
	sdgColumns(func(n Node) Place { return n.Place }),
	[]column[Node]{
		countColumn("node.evidenceCount", func(n Node) int { return n.Evidence }),
		textColumn("node.sourceUrl", Node.address),
		urlColumn("node.url", func(n Node) masar.RecordRef { return n.Head().Identity() }),
	},
))

var graphEdges = define(Dataset{
	Name: "graph-edges", Accepts: []Parameter{ByFilter}, Key: []string{"id"},
}, filtered(Source.Links), slices.Concat(
	[]column[Claim]{
		textColumn("link.id", Claim.ID).required(),
		textColumn("link.source", func(c Claim) string { return c.Subject.ID() }).required().references("graph-nodes", "id"),
		textColumn("link.target", func(c Claim) string { return c.Object.ID() }).required().references("graph-nodes", "id"),
		textColumn("link.mainStat", func(c Claim) string { return strings.ToLower(strings.ReplaceAll(string(c.Said.Predicate), "_", " ")) }).required().labelled(func(said string) masar.LocalizedText {
			return words.Label(masar.Predicate(strings.ToUpper(strings.ReplaceAll(said, " ", "_"))))
		}),
		anyColumn("link.secondaryStat", Number, func(c Claim) any { return c.Support.Net }).required(),
		enumColumn("link.detail__basis", masar.Bases, func(c Claim) masar.Basis { return c.Said.Basis }).required(),
		enumColumn("link.detail__nature", masar.ClaimNatures, func(c Claim) masar.ClaimNature { return c.Support.Nature }).required(),
		enumColumn("link.detail__certainty", masar.Certainties, func(c Claim) masar.Certainty { return c.Support.Certainty }),
		enumColumn("link.detail__documentation", masar.Documentations, func(c Claim) masar.Documentation { return c.Support.Documentation }),
	},
	sentences,
	[]column[Claim]{
		countColumn("link.evidenceCount", func(c Claim) int { return len(c.Documents) }),
		claimURL,
	},
))

// share is part divided by part + rest. Every node has a link, so the sum is not 0.
func share(part, rest int) float64 { return float64(part) / float64(part+rest) }

// address is the URL of the same thing outside Masar; empty if unknown.
func (n Node) address() string {
	if d, is := n.Entity.(*masar.Document); is && d.URL != "" {
		return d.URL
	}
	if iri := n.Head().Iri(); iri != nil {
		return *iri
	}
	return ""
}
