package masar_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
)

// message10 is the claim that key message 10 advances Goal 16.
var message10 = masar.Claim{
	Subject: masar.Ref{Kind: masar.KindRecommendation, Code: "ENACT-KM-10"}, Predicate: masar.Advances, Object: masar.Ref{Kind: masar.KindSdgGoal, Code: "16"},
}

// Catches: keys that change. Databases hold them, and clients hold the IDs made from them.
func TestKeysAreStable(t *testing.T) {
	c := message10
	c.Key = c.NewKey()
	page := masar.Ref{Kind: masar.KindDocument, Code: "ENACT-WEBINAR-2024"}
	e := masar.Evidence{ClaimKey: c.Key, Stance: masar.Supports, Passage: masar.Passage{Source: page, Version: "aa", Start: 1, End: 2}}
	o := masar.Observation{Of: masar.Ref{Kind: masar.KindCountry, Code: "EGY"}, Indicator: "EGDI", Year: 2024, Source: page, Vintage: "2024", Nature: masar.Measured}
	for _, k := range []struct{ name, got, want string }{
		{"claim", string(c.Key), "3f4a8cec8d216a6ceaa0530ab830289c"}, {"evidence", string(e.NewKey()), "2bb1ed8a8960c9aa7431bd2a56fd6f01"}, {"observation", string(o.NewKey()), "fb790ee2dde94b3ec74f02ddf3973d8e"},
	} {
		if k.got != k.want {
			t.Errorf("the key of the %s is %s, want %s", k.name, k.got, k.want)
		}
	}
}

// Catches: a key that depends on other fields than the triple and role: status, rationales or revision.
func TestClaimKeyIsOfTheTriple(t *testing.T) {
	c := message10
	key := c.NewKey()
	c.Key, c.Basis, c.Status, c.Origin, c.Revision = "old", masar.Inferred, masar.ClaimRejected, "a curator", 7
	c.Rationales = masar.LocalizedText{EN: masar.Translation{Value: "It names them."}}
	if got := c.NewKey(); got != key {
		t.Errorf("the key changed from %s to %s", key, got)
	}
	if len(key) != 32 || strings.Trim(string(key), "0123456789abcdef") != "" {
		t.Errorf("the key is %q, want 32 hex digits", key)
	}
}

// Catches: different claims, evidence items or observations with the same key, also if only the border between two
// parts differs.
func TestKeysAreDistinct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ref := rapid.Custom(func(t *rapid.T) masar.Ref {
			return masar.Ref{Kind: rapid.SampledFrom(masar.Kinds[:3]).Draw(t, "kind"), Code: rapid.StringMatching(`[1.]{1,3}`).Draw(t, "code")}
		})
		claim := rapid.Custom(func(t *rapid.T) masar.Claim {
			return masar.Claim{
				Subject: ref.Draw(t, "subject"), Predicate: rapid.SampledFrom(masar.Predicates[:3]).Draw(t, "predicate"), Object: ref.Draw(t, "object"),
				Role: rapid.SampledFrom([]masar.Role{"", masar.RoleFunder, masar.RolePartner}).Draw(t, "role"),
			}
		})
		a, b := claim.Draw(t, "a"), claim.Draw(t, "b")
		if same := a.Subject == b.Subject && a.Predicate == b.Predicate && a.Object == b.Object && a.Role == b.Role; (a.NewKey() == b.NewKey()) != same {
			t.Errorf("%v and %v have the keys %s and %s", a, b, a.NewKey(), b.NewKey())
		}
		number := rapid.SampledFrom([]int{0, 1, 11, 111})
		evidence := rapid.Custom(func(t *rapid.T) masar.Evidence {
			return masar.Evidence{
				ClaimKey: rapid.SampledFrom([]masar.ClaimKey{"a", "aa"}).Draw(t, "claim"), Stance: rapid.SampledFrom(masar.Stances).Draw(t, "stance"),
				Passage: masar.Passage{Source: ref.Draw(t, "source"), Version: rapid.SampledFrom([]string{"", "1", "a"}).Draw(t, "version"), Start: number.Draw(t, "start"), End: number.Draw(t, "end")},
			}
		})
		x, y := evidence.Draw(t, "x"), evidence.Draw(t, "y")
		if same := x.ClaimKey == y.ClaimKey && x.Stance == y.Stance && x.Passage == y.Passage; (x.NewKey() == y.NewKey()) != same {
			t.Errorf("%v and %v have the keys %s and %s", x, y, x.NewKey(), y.NewKey())
		}
		observation := rapid.Custom(func(t *rapid.T) masar.Observation {
			return masar.Observation{
				Of: ref.Draw(t, "of"), Indicator: rapid.SampledFrom([]string{"1", "11"}).Draw(t, "indicator"), Year: number.Draw(t, "year"), Source: ref.Draw(t, "source"),
				Vintage: rapid.SampledFrom([]string{"", "1"}).Draw(t, "vintage"), Nature: rapid.SampledFrom(masar.Natures).Draw(t, "nature"),
			}
		})
		o, p := observation.Draw(t, "o"), observation.Draw(t, "p")
		same := o.Of == p.Of && o.Indicator == p.Indicator && o.Year == p.Year && o.Source == p.Source && o.Vintage == p.Vintage && o.Nature == p.Nature
		if (o.NewKey() == p.NewKey()) != same {
			t.Errorf("%v and %v have the keys %s and %s", o, p, o.NewKey(), p.NewKey())
		}
	})
}

// Catches: a claim about a goal that counts as one about a target.
func TestClaimLevel(t *testing.T) {
	for kind, want := range map[masar.Kind]masar.ClaimLevel{masar.KindSdgGoal: masar.LevelGoal, masar.KindSdgTarget: masar.LevelTarget, masar.KindLegacyTarget: "", masar.KindSdgIndicator: "", masar.KindTopic: ""} {
		level := (&masar.Claim{Subject: masar.Ref{Kind: masar.KindSdgGoal}, Object: masar.Ref{Kind: kind}}).Level()
		if want == "" && level != nil || want != "" && (level == nil || *level != want) {
			t.Errorf("the level of a claim about a %s is %v", kind, level)
		}
	}
}

// Catches: a predicate that is listed but not specified, or the reverse; an empty range; and a weight outside (0,1].
func TestEveryPredicateIsSpecified(t *testing.T) {
	if len(masar.PredicateSpecs) != len(masar.Predicates) {
		t.Errorf("%d predicates are specified, %d are listed", len(masar.PredicateSpecs), len(masar.Predicates))
	}
	for i, p := range masar.Predicates {
		spec, ok := masar.PredicateSpecs[p]
		if !ok || slices.Contains(masar.Predicates[:i], p) {
			t.Errorf("%s is not specified, or listed twice", p)
		}
		if !(spec.Weight > 0 && spec.Weight <= 1) {
			t.Errorf("the weight of %s is %v", p, spec.Weight)
		}
		if spec.SameKind != (spec.Range == nil) || spec.SameKind && spec.Domain != nil {
			t.Errorf("%s requires one kind but allows several: %+v", p, spec)
		}
		for _, kind := range slices.Concat(spec.Domain, spec.Range) {
			if !slices.Contains(masar.Kinds, kind) {
				t.Errorf("%s names the unknown kind %q", p, kind)
			}
		}
		for _, subject := range masar.Kinds {
			for _, object := range masar.Kinds {
				want := (spec.Domain == nil || slices.Contains(spec.Domain, subject)) && slices.Contains(spec.Range, object)
				if spec.SameKind {
					want = subject == object
				}
				if got := spec.Admits(subject, object); got != want {
					t.Errorf("%s admits %s to %s: %v", p, subject, object, got)
				}
			}
		}
	}
}

// Catches: a domain or range that differs from the model.
func TestAdmits(t *testing.T) {
	for _, c := range []struct {
		predicate       masar.Predicate
		subject, object masar.Kind
		want            bool
	}{
		{masar.Advances, masar.KindRecommendation, masar.KindSdgTarget, true},
		{masar.Advances, masar.KindRecommendation, masar.KindSdgGoal, true},
		{masar.Advances, masar.KindRecommendation, masar.KindLegacyTarget, false}, // MDG 8 never becomes SDG 8
		{masar.Advances, masar.KindSdgTarget, masar.KindRecommendation, false},
		{masar.Advances, masar.KindInitiative, masar.KindSdgTarget, false},
		{masar.ContributesTo, masar.KindInitiative, masar.KindLegacyTarget, true},
		{masar.Concerns, masar.KindDocument, masar.KindTopic, true}, // anything concerns a topic
		{masar.Concerns, masar.KindTopic, masar.KindTopic, true},
		{masar.Concerns, masar.KindTopic, masar.KindDocument, false},
		{masar.SameAs, masar.KindOrganization, masar.KindOrganization, true},
		{masar.SameAs, masar.KindOrganization, masar.KindCountry, false},
		{masar.Participates, masar.KindOrganization, masar.KindInitiative, true},
		{masar.Participates, masar.KindCountry, masar.KindInitiative, false},
		{"HATES", masar.KindCountry, masar.KindCountry, false},
	} {
		if got := masar.PredicateSpecs[c.predicate].Admits(c.subject, c.object); got != c.want {
			t.Errorf("%s admits %s to %s: %v", c.predicate, c.subject, c.object, got)
		}
	}
}
