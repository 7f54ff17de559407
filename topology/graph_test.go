package topology_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// Catches: codes compared as numbers (16.10 equals 16.1) or as text (16.10 before 16.6), and codes compared across
// kinds.
func TestCodesAreInNaturalOrder(t *testing.T) {
	g := build(t, `
		SDG_TARGET/16.10
		SDG_TARGET/16.b
		SDG_TARGET/9.c
		SDG_TARGET/16.1
		SDG_TARGET/16.6
		SDG_TARGET/16.a
		SDG_GOAL/17
		SDG_TARGET/17.8
		RECOMMENDATION/KM-12
		RECOMMENDATION/KM-2
		RECOMMENDATION/KM-02`)
	for kind, want := range map[masar.Kind]string{
		masar.KindSdgGoal:        "17",
		masar.KindSdgTarget:      "9.c 16.1 16.6 16.10 16.a 16.b 17.8",
		masar.KindRecommendation: "KM-02 KM-2 KM-12",
		masar.KindTopic:          "",
	} {
		equal(t, want, g.codes(g.all(kind)))
	}
}

// Catches: a lookup that confuses codes, kinds or keys, or finds what does not exist.
func TestFind(t *testing.T) {
	s := outline(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.1 DEPRECATED + NEWS D1
		COUNTRY/EGY observed EGDI 2024 V1 D1
		SDG_TARGET/16.10
		SDG_TARGET/16`)
	s.Snapshot = 7
	s.Entities[1].Revision, s.Claims[0].Revision, s.Evidence[0].Revision, s.Observations[0].Revision = 2, 3, 4, 5
	g := built(t, s)
	equal(t, "7", g.Snapshot())
	equal(t, 7, g.Sequence())
	if !g.AsOf().Equal(asOf) {
		t.Errorf("the as-of date is %v", g.AsOf())
	}
	for _, e := range s.Entities {
		at, ok := g.Find(e.Ref)
		if !ok || g.Ref(at) != e.Ref {
			t.Errorf("%v is found as %v, %v", e.Ref, at, ok)
		}
		equal(t, topology.Record{Type: masar.RecordType(e.Ref.Kind), UID: e.UID, Revision: int32(e.Revision)}, g.EntityRecord(at))
	}
	for _, ref := range []masar.Ref{
		{Kind: masar.KindSdgTarget, Code: "16.100"}, {Kind: masar.KindSdgTarget, Code: "16.01"}, {Kind: masar.KindSdgGoal, Code: "16"},
		{Kind: masar.KindCountry, Code: "EG"}, {},
	} {
		if at, ok := g.Find(ref); ok {
			t.Errorf("%v is found: %v", ref, g.Ref(at))
		}
	}

	if at, ok := g.Find(masar.Ref{Kind: masar.KindSdgTarget, Code: "١٦.١"}); !ok || g.Ref(at).Code != "16.1" {
		t.Errorf("a code in Arabic digits is found as %v, %v", at, ok)
	}

	c, ok := g.FindClaim(s.Claims[0].Key) // a deprecated claim can be found as well
	if !ok || g.Ref(g.Subject(c)).Code != "R1" || g.Ref(g.Object(c)).Code != "16.1" || g.Role(c) != "" {
		t.Errorf("FindClaim: %v, %v", c, ok)
	}
	e, ok := g.FindEvidence(s.Evidence[0].Key)
	if !ok || g.ClaimOf(e) != c || g.DocumentOf(e) != g.at("DOCUMENT/D1") {
		t.Errorf("FindEvidence: %v, %v", e, ok)
	}
	o, ok := g.FindObservation(s.Observations[0].Key)
	if !ok || g.Observed(o) != g.at("COUNTRY/EGY") || g.Source(o) != g.at("DOCUMENT/D1") {
		t.Errorf("FindObservation: %v, %v", o, ok)
	}
	c0 := string(s.Claims[0].Key)
	equal(t, []topology.Record{
		{Type: masar.RecordClaim, UID: s.Claims[0].UID, Revision: 3}, {Type: masar.RecordEvidence, UID: s.Evidence[0].UID, Revision: 4},
		{Type: masar.RecordObservation, UID: s.Observations[0].UID, Revision: 5},
	}, []topology.Record{g.ClaimRecord(c), g.EvidenceRecord(e), g.ObservationRecord(o)})
	for _, of := range []masar.RecordType{masar.RecordClaim, masar.RecordEvidence, masar.RecordObservation, masar.RecordText} {
		for _, key := range []string{"", "x", hashed[string](1), c0[:31], c0 + "0", strings.Repeat("g", 32), strings.Repeat("0", 1000)} {
			if r, ok := g.Record(masar.RecordRef{Type: of, Key: key}); ok {
				t.Errorf("%s %q is %v", of, key, r)
			}
		}
	}
	// Each record is found by its type and key, and by no other type.
	for ref, want := range map[masar.RecordRef]topology.Record{
		{Type: masar.RecordClaim, Key: c0}:                                  g.ClaimRecord(c),
		{Type: masar.RecordEvidence, Key: string(s.Evidence[0].Key)}:        g.EvidenceRecord(e),
		{Type: masar.RecordObservation, Key: string(s.Observations[0].Key)}: g.ObservationRecord(o),
		s.Entities[0].Ref.Record():                                          g.EntityRecord(g.at(s.Entities[0].Ref.String())),
	} {
		for _, of := range masar.RecordTypes {
			r, ok := g.Record(masar.RecordRef{Type: of, Key: ref.Key})
			if ok != (of == ref.Type) || ok && r != want {
				t.Errorf("%s found by the key of %s: %v", of, ref, r)
			}
		}
	}

	equal(t, map[masar.RecordType]int{
		masar.RecordClaim: 1, masar.RecordEvidence: 1, masar.RecordObservation: 1, masar.RecordType(masar.KindRecommendation): 1,
		masar.RecordType(masar.KindSdgTarget): 3, masar.RecordType(masar.KindDocument): 1, masar.RecordType(masar.KindCountry): 1,
	}, g.Counts())
}

// Catches: a structural relation that is missing, reversed, out of order, or mixed with another.
func TestStructural(t *testing.T) {
	g := build(t, `
		SDG_TARGET/16.10 parent SDG_GOAL/16
		SDG_TARGET/16.6 parent SDG_GOAL/16
		SDG_INDICATOR/16.6.1 parent SDG_TARGET/16.6
		COUNTRY/TUN group COUNTRY_GROUP/LDC
		COUNTRY/TUN group COUNTRY_GROUP/ARAB
		COUNTRY/EGY group COUNTRY_GROUP/ARAB
		COUNTRY/EGY group COUNTRY_GROUP/ARAB
		ORGANIZATION/MCIT home COUNTRY/EGY
		ORGANIZATION/ITIDA home COUNTRY/EGY
		DOCUMENT/D1 publisher ORGANIZATION/MCIT`)
	for _, c := range []struct {
		of       string
		relation topology.Relation
		want     string
	}{
		{"SDG_TARGET/16.6", topology.Parent, "16"},
		{"SDG_GOAL/16", topology.Parent, ""},
		{"SDG_GOAL/16", topology.Children, "16.6 16.10"},
		{"SDG_TARGET/16.6", topology.Children, "16.6.1"},
		{"SDG_TARGET/16.10", topology.Children, ""},
		{"COUNTRY/TUN", topology.Groups, "ARAB LDC"},
		{"COUNTRY/EGY", topology.Groups, "ARAB"},
		{"COUNTRY_GROUP/ARAB", topology.Members, "EGY TUN"},
		{"COUNTRY_GROUP/LDC", topology.Members, "TUN"},
		{"ORGANIZATION/MCIT", topology.Home, "EGY"},
		{"COUNTRY/EGY", topology.Bodies, "ITIDA MCIT"},
		{"COUNTRY/TUN", topology.Bodies, ""},
		{"DOCUMENT/D1", topology.Publisher, "MCIT"},
		{"ORGANIZATION/MCIT", topology.Published, "D1"},
	} {
		t.Run(c.of+" "+string(c.relation), func(t *testing.T) {
			linked := g.Structural(g.at(c.of), c.relation)
			equal(t, c.want, g.codes(linked))
			for i := range linked {
				linked[i] = topology.None
			}
			if again := g.codes(g.Structural(g.at(c.of), c.relation)); again != c.want {
				t.Errorf("changing the returned list changed the graph: %s", again)
			}
		})
	}
	linked, err := g.entities(g.Linked(g.at("SDG_GOAL/16"), topology.Children, masar.KindSdgTarget, answers.ListArgs{First: new(1)}))
	equal(t, "16.6", items(t)(linked, err))
	equal(t, 2, linked.Total)
	equal(t, "", items(t)(g.entities(g.Linked(g.at("SDG_GOAL/16"), topology.Children, masar.KindTopic, answers.ListArgs{}))))
}

// Catches: a text assigned to another document, or one that is wrongly reported as imported.
func TestTexts(t *testing.T) {
	g := build(t, `
		DOCUMENT/D1 text bb
		DOCUMENT/D2 text cc
		DOCUMENT/D1 text aa
		DOCUMENT/D3`)
	for document, want := range map[string][]string{"D1": {"aa", "bb"}, "D2": {"cc"}, "D3": nil} {
		var hashes []string
		for _, x := range g.TextsOf(g.at("DOCUMENT/" + document)) {
			hashes = append(hashes, g.SHA256(x))
			if r := g.TextRecord(x); g.names[r.UID] != g.SHA256(x) || r.Type != masar.RecordText || r.Revision != 1 {
				t.Errorf("the record of %s is %+v", g.SHA256(x), r)
			}
		}
		equal(t, want, hashes)
	}
	if !g.HasText("cc") || g.HasText("dd") || g.HasText("") {
		t.Error("HasText is wrong")
	}
}

// Catches: an Outline with references to missing records, or with values of no enum, that Build accepts and that would
// later cause gaps or a panic. The error names the record.
func TestBuildRefuses(t *testing.T) {
	const absent = 999
	for _, c := range []struct {
		name  string
		spoil func(s *masar.Outline) (record string)
	}{
		{"a parent that is not there", func(s *masar.Outline) string { s.Entities[0].Parent = absent; return s.Entities[0].Ref.String() }},
		{"a home that is not there", func(s *masar.Outline) string { s.Entities[0].Home = absent; return s.Entities[0].Ref.String() }},
		{"a publisher that is not there", func(s *masar.Outline) string { s.Entities[0].Publishing = absent; return s.Entities[0].Ref.String() }},
		{"a group that is not there", func(s *masar.Outline) string {
			s.Entities[0].Groups = []uint64{absent}
			return s.Entities[0].Ref.String()
		}},
		{"a parent that is a claim", func(s *masar.Outline) string {
			s.Entities[0].Parent = s.Claims[0].UID
			return s.Entities[0].Ref.String()
		}},
		{"a subject that is not there", func(s *masar.Outline) string { s.Claims[0].Subject = absent; return string(s.Claims[0].Key) }},
		{"no subject", func(s *masar.Outline) string { s.Claims[0].Subject = 0; return string(s.Claims[0].Key) }},
		{"no object", func(s *masar.Outline) string { s.Claims[0].Object = 0; return string(s.Claims[0].Key) }},
		{"an object that is a claim", func(s *masar.Outline) string { s.Claims[0].Object = s.Claims[0].UID; return string(s.Claims[0].Key) }},
		{"an unknown predicate", func(s *masar.Outline) string { s.Claims[0].Predicate = "HATES"; return string(s.Claims[0].Key) }},
		{"an unknown role", func(s *masar.Outline) string { s.Claims[0].Role = "OWNER"; return string(s.Claims[0].Key) }},
		{"an unknown status", func(s *masar.Outline) string { s.Claims[0].Status = ""; return string(s.Claims[0].Key) }},
		{"an unknown basis", func(s *masar.Outline) string { s.Claims[0].Basis = ""; return string(s.Claims[0].Key) }},
		{"a claim's key that is none", func(s *masar.Outline) string { s.Claims[0].Key = "k1"; return "k1" }},
		{"a claim's key that is too long", func(s *masar.Outline) string { s.Claims[0].Key += "00"; return string(s.Claims[0].Key) }},
		{"evidence of a claim that is not there", func(s *masar.Outline) string { s.Evidence[0].Claim = absent; return string(s.Evidence[0].Key) }},
		{"evidence of an entity", func(s *masar.Outline) string {
			s.Evidence[0].Claim = s.Entities[1].UID
			return string(s.Evidence[0].Key)
		}},
		{"evidence in a document that is not there", func(s *masar.Outline) string { s.Evidence[0].Document = absent; return string(s.Evidence[0].Key) }},
		{"evidence in a claim", func(s *masar.Outline) string {
			s.Evidence[0].Document = s.Claims[0].UID
			return string(s.Evidence[0].Key)
		}},
		{"an unknown stance", func(s *masar.Outline) string { s.Evidence[0].Stance = "DOUBTS"; return string(s.Evidence[0].Key) }},
		{"an unknown kind of evidence", func(s *masar.Outline) string { s.Evidence[0].Kind = "RUMOUR"; return string(s.Evidence[0].Key) }},
		{"an unknown directness", func(s *masar.Outline) string { s.Evidence[0].Directness = ""; return string(s.Evidence[0].Key) }},
		{"an observation of nothing", func(s *masar.Outline) string { s.Observations[0].Of = 0; return string(s.Observations[0].Key) }},
		{"an observation from nowhere", func(s *masar.Outline) string { s.Observations[0].Source = absent; return string(s.Observations[0].Key) }},
		{"an observation's key that is none", func(s *masar.Outline) string { s.Observations[0].Key = ""; return "observation" }},
		{"a text of nothing", func(s *masar.Outline) string { s.Texts[0].Document = 0; return s.Texts[0].SHA256 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := outline(t, "RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1\nCOUNTRY/EGY observed EGDI 2024 V1 D1\nDOCUMENT/D1 text aa")
			record := c.spoil(s)
			_, err := topology.Build(s, scoring.DefaultProfile(), asOf)
			if err == nil || !strings.Contains(err.Error(), record) {
				t.Errorf("error %v, want one that names %s", err, record)
			}
		})
	}
	t.Run("a profile that is none", func(t *testing.T) {
		if _, err := topology.Build(&masar.Outline{}, masar.ScoringProfile{}, asOf); masar.ErrorCode(err) != masar.CodeBadInput {
			t.Errorf("the error is %v", err)
		}
	})
}

// Catches: a failure with an empty graph, as before the first seed.
func TestEmptyGraph(t *testing.T) {
	g := build(t, "")
	for _, kind := range masar.Kinds {
		equal(t, "", g.codes(g.all(kind)))
	}
	equal(t, 0, len(g.allClaims()))
	equal(t, 0, g.Counts()[masar.RecordClaim])
}

// dump lists all answers of a graph, one list per line, except records that are only found by key.
func (g graph) dump() []string {
	var lines []string
	for _, l := range g.listings() {
		for args := (answers.ListArgs{First: new(100)}); ; {
			v, err := l.page(args)
			if err != nil {
				g.t.Fatalf("%s: %v", l.name, err)
			}
			if len(v.Items) > 0 {
				lines = append(lines, fmt.Sprintf("%s: %d %v %v", l.name, v.Total, v.Items, v.Cursors))
			}
			if !v.HasNext {
				break
			}
			args.After = &v.Cursors[len(v.Cursors)-1]
		}
	}
	for _, kind := range masar.Kinds {
		for _, e := range g.all(kind) {
			for _, r := range relations {
				lines = append(lines, fmt.Sprintf("%s of %v: %s", r, g.Ref(e), g.codes(g.Structural(e, r))))
			}
			related := items(g.t)(g.entities(g.Related(e, answers.ListArgs{First: new(100)})))
			lines = append(lines, fmt.Sprintf("related to %v: %q", g.Ref(e), related))
			for _, x := range g.TextsOf(e) {
				lines = append(lines, fmt.Sprintf("text of %v: %d %s", g.Ref(e), x, g.SHA256(x)))
			}
		}
	}
	for _, c := range g.allClaims() {
		lines = append(lines, fmt.Sprintf("support of %s: %+v, at the target %+v", g.names[g.ClaimRecord(c).UID], *g.Support(c), *g.SupportAtTarget(c)))
	}
	return lines
}

// Catches: a graph that depends on the order of the records (two processes would answer differently), and a Build
// that sorts the caller's slices.
func TestBuildDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someOutline(t)
		kept := clone(s)
		g := built(t, s)
		equal(t, kept, s)
		shuffled := &masar.Outline{
			Snapshot: s.Snapshot, Entities: shuffle(t, s.Entities), Claims: shuffle(t, s.Claims), Evidence: shuffle(t, s.Evidence),
			Observations: shuffle(t, s.Observations), Texts: shuffle(t, s.Texts),
		}
		for i := range shuffled.Entities {
			shuffled.Entities[i].Groups = shuffle(t, shuffled.Entities[i].Groups)
		}
		h := built(t, shuffled)
		if diff := cmp.Diff(g.dump(), h.dump()); diff != "" {
			t.Errorf("another order of the records gives another graph:\n%s", diff)
		}
		for _, c := range s.Claims { // including those in no list
			x, _ := g.FindClaim(c.Key)
			y, _ := h.FindClaim(c.Key)
			equal(t, g.ClaimRecord(x), h.ClaimRecord(y))
		}
	})
}

func shuffle[T any](t *rapid.T, s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return rapid.Permutation(s).Draw(t, "shuffled")
}

func clone(s *masar.Outline) *masar.Outline {
	return &masar.Outline{
		Snapshot: s.Snapshot, Entities: slices.Clone(s.Entities), Claims: slices.Clone(s.Claims), Evidence: slices.Clone(s.Evidence),
		Observations: slices.Clone(s.Observations), Texts: slices.Clone(s.Texts),
	}
}

// Catches: a rejected, suggested or deprecated claim with an effect on a default answer: as an edge, in a count, or
// in the rarity of common neighbours.
func TestUnacceptedClaimsShowNowhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someOutline(t)
		without := clone(s)
		gone := map[uint64]bool{}
		without.Claims = slices.DeleteFunc(without.Claims, func(c masar.ClaimOutline) bool {
			gone[c.UID] = c.Status != masar.ClaimAccepted
			return gone[c.UID]
		})
		without.Evidence = slices.DeleteFunc(without.Evidence, func(e masar.EvidenceOutline) bool { return gone[e.Claim] })
		lists := func(g graph) []string {
			return slices.DeleteFunc(g.dump(), func(line string) bool { return strings.HasPrefix(line, "evidence in ") }) // the list of a document includes them
		}
		if diff := cmp.Diff(lists(built(t, without)), lists(built(t, s))); diff != "" {
			t.Errorf("claims that are not accepted have an effect:\n%s", diff)
		}
	})
}
