package operations

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/loaders"
	"masar/operations/traces"
)

// describe ends the span of an operation. Its name is that of the operation if the document is the service's own or its
// operator's. Otherwise a client chose the name, and the span has none.
func (r *Request) describe(span *traces.Span, response *graphql.Response, refused *gqlerror.Error) {
	if span == nil {
		return
	}
	outcome := OutcomeOf(nil)
	switch {
	case refused != nil:
		outcome = OutcomeOf(gqlerror.List{refused})
	case response != nil:
		outcome = OutcomeOf(response.Errors)
	}
	span.Text("masar.transport", r.client.Transport).Text("masar.code", outcome.Code).Flag("masar.kept", r.repeated)
	if ran := r.ran; ran != nil {
		name := "adhoc"
		if ran.ours && ran.name != "" {
			name = ran.name
			span.Text("graphql.operation.name", name)
		}
		span.Rename(ran.kind + " " + name)
		span.Text("graphql.operation.type", ran.kind).Text("masar.document", ran.document)
		if ran.isMeasured {
			span.Number("masar.cost", ran.measured.Cost)
		}
	}
	span.End(failureOf(outcome.Code))
}

// failureOf is the code of an operation that failed though its client was right; otherwise empty.
func failureOf(code string) string {
	switch masar.Code(code) {
	case masar.CodeInternal, masar.CodeUnavailable, masar.CodeTimeout, masar.CodeOverloaded:
		return code
	}
	return ""
}

// noteSnapshot adds the snapshot that an operation reads to its span.
func (o *Operations) noteSnapshot(ctx, begun context.Context) {
	if o.spans == nil {
		return
	}
	traces.Current(ctx).Text("masar.snapshot", loaders.SnapshotOf(begun))
}
