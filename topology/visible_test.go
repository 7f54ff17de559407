package topology_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// Catches: a claim or evidence item that a list, a count or a lookup shows although readers do not see it, and one that
// is omitted although they do.
func TestReadersSeeAcceptedRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someOutline(t)
		g := built(t, s)
		status, claims, evidence := map[uint64]masar.ClaimStatus{}, map[uint64]bool{}, map[uint64]bool{}
		for _, c := range s.Claims {
			status[c.UID], claims[c.UID] = c.Status, c.Status == masar.ClaimAccepted
			_, found := g.Record(masar.RecordRef{Type: masar.RecordClaim, Key: string(c.Key)})
			if want := c.Status == masar.ClaimAccepted || c.Status == masar.ClaimDeprecated; found != want {
				t.Fatalf("a claim of status %s is found: %t", c.Status, found)
			}
		}
		for _, e := range s.Evidence {
			evidence[e.UID] = e.Review == masar.ReviewAccepted
			_, found := g.Record(masar.RecordRef{Type: masar.RecordEvidence, Key: string(e.Key)})
			of := status[e.Claim]
			want := (e.Review == masar.ReviewAccepted || e.Review == masar.ReviewDeprecated) && (of == masar.ClaimAccepted || of == masar.ClaimDeprecated)
			if found != want {
				t.Fatalf("evidence of status %s of a claim of status %s is found: %t", e.Review, of, found)
			}
		}
		accepted := 0
		for _, is := range claims {
			if is {
				accepted++
			}
		}
		listed := func(what string, all []topology.Claim) {
			for _, c := range all {
				if !claims[g.ClaimRecord(c).UID] {
					t.Fatalf("%s: a claim of status %s", what, status[g.ClaimRecord(c).UID])
				}
			}
		}
		page, err := g.Claims(topology.None, answers.ListArgs{First: new(100)})
		if err != nil || page.Total != accepted {
			t.Fatalf("%d claims are listed, want %d: %v", page.Total, accepted, err)
		}
		listed("all claims", pageOf(page))
		everything, err := g.Compile(nil)
		if err != nil {
			t.Fatal(err)
		}
		listed("the claims of rows", g.AllClaims(everything))
		cites := func(what string, all []topology.Evidence, ofAccepted bool) {
			for _, e := range all {
				if !evidence[g.EvidenceRecord(e).UID] || ofAccepted && !claims[g.ClaimRecord(g.ClaimOf(e)).UID] {
					t.Fatalf("%s: evidence that readers do not see", what)
				}
			}
		}
		inDocuments := map[uint64]int{}
		for _, e := range s.Evidence {
			if evidence[e.UID] && claims[e.Claim] {
				inDocuments[e.Document]++
			}
		}
		for _, kind := range masar.Kinds {
			for _, e := range g.all(kind) {
				of, err := g.Claims(e, answers.ListArgs{First: new(100)})
				if err != nil {
					t.Fatal(err)
				}
				listed("the claims of an entity", pageOf(of))
				near, err := g.Neighbourhood(e, answers.NeighbourhoodArgs{})
				if err != nil {
					t.Fatal(err)
				}
				listed("a neighbourhood", near.Links)
				if kind != masar.KindDocument {
					continue
				}
				in, err := g.EvidenceIn(e, answers.ListArgs{First: new(100)})
				if err != nil || in.Total != inDocuments[g.EntityRecord(e).UID] {
					t.Fatalf("%d evidence items of %s, want %d: %v", in.Total, g.Ref(e), inDocuments[g.EntityRecord(e).UID], err)
				}
				cites("a document", pageOf(in), true)
				cites("the passages of a document", g.AllEvidenceIn(e), true)
				for start := range 4 {
					cites("a passage", g.EvidenceFrom(e, start), true)
				}
			}
		}
		for _, c := range s.Claims {
			at, _ := g.FindClaim(c.Key)
			of, err := g.EvidenceOf(at, answers.ListArgs{First: new(100)})
			if err != nil || of.Total != len(g.AcceptedEvidence(at)) || !slices.Equal(pageOf(of), g.AcceptedEvidence(at)) {
				t.Fatalf("%d evidence items of a claim, want %d: %v", of.Total, len(g.AcceptedEvidence(at)), err)
			}
			cites("a claim", pageOf(of), false)
		}
	})
}
