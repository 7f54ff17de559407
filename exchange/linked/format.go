package linked

import (
	"context"
	"io"
	"slices"

	"masar"
	"masar/exchange"
)

// Format is a format of the whole graph for other tools.
type Format struct {
	// Name is its name on the command line, and File that of its file at /export/.
	Name, File string
	// MediaType is its content type.
	MediaType string
	// Computed reports whether it has numbers that are computed for an as-of date. Only then are the claims read.
	Computed bool
	// HasIRIs reports whether it has IRIs of records, and HasLabels whether it has labels in one language.
	HasIRIs, HasLabels bool

	write func(context.Context, io.Writer, Graph, exchange.Records[exchange.Claim], Options) error
}

// Formats are the formats, in the order of lists.
var Formats = []Format{
	{Name: "nquads", File: "graph.nq", MediaType: "application/n-quads", HasIRIs: true, write: ofGraph(WriteNQuads)},
	{Name: "jsonld", File: "graph.jsonld", MediaType: "application/ld+json", HasIRIs: true, write: ofGraph(WriteJSONLD)},
	{Name: "turtle", File: "graph.ttl", MediaType: "text/turtle; charset=utf-8", HasIRIs: true, write: ofGraph(WriteTurtle)},
	{Name: "graphml", File: "graph.graphml", MediaType: "application/graphml+xml; charset=utf-8", Computed: true, HasIRIs: true, HasLabels: true, write: WriteGraphML},
	{Name: "bib", File: "documents.bib", MediaType: "application/x-bibtex; charset=utf-8", HasIRIs: true, write: ofGraph(WriteBibTeX)},
	{Name: "ris", File: "documents.ris", MediaType: "application/x-research-info-systems; charset=utf-8", HasIRIs: true, write: ofGraph(WriteRIS)},
	{Name: "csl", File: "documents.csl.json", MediaType: "application/vnd.citationstyles.csl+json", HasIRIs: true, write: ofGraph(WriteCSL)},
}

// FindFormat returns the format with a name.
func FindFormat(name string) (Format, bool) {
	at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, false
	}
	return Formats[at], true
}

// Write writes a graph. The claims must be of the same snapshot; a format that is not computed does not read them.
func (f Format) Write(ctx context.Context, to io.Writer, from Graph, claims exchange.Records[exchange.Claim], o Options) error {
	return f.write(ctx, to, from, claims, o)
}

// ofGraph is a writer that needs no claims with their support.
func ofGraph(write func(context.Context, io.Writer, Graph, Options) error) func(context.Context, io.Writer, Graph, exchange.Records[exchange.Claim], Options) error {
	return func(ctx context.Context, to io.Writer, from Graph, _ exchange.Records[exchange.Claim], o Options) error {
		return write(ctx, to, from, o)
	}
}

// agreeTries is the number of attempts to read records and rows of one snapshot, while others write.
const agreeTries = 5

// Agree returns the records and the rows of one snapshot, the newest.
func Agree[G interface{ Snapshot() string }](ctx context.Context, rows exchange.Source, now func(context.Context) (G, error)) (G, exchange.Source, error) {
	var none G
	for range agreeTries {
		settled, err := rows.Settle(ctx)
		if err != nil {
			return none, nil, err
		}
		graph, err := now(ctx)
		if err != nil {
			return none, nil, err
		}
		if graph.Snapshot() == settled.Snapshot() {
			return graph, settled, nil
		}
	}
	return none, nil, masar.NewError(masar.CodeUnavailable, "error.database.busy", nil)
}
