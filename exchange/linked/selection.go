package linked

import (
	"context"

	"masar"
	"masar/exchange"
)

// Selection are the records of some claims: the claims, the entities at their ends, the documents of their evidence, and what these
// name in turn, so that no record names one that is missing. Observations belong to no claim.
type Selection struct {
	claims  map[string]bool
	ends    map[masar.Ref]bool
	related map[masar.Ref]bool
}

// Select returns the selection of claims. It holds the keys and codes of what is selected.
func Select(ctx context.Context, from Graph, claims exchange.Records[exchange.Claim]) (*Selection, error) {
	s := &Selection{map[string]bool{}, map[masar.Ref]bool{}, map[masar.Ref]bool{}}
	for at := 0; at < claims.Total; at += graphBatch {
		read, err := claims.Read(ctx, at, min(at+graphBatch, claims.Total))
		if err != nil {
			return nil, err
		}
		for _, c := range read {
			s.claims[string(c.Said.Key)] = true
			s.ends[c.Said.Subject], s.ends[c.Said.Object] = true, true
			for _, d := range c.Documents {
				s.related[d.Ref()] = true
			}
		}
	}
	names := map[masar.Ref][]masar.Ref{}
	err := from.Each(ctx, entityTypes, func(record masar.Record, _ []*masar.Evidence) error {
		e := record.(masar.Entity)
		if named := namedBy(e); len(named) > 0 {
			names[e.Head().Ref()] = named
		}
		return nil
	})
	var relate func(masar.Ref)
	relate = func(r masar.Ref) {
		for _, named := range names[r] {
			if !s.related[named] {
				s.related[named] = true
				relate(named)
			}
		}
	}
	for _, first := range []map[masar.Ref]bool{s.ends, s.related} {
		for r := range first {
			s.related[r] = true
			relate(r)
		}
	}
	return s, err
}

// namedBy are the entities that an entity names.
func namedBy(e masar.Entity) []masar.Ref {
	named := []masar.Ref{e.Head().Parent}
	switch e := e.(type) {
	case *masar.Organization:
		named = append(named, e.Home)
	case *masar.Country:
		named = append(named, e.Groups...)
	case *masar.Document:
		named = append(named, e.Publishing)
	case *masar.Output:
		for _, s := range e.History {
			named = append(named, s.Source)
		}
	case *masar.Challenge:
		for _, p := range e.ProxyIndicators { // one of the two exists
			named = append(named, masar.Ref{Kind: masar.KindSdgIndicator, Code: p.Indicator}, masar.Ref{Kind: masar.KindIndicator, Code: p.Indicator})
		}
	}
	if named[0].IsZero() {
		named = named[1:]
	}
	return named
}

// Has reports whether a record is selected.
func (s *Selection) Has(r masar.RecordRef) bool {
	if r.Type == masar.RecordClaim {
		return s.claims[r.Key]
	}
	return s.related[r.Entity()]
}

// IsEnd reports whether a record is an end of a selected claim.
func (s *Selection) IsEnd(r masar.RecordRef) bool { return s.ends[r.Entity()] }
