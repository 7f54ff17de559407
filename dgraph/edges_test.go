package dgraph_test

import (
	"testing"

	"masar"
	"masar/dgraph"
)

// Catches: an active claim without its direct edge, an edge that stays after its last active claim, an edge that is
// deleted while a claim with another role is active, and an edge without its reverse.
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
				t.Errorf("direct edge exists: %v, want %v", got, c.want)
			}
			if got := count(t, "has(~participates)") == 1; got != c.want {
				t.Errorf("reverse edge exists: %v, want %v", got, c.want)
			}
			all := everything(t, store)
			if len(all.Faults) > 0 {
				t.Errorf("%v", all.Faults)
			}
			for _, claim := range all.Claims {
				if all.Linked[claim.Key] != (claim.Status == masar.ClaimAccepted) {
					t.Errorf("claim with role %q is marked as active: %v", claim.Role, all.Linked[claim.Key])
				}
			}
		})
	}
}

// Catches: an edge between the wrong records, whether they are in the same batch or stored before.
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
	// A change of a claim that does not touch its edge.
	b.Claims[0].Basis = masar.Inferred
	expect(t, save(t, store, b), dgraph.Changes{Updated: 1, Unchanged: len(want), Snapshot: 3})
	if again := everything(t, store).Edges; len(again) != len(want) {
		t.Errorf("%d edges after a change of a claim, want %d", len(again), len(want))
	}
}
