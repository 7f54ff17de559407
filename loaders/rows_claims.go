package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/topology"
)

// Claims lists the accepted claims that match a filter.
func (r *Rows) Claims(filter *answers.ClaimFilter) (exchange.Records[exchange.Claim], error) {
	kept, err := r.kept(filter, r.graph.AllClaims)
	return listed(kept, err, r.readClaimsWithTexts)
}

// Links lists those of Claims that are not refuted.
func (r *Rows) Links(filter *answers.ClaimFilter) (exchange.Records[exchange.Claim], error) {
	kept, err := r.kept(filter, r.graph.AllLinks)
	return listed(kept, err, r.readClaims)
}

// kept lists the claims that match a filter.
func (r *Rows) kept(filter *answers.ClaimFilter, list func(*topology.Filter) []topology.Claim) ([]topology.Claim, error) {
	compiled, err := r.graph.Compile(filter)
	if err != nil {
		return nil, err
	}
	return list(compiled), nil
}

// readClaimsWithTexts reads claims with their texts, ends and documents.
func (r *Rows) readClaimsWithTexts(ctx context.Context, places []topology.Claim) ([]exchange.Claim, error) {
	claims, err := r.readClaims(ctx, places)
	if err != nil {
		return nil, err
	}
	said, err := read[*masar.Claim](ctx, r, each(places, r.graph.ClaimRecord))
	for i, c := range said {
		claims[i].Said = c
	}
	return claims, err
}

// readClaims reads claims with their ends and documents, without their texts.
func (r *Rows) readClaims(ctx context.Context, places []topology.Claim) ([]exchange.Claim, error) {
	needed := map[topology.Entity]bool{}
	for _, c := range places {
		needed[r.graph.Subject(c)], needed[r.graph.Object(c)] = true, true
		for _, e := range r.graph.AcceptedEvidence(c) {
			needed[r.graph.DocumentOf(e)] = true
		}
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	countries := r.graph.ClaimOwners(masar.KindCountry)
	claims := make([]exchange.Claim, len(places))
	for i, c := range places {
		subject, object := r.graph.Subject(c), r.graph.Object(c)
		claims[i] = exchange.Claim{
			Said: r.graph.Said(c), Support: r.graph.Support(c), Countries: r.codes(countries(c)),
			Subject: r.place(subject, entities[subject]), Object: r.place(object, entities[object]),
		}
		for _, e := range r.graph.AcceptedEvidence(c) {
			claims[i].Documents = append(claims[i].Documents, entities[r.graph.DocumentOf(e)].(*masar.Document))
		}
	}
	return claims, nil
}

// Evidence lists the accepted evidence of the claims that match a filter, by claim and strongest first.
func (r *Rows) Evidence(filter *answers.ClaimFilter) (exchange.Records[exchange.Evidence], error) {
	kept, err := r.kept(filter, r.graph.AllClaims)
	var all []topology.Evidence
	for _, c := range kept {
		all = append(all, r.graph.AcceptedEvidence(c)...)
	}
	return listed(all, err, r.readEvidence)
}

func (r *Rows) readEvidence(ctx context.Context, places []topology.Evidence) ([]exchange.Evidence, error) {
	pieces, err := read[*masar.Evidence](ctx, r, each(places, r.graph.EvidenceRecord))
	if err != nil {
		return nil, err
	}
	owners := make([]topology.Claim, len(places))
	for i, e := range places {
		owners[i] = r.graph.ClaimOf(e)
	}
	distinct := slices.Compact(slices.Clone(owners)) // evidence is sorted by claim
	read, err := r.readClaims(ctx, distinct)
	if err != nil {
		return nil, err
	}
	evidence := make([]exchange.Evidence, len(places))
	at := 0
	for i, piece := range pieces {
		if owners[i] != distinct[at] {
			at++
		}
		claim := read[at]
		rank := slices.IndexFunc(r.graph.AcceptedEvidence(owners[i]), func(e topology.Evidence) bool { return e == places[i] })
		evidence[i] = exchange.Evidence{Evidence: piece, Claim: claim, Document: claim.Documents[rank]}
		for _, term := range claim.Support.Terms {
			if term.EvidenceKey == piece.Key {
				evidence[i].Term = term
			}
		}
		words, status, err := r.quote(ctx, &piece.Passage)
		if err != nil {
			return nil, err
		}
		evidence[i].QuoteStatus = status
		if words != nil {
			evidence[i].Quote = words.Value
		}
	}
	return evidence, nil
}

func (r *Rows) quote(ctx context.Context, p *masar.Passage) (*masar.Text, masar.QuoteStatus, error) {
	return quote(r.graph, p, func(t topology.Text) ([]*masar.SourceText, error) {
		return read[*masar.SourceText](ctx, r, []topology.Record{r.graph.TextRecord(t)})
	})
}

// Recommendations lists the recommendations with what each advances, by code.
func (r *Rows) Recommendations(filter *answers.ClaimFilter) (exchange.Records[exchange.Recommendation], error) {
	compiled, err := r.graph.Compile(filter)
	if err != nil {
		return exchange.Records[exchange.Recommendation]{}, err
	}
	advances := map[topology.Entity][]topology.Claim{}
	for _, c := range r.graph.AllLinks(compiled) {
		if r.graph.Predicate(c) == masar.Advances {
			advances[r.graph.Subject(c)] = append(advances[r.graph.Subject(c)], c)
		}
	}
	var all []advance
	for _, e := range r.graph.OfKind(masar.KindRecommendation) {
		for _, c := range advances[e] {
			all = append(all, advance{e, c, true})
		}
		if advances[e] == nil && !compiled.Asks() {
			all = append(all, advance{recommendation: e})
		}
	}
	return listed(all, nil, r.readRecommendations)
}

// advance is a recommendation and a claim about what it advances, if there is one.
type advance struct {
	recommendation topology.Entity
	link           topology.Claim
	any            bool
}

func (r *Rows) readRecommendations(ctx context.Context, places []advance) ([]exchange.Recommendation, error) {
	needed := map[topology.Entity]bool{}
	var links []topology.Claim
	from := make([][2]topology.Entity, len(places)) // the document and the activity of each
	for i, p := range places {
		needed[p.recommendation] = true
		if p.any {
			links = append(links, p.link)
		}
		for j, kind := range []masar.Kind{masar.KindDocument, masar.KindActivity} {
			if from[i][j] = r.graph.One(p.recommendation, issuedIn, kind); from[i][j] != topology.None {
				needed[from[i][j]] = true
			}
		}
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	claims, err := r.readClaimsWithTexts(ctx, links)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Recommendation, len(places))
	for i, p := range places {
		all[i].Recommendation = entities[p.recommendation].(*masar.Recommendation)
		all[i].IssuedIn, _ = entities[from[i][0]].(*masar.Document)
		all[i].IssuedAt, _ = entities[from[i][1]].(*masar.Activity)
		if p.any {
			all[i].Advances, claims = &claims[0], claims[1:]
		}
	}
	return all, nil
}

// issuedIn are the steps from a recommendation to its document or activity.
var issuedIn = []topology.Step{{Predicate: masar.IssuedIn}}
