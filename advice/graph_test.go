package advice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/scoring"
	"masar/topology"
)

// graphOf is a graph of claims such as RECOMMENDATION/R-1 ADVANCES SDG_TARGET/16.6, each with one document that states it.
func graphOf(t *testing.T, triples ...string) *topology.Graph {
	t.Helper()
	return build(t, shapeOf(t, triples...))
}

// build is the graph of a shape on the first day of 2025.
func build(t *testing.T, s *masar.Shape) *topology.Graph {
	t.Helper()
	g, err := topology.Build(s, scoring.DefaultProfile(), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// shapeOf is what graphOf makes a graph of.
func shapeOf(t *testing.T, triples ...string) *masar.Shape {
	t.Helper()
	s := &masar.Shape{}
	uids := map[masar.Ref]uint64{}
	next := func() uint64 { return uint64(len(s.Entities) + len(s.Claims) + len(s.Evidence) + 1) }
	entity := func(written string) (masar.Ref, uint64) {
		ref, err := masar.ParseRef(written)
		if err != nil {
			t.Fatal(err)
		}
		if uids[ref] == 0 {
			uids[ref] = next()
			s.Entities = append(s.Entities, masar.EntityShape{UID: uids[ref], Ref: ref, Revision: 1, Date: "2025", Family: ref.Code})
		}
		return ref, uids[ref]
	}
	for i, triple := range triples {
		parts := strings.Fields(triple)
		subject, from := entity(parts[0])
		if len(parts) == 1 {
			continue
		}
		object, to := entity(parts[2])
		_, document := entity(fmt.Sprintf("DOCUMENT/D-%d", i))
		claim := masar.Claim{Subject: subject, Predicate: masar.Predicate(parts[1]), Object: object}
		at := next()
		s.Claims = append(s.Claims, masar.ClaimShape{
			UID: at, Key: claim.NewKey(), Revision: 1, Subject: from, Object: to, Predicate: claim.Predicate,
			Basis: masar.Stated, Status: masar.ClaimAccepted,
		})
		s.Evidence = append(s.Evidence, masar.EvidenceShape{
			UID: next(), Key: masar.EvidenceKey(fmt.Sprintf("%032x", i)), Revision: 1, Claim: at, Stance: masar.Supports, Kind: masar.OfficialStatistic,
			Directness: masar.Named, Review: masar.ReviewAccepted, Document: document,
		})
	}
	return s
}

// entityOf is the entity of a shape with a code.
func entityOf(t *testing.T, s *masar.Shape, code string) *masar.EntityShape {
	t.Helper()
	for i := range s.Entities {
		if s.Entities[i].Ref.Code == code {
			return &s.Entities[i]
		}
	}
	t.Fatalf("the shape has no %s", code)
	return nil
}
