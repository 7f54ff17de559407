package masar

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func both(s string) Wording { return Wording{AR: Words{Value: "ع " + s}, EN: Words{Value: s}} }

func header(kind Kind, code string) Header {
	return Header{Kind: kind, Code: code, Titles: both(code), Summaries: both("about " + code)}
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// sound is a small graph that breaks no invariant.
func sound() *Contents {
	document := &Document{
		Header: header(KindDocument, "DOC"), Form: DocumentNews, Languages: []Language{Arabic}, Family: "F", EvidenceKind: News,
		Publishing: Ref{KindOrganization, "ORG"}, Date: Date{EDTF: "2024", Basis: Stated},
		Versions: []DocumentVersion{{SHA256: sum("text"), Length: 4}},
	}
	goal, target := &SdgGoal{header(KindSdgGoal, "16")}, &SdgTarget{header(KindSdgTarget, "16.6")}
	target.Parent, target.Summaries = goal.Ref(), Wording{}
	broad, narrow := &Topic{header(KindTopic, "broad")}, &Topic{header(KindTopic, "narrow")}
	narrow.Parent = broad.Ref()
	country := &Country{
		Header: header(KindCountry, "EGY"), ISO2: "EG", M49: "818", IncomeGroup: LowIncome, IncomeYear: "2024",
		Groups: []Ref{{KindCountryGroup, "ARAB"}},
	}
	org := &Organization{Header: header(KindOrganization, "ORG"), Form: OrganizationUN, Home: country.Ref()}
	activity := &Activity{
		Header: header(KindActivity, "MEETING"), Form: ActivityMeeting, Status: ActivityHeld,
		Participants: []Quantity{{Value: 3, Qualifier: About, Wordings: both("people")}},
	}
	output := &Output{
		Header: header(KindOutput, "STUDY"), Form: OutputStudy,
		History: []OutputState{{Status: OutputPlanned, Source: document.Ref(), AsOf: Date{EDTF: "2023", Basis: Inferred}}},
	}
	c := &Contents{Snapshot: 1, Linked: map[ClaimKey]bool{}}
	c.Entities = []Entity{
		document, goal, target, broad, narrow, country, org, activity, output, &CountryGroup{header(KindCountryGroup, "ARAB")},
		&Recommendation{Header: header(KindRecommendation, "R"), Form: RecommendationKeyMessage, Number: 1, MaturityBand: MaturityBand{Low: 0, High: .6, Basis: Inferred, Rationales: both("why")}},
		&Challenge{Header: header(KindChallenge, "DIVIDE"), Gauges: []Gauge{{Indicator: "CASES", Worst: 0, Best: 10, Rationales: both("why")}}},
		&Indicator{Header: header(KindIndicator, "CASES"), Unit: "CASES"},
	}
	c.Claims = []*Claim{
		{Subject: Ref{KindRecommendation, "R"}, Predicate: Advances, Object: target.Ref(), Basis: Inferred, Rationales: both("why")},
		{Subject: org.Ref(), Predicate: Participates, Object: activity.Ref(), Role: RoleOrganizer, Basis: Stated},
		{Subject: org.Ref(), Predicate: Participates, Object: activity.Ref(), Role: RolePartner, Basis: Stated},
	}
	for _, claim := range c.Claims {
		claim.Status, claim.Key = ClaimAccepted, claim.NewKey()
		c.Linked[claim.Key] = true
		e := &Evidence{
			ClaimKey: claim.Key, Stance: Supports, Kind: News, Directness: Named, Review: ReviewAccepted, Summaries: both("says so"),
			Passage: Passage{
				Source: document.Ref(), Version: sum("text"), Start: 0, End: 4, SHA256: sum("text"), Lang: Arabic, Locators: both("top"),
			},
		}
		e.Key = e.NewKey()
		c.Evidence = append(c.Evidence, e)
	}
	c.Edges = []DirectEdge{
		{Ref{KindRecommendation, "R"}, Advances, target.Ref()},
		{org.Ref(), Participates, activity.Ref()}, // one edge for both roles
	}
	observation := &Observation{
		Of: country.Ref(), Indicator: "CASES", Year: 2023, Value: 0, Qualifier: Exactly, Nature: Reported, Unit: "CASES",
		Source: document.Ref(), Passage: c.Evidence[0].Passage,
	}
	observation.Key = observation.NewKey()
	c.Observations = []*Observation{observation}
	c.Texts = []*SourceText{{SHA256: sum("text"), Length: 4, Document: document.Ref(), Text: "text"}}
	return c
}

func entity[T Entity](c *Contents) T {
	i := slices.IndexFunc(c.Entities, func(e Entity) bool { _, ok := e.(T); return ok })
	return c.Entities[i].(T)
}

func TestSoundGraphHasNoFindings(t *testing.T) {
	if findings := Check(sound()); len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
}

// TestBrokenGraphHasFindings breaks the sound graph in one place each time, and asks for just the findings that tell it.
func TestBrokenGraphHasFindings(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Contents)
		want  []string // invariant, record without its key, and a part of the message
	}{
		"two entities of a code": {
			func(c *Contents) { c.Entities = append(c.Entities, &SdgGoal{header(KindSdgGoal, "16")}) },
			[]string{"KEY SDG_GOAL/16 two records"},
		},
		"a bad code": {
			func(c *Contents) { c.Entities = append(c.Entities, &Topic{header(KindTopic, "a b")}) },
			[]string{"KEY TOPIC/a b not a code"},
		},
		"a claim's key": {
			func(c *Contents) {
				c.Claims[0].Rationales = both("else")
				c.Observations[0].Vintage = "2"
			},
			[]string{"KEY OBSERVATION gives the key"},
		},
		"a text that is another": {
			func(c *Contents) { c.Texts[0].Text = "texts" },
			[]string{"KEY TEXT gives the key", "VALUE TEXT it says that it has 4 runes, but has 5"},
		},
		"an unknown pointer": {
			func(c *Contents) { entity[*Organization](c).Home.Code = "XXX" },
			[]string{"POINTER ORGANIZATION/ORG Home leads to COUNTRY/XXX, which is not there"},
		},
		"a pointer of the wrong kind": {
			func(c *Contents) { entity[*Output](c).History[0].Source = Ref{KindSdgGoal, "16"} },
			[]string{"POINTER OUTPUT/STUDY History.Source leads to SDG_GOAL/16; allowed are DOCUMENT"},
		},
		"a pointer of a list": {
			func(c *Contents) { entity[*Country](c).Groups[0].Kind = KindTopic },
			[]string{"POINTER COUNTRY/EGY TOPIC/ARAB, which is not there", "POINTER COUNTRY/EGY allowed are COUNTRY_GROUP"},
		},
		"a band that is none": {
			func(c *Contents) {
				entity[*Recommendation](c).MaturityBand = MaturityBand{Low: .6, High: .4, Basis: Inferred}
			},
			[]string{"VALUE RECOMMENDATION/R no range within 0 and 1", "EVIDENCE RECOMMENDATION/R nothing says why"},
		},
		"no band": {
			func(c *Contents) { entity[*Recommendation](c).MaturityBand = MaturityBand{} },
			nil,
		},
		"a gauge that leads nowhere": {
			func(c *Contents) { entity[*Challenge](c).Gauges = []Gauge{{Indicator: "COSTS", Worst: 1, Best: 1}} },
			[]string{"POINTER CHALLENGE/DIVIDE COSTS is no indicator", "VALUE CHALLENGE/DIVIDE no way from 1", "EVIDENCE CHALLENGE/DIVIDE nothing says why"},
		},
		"a target without goal": {
			func(c *Contents) { entity[*SdgTarget](c).Parent = Ref{} },
			[]string{"POINTER SDG_TARGET/16.6 no parent"},
		},
		"a target of another goal": {
			func(c *Contents) {
				c.Entities = append(c.Entities, &SdgGoal{header(KindSdgGoal, "1")})
				entity[*SdgTarget](c).Parent.Code = "1"
			},
			[]string{"POINTER SDG_TARGET/16.6 code does not begin"},
		},
		"a parent where none may be": {
			func(c *Contents) { entity[*SdgGoal](c).Parent = Ref{KindSdgGoal, "16"} },
			[]string{"POINTER SDG_GOAL/16 cannot be its parent"},
		},
		"a circle of topics": {
			func(c *Contents) { entity[*Topic](c).Parent = Ref{KindTopic, "narrow"} },
			[]string{"POINTER TOPIC/broad own ancestor", "POINTER TOPIC/narrow own ancestor"},
		},
		"evidence of no claim": {
			func(c *Contents) {
				c.Evidence[0].ClaimKey = "gone"
				c.Evidence[0].Key = c.Evidence[0].NewKey()
			},
			[]string{"POINTER EVIDENCE its claim gone", "EVIDENCE CLAIM no evidence"},
		},
		"a claim about nothing": {
			func(c *Contents) {
				c.Claims[0].Object = Ref{}
				c.Claims[0].Status = ClaimRejected
			},
			[]string{
				"KEY CLAIM gives the key", "POINTER CLAIM no object", "PREDICATE CLAIM does not run",
				"DIRECT_EDGE CLAIM marked as having a direct edge: true", "DIRECT_EDGE RECOMMENDATION/R ADVANCES SDG_TARGET/16.6 but no accepted claim",
			},
		},
		"one language alone": {
			func(c *Contents) { entity[*Activity](c).Participants[0].Wordings.AR = Words{} },
			[]string{"LANGUAGES ACTIVITY/MEETING Participants.Wordings is in one language alone"},
		},
		"no title, no summary": {
			func(c *Contents) {
				entity[*SdgGoal](c).Titles, entity[*SdgGoal](c).Summaries, c.Evidence[0].Summaries = Wording{}, Wording{}, Wording{}
				c.Evidence[0].Passage.Locators = Wording{}
			},
			[]string{
				"LANGUAGES SDG_GOAL/16 no title", "LANGUAGES SDG_GOAL/16 no summary", "LANGUAGES EVIDENCE no summary",
				"LANGUAGES EVIDENCE no locator",
			},
		},
		"an unknown value": {
			func(c *Contents) { entity[*Organization](c).Form = "CLUB" },
			[]string{`VALUE ORGANIZATION/ORG Form is "CLUB"; allowed are UN`},
		},
		"a value that is missing": {
			func(c *Contents) { c.Evidence[0].Passage.Lang = "" },
			[]string{`VALUE EVIDENCE Passage.Lang is ""`},
		},
		"an income without its year": {
			func(c *Contents) { entity[*Country](c).IncomeYear = "" },
			[]string{"VALUE COUNTRY/EGY income group"},
		},
		"a date that is none": {
			func(c *Contents) { entity[*Document](c).Date.EDTF = "yesterday" },
			[]string{"VALUE DOCUMENT/DOC Date"},
		},
		"no snapshot": {func(c *Contents) { c.Snapshot = 0 }, []string{"VALUE SNAPSHOT no write"}},
		"an observation of nothing known": {
			func(c *Contents) {
				c.Observations[0].Indicator = "EGDI"
				c.Observations[0].Key = c.Observations[0].NewKey()
				c.Observations[0].Unit = ""
			},
			[]string{"POINTER OBSERVATION its indicator EGDI", "VALUE OBSERVATION lacks its year, unit"},
		},
		"a predicate between the wrong kinds": {
			func(c *Contents) {
				c.Claims[0].Predicate = MapsTo
				c.Claims[0].Key, c.Linked = c.Claims[0].NewKey(), map[ClaimKey]bool{c.Claims[1].Key: true, c.Claims[2].Key: true}
				c.Claims[0].Status, c.Edges = ClaimSuggested, c.Edges[1:]
				c.Evidence[0].ClaimKey = c.Claims[0].Key
				c.Evidence[0].Key = c.Evidence[0].NewKey()
			},
			[]string{"PREDICATE CLAIM MAPS_TO does not run from RECOMMENDATION to SDG_TARGET"},
		},
		"a role missing": {
			func(c *Contents) {
				c.Claims = c.Claims[:2]
				c.Claims[1].Role = ""
				c.Claims[1].Key = c.Claims[1].NewKey()
				c.Linked[c.Claims[1].Key] = true
				c.Evidence = c.Evidence[:2]
				c.Evidence[1].ClaimKey = c.Claims[1].Key
				c.Evidence[1].Key = c.Evidence[1].NewKey()
			},
			[]string{"PREDICATE CLAIM has a role just when"},
		},
		"evidence that is not accepted": {
			func(c *Contents) { c.Evidence[0].Review = ReviewSuggested },
			[]string{"EVIDENCE CLAIM none of its evidence is"},
		},
		"evidence that only refutes": {
			func(c *Contents) {
				c.Evidence[1].Stance = Refutes
				c.Evidence[1].Key = c.Evidence[1].NewKey()
			},
			[]string{"EVIDENCE CLAIM no accepted evidence supports it"},
		},
		"an inference without rationale": {
			func(c *Contents) { c.Claims[0].Rationales = Wording{} },
			[]string{"EVIDENCE CLAIM has a rationale just when"},
		},
		"a passage of an unknown version": {
			func(c *Contents) {
				c.Evidence[0].Passage.Version = sum("else")
				c.Evidence[0].Key = c.Evidence[0].NewKey()
			},
			[]string{"PASSAGE EVIDENCE DOCUMENT/DOC has no version"},
		},
		"a passage beyond the text": {
			func(c *Contents) {
				c.Evidence[0].Passage.End = 5
				c.Evidence[0].Key = c.Evidence[0].NewKey()
			},
			[]string{"PASSAGE EVIDENCE [0, 5) is no range of the 4 runes"},
		},
		"a passage of other words": {
			func(c *Contents) { c.Evidence[0].Passage.SHA256 = sum("else") },
			[]string{"PASSAGE EVIDENCE the words at [0, 4) of DOCUMENT/DOC are not those"},
		},
		"a passage of another document": {
			func(c *Contents) {
				c.Observations[0].Passage.SHA256 = "ABC"
				c.Entities = append(c.Entities, &Document{
					Header: header(KindDocument, "OTHER"), Form: DocumentNews, EvidenceKind: News,
					Versions: []DocumentVersion{{SHA256: sum("text"), Length: 4}},
				})
				c.Observations[0].Passage.Source.Code = "OTHER"
			},
			[]string{"PASSAGE OBSERVATION its passage is of", "PASSAGE OBSERVATION no SHA-256"},
		},
		"an edge too many": {
			func(c *Contents) {
				c.Edges = append(c.Edges, DirectEdge{Ref{KindTopic, "narrow"}, Concerns, Ref{KindTopic, "broad"}})
			},
			[]string{"DIRECT_EDGE TOPIC/narrow CONCERNS TOPIC/broad the edge is there"},
		},
		"an edge missing": {
			func(c *Contents) { c.Edges = c.Edges[:1] },
			[]string{"DIRECT_EDGE ORGANIZATION/ORG PARTICIPATES ACTIVITY/MEETING but the edge is not there"},
		},
		"a claim that is not accepted": {
			func(c *Contents) { c.Claims[2].Status = ClaimRejected },
			[]string{"DIRECT_EDGE CLAIM accepted: false"}, // the other role keeps the edge
		},
		"what the store found": {
			func(c *Contents) { c.Faults = []Finding{{InvariantPointer, "TOPIC/x", "nowhere"}} },
			[]string{"POINTER TOPIC/x nowhere"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			broken := sound()
			c.spoil(broken)
			findings := Check(broken)
			for _, want := range c.want {
				i := slices.IndexFunc(findings, func(f Finding) bool { return tells(f, want) })
				if i < 0 {
					t.Errorf("no finding tells %q", want)
					continue
				}
				findings = slices.Delete(findings, i, i+1)
			}
			if len(findings) > 0 {
				t.Errorf("more findings than asked for: %+v", findings)
			}
		})
	}
}

// tells reports whether a finding is the one wanted.
func tells(f Finding, want string) bool {
	invariant, rest, _ := strings.Cut(want, " ")
	record := f.Record
	for _, of := range []RecordType{RecordClaim, RecordEvidence, RecordObservation, RecordText} {
		if strings.HasPrefix(record, string(of)+"/") {
			record = string(of)
		}
	}
	message, ok := strings.CutPrefix(rest, record+" ")
	return ok && invariant == string(f.Invariant) && strings.Contains(f.Message, message)
}

// TestEveryNamedValueIsChecked asks that no type of named values, and no reference, is left out when a field is added.
func TestEveryNamedValueIsChecked(t *testing.T) {
	known := map[string]bool{"Parent": true, "Subject": true, "Object": true} // these are checked with what they belong to
	for name := range pointers {
		known[name] = true
	}
	var visit func(reflect.Type, string)
	visit = func(of reflect.Type, name string) {
		switch {
		case of == reflect.TypeFor[Ref]():
			if !known[name] {
				t.Errorf("nothing checks where the reference %s leads", name)
			}
		case of == reflect.TypeFor[ClaimKey](), of == reflect.TypeFor[EvidenceKey](), of == reflect.TypeFor[ObservationKey]():
			// keys are checked with the records that they are of, and with those that they name
		case of.Kind() == reflect.String && of.Name() != "string":
			if _, ok := allowed[of]; !ok {
				t.Errorf("nothing checks the values of %s", of)
			}
		case of.Kind() == reflect.Struct:
			for i := range of.NumField() {
				visit(of.Field(i).Type, of.Field(i).Name)
			}
		case of.Kind() == reflect.Slice:
			visit(of.Elem(), name)
		}
	}
	for _, kind := range Kinds {
		visit(reflect.TypeOf(NewEntity(kind)).Elem(), "")
	}
	for _, record := range []any{Claim{}, Evidence{}, Observation{}, SourceText{}} {
		visit(reflect.TypeOf(record), "")
	}
}
