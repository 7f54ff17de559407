package dgraph_test

import (
	"testing"

	"masar"
	"masar/dgraph"
)

// Catches: a direct edge that is missing beside a linked claim, that stays when no claim is linked any more, or that
// goes while another claim says the same with another role; an edge that leads one way only.
func TestDirectEdges(t *testing.T) {
	org := &masar.Organization{Header: masar.Header{Kind: masar.KindOrganization, Code: "GIZ"}}
	work := &masar.Initiative{Header: masar.Header{Kind: masar.KindInitiative, Code: "INNOPA"}}
	by := func(role masar.Role, status masar.ClaimStatus) *masar.Claim {
		c := claim(org.Ref(), masar.Participates, work.Ref(), role)
		c.Status = status
		return c
	}
	const yes, no = masar.ClaimAccepted, masar.ClaimRejected
	const implementer, funder = masar.RoleImplementer, masar.RoleFunder
	for _, c := range []struct {
		name   string
		writes [][]*masar.Claim
		want   bool
	}{
		{"a linked claim", [][]*masar.Claim{{by(funder, yes)}}, true},
		{"a claim that is not linked", [][]*masar.Claim{{by(funder, no)}}, false},
		{"linked later", [][]*masar.Claim{{by(funder, no)}, {by(funder, yes)}}, true},
		{"no longer linked", [][]*masar.Claim{{by(funder, yes)}, {by(funder, no)}}, false},
		{"linked again", [][]*masar.Claim{{by(funder, yes)}, {by(funder, no)}, {by(funder, yes)}}, true},
		{"another role is still linked", [][]*masar.Claim{{by(funder, yes), by(implementer, yes)}, {by(funder, no)}}, true},
		{"no role is still linked", [][]*masar.Claim{{by(funder, yes), by(implementer, yes)}, {by(funder, no)}, {by(implementer, no)}}, false},
		{"all roles go at once", [][]*masar.Claim{{by(funder, yes), by(implementer, yes)}, {by(funder, no), by(implementer, no)}}, false},
		{"another role was never linked", [][]*masar.Claim{{by(funder, yes), by(implementer, no)}, {by(funder, no)}}, false},
		{"one role goes, another comes", [][]*masar.Claim{{by(funder, yes)}, {by(funder, no), by(implementer, yes)}}, true},
		{"one role comes, another goes", [][]*masar.Claim{{by(implementer, yes), by(funder, no)}, {by(funder, yes), by(implementer, no)}}, true},
		{"the claim without a role is still linked", [][]*masar.Claim{{by("", yes), by(funder, yes)}, {by(funder, no)}}, true},
		{"a role is left for the claim without one", [][]*masar.Claim{{by("", yes), by(funder, yes)}, {by("", no)}}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := empty(t)
			save(t, store, &masar.Batch{Entities: []masar.Entity{org, work}})
			for _, claims := range c.writes {
				save(t, store, &masar.Batch{Claims: claims})
			}
			if got := count(t, "has(participates)") == 1; got != c.want {
				t.Errorf("the edge is there: %v, want %v", got, c.want)
			}
			if got := count(t, "has(~participates)") == 1; got != c.want {
				t.Errorf("the way back is there: %v, want %v", got, c.want)
			}
			all := everything(t, store)
			if len(all.Faults) > 0 {
				t.Errorf("%v", all.Faults)
			}
			for _, claim := range all.Claims {
				if all.Linked[claim.Key] != (claim.Status == masar.ClaimAccepted) {
					t.Errorf("the claim with role %q is marked as linked: %v", claim.Role, all.Linked[claim.Key])
				}
			}
		})
	}
}

// Catches: an edge that is drawn between the wrong records, or between records that come in the same batch or were there
// before.
func TestDirectEdgesOfEveryPredicate(t *testing.T) {
	store := empty(t)
	old, fresh := topic("old", "O"), topic("new", "N")
	save(t, store, topics(old))
	b := topics(fresh)
	var want []masar.DirectEdge
	for i, p := range masar.Predicates {
		from, to := old.Ref(), fresh.Ref()
		if i%2 == 1 {
			from, to = to, from
		}
		b.Claims = append(b.Claims, claim(from, p, to, ""))
		want = append(want, masar.DirectEdge{Subject: from, Predicate: p, Object: to})
	}
	save(t, store, b)
	got := everything(t, store)
	all := map[masar.DirectEdge]bool{}
	for _, e := range got.Edges {
		all[e] = true
	}
	for _, e := range want {
		if !all[e] {
			t.Errorf("no edge %v", e)
		}
	}
	if len(got.Edges) != len(want) {
		t.Errorf("%d edges, want %d", len(got.Edges), len(want))
	}
	// A claim is changed without its edge being touched.
	b.Claims[0].Basis = masar.Inferred
	expect(t, save(t, store, b), dgraph.Changes{Updated: 1, Unchanged: len(want), Snapshot: 3})
	if again := everything(t, store).Edges; len(again) != len(want) {
		t.Errorf("%d edges after a change of a claim, want %d", len(again), len(want))
	}
}
