package masar_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"masar"
)

func both(s string) masar.LocalizedText {
	return masar.LocalizedText{AR: masar.Translation{Value: "ع " + s}, EN: masar.Translation{Value: s}}
}

func header(kind masar.Kind, code string) masar.Header {
	return masar.Header{Kind: kind, Code: code, Titles: both(code), Summaries: both("about " + code)}
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// sound is a small graph that breaks no rule.
func sound() *masar.Contents {
	document := &masar.Document{
		Header: header(masar.KindDocument, "DOC"), Form: masar.DocumentNews, Languages: []masar.Language{masar.Arabic}, Family: "F", EvidenceKind: masar.News,
		Publishing: masar.Ref{masar.KindOrganization, "ORG"}, Date: masar.Date{EDTF: "2024", Basis: masar.Stated},
		Versions: []masar.DocumentVersion{{SHA256: sum("text"), Length: 4}},
	}
	goal, target := &masar.SdgGoal{header(masar.KindSdgGoal, "16")}, &masar.SdgTarget{header(masar.KindSdgTarget, "16.6")}
	target.Parent, target.Summaries = goal.Ref(), masar.LocalizedText{}
	broad, narrow := &masar.Topic{header(masar.KindTopic, "broad")}, &masar.Topic{header(masar.KindTopic, "narrow")}
	narrow.Parent = broad.Ref()
	country := &masar.Country{
		Header: header(masar.KindCountry, "EGY"), ISO2: "EG", M49: "818", IncomeGroup: masar.LowIncome, IncomeYear: "2024",
		Groups: []masar.Ref{{masar.KindCountryGroup, "ARAB"}},
	}
	org := &masar.Organization{Header: header(masar.KindOrganization, "ORG"), Form: masar.OrganizationUN, Home: country.Ref()}
	activity := &masar.Activity{
		Header: header(masar.KindActivity, "MEETING"), Form: masar.ActivityMeeting, Status: masar.ActivityHeld,
		Participants: []masar.Quantity{{Value: 3, Qualifier: masar.About, Labels: both("people")}},
	}
	output := &masar.Output{
		Header: header(masar.KindOutput, "STUDY"), Form: masar.OutputStudy,
		History: []masar.OutputState{{Status: masar.OutputPlanned, Source: document.Ref(), AsOf: masar.Date{EDTF: "2023", Basis: masar.Inferred}}},
	}
	c := &masar.Contents{Snapshot: 1, Linked: map[masar.ClaimKey]bool{}}
	c.Entities = []masar.Entity{
		document, goal, target, broad, narrow, country, org, activity, output, &masar.CountryGroup{header(masar.KindCountryGroup, "ARAB")},
		&masar.Recommendation{Header: header(masar.KindRecommendation, "R"), Form: masar.RecommendationKeyMessage, Number: 1, MaturityBand: masar.MaturityBand{Low: 0, High: .6, Basis: masar.Inferred, Rationales: both("why")}},
		&masar.Challenge{Header: header(masar.KindChallenge, "DIVIDE"), ProxyIndicators: []masar.ProxyIndicator{{Indicator: "CASES", Worst: 0, Best: 10, Rationales: both("why")}}},
		&masar.Indicator{Header: header(masar.KindIndicator, "CASES"), Unit: "CASES"},
	}
	c.Claims = []*masar.Claim{
		{Subject: masar.Ref{masar.KindRecommendation, "R"}, Predicate: masar.Advances, Object: target.Ref(), Basis: masar.Inferred, Rationales: both("why")},
		{Subject: org.Ref(), Predicate: masar.Participates, Object: activity.Ref(), Role: masar.RoleOrganizer, Basis: masar.Stated},
		{Subject: org.Ref(), Predicate: masar.Participates, Object: activity.Ref(), Role: masar.RolePartner, Basis: masar.Stated},
	}
	for _, claim := range c.Claims {
		claim.Status, claim.Key = masar.ClaimAccepted, claim.NewKey()
		c.Linked[claim.Key] = true
		e := &masar.Evidence{
			ClaimKey: claim.Key, Stance: masar.Supports, Kind: masar.News, Directness: masar.Named, Review: masar.ReviewAccepted, Summaries: both("says so"),
			Passage: masar.Passage{
				Source: document.Ref(), Version: sum("text"), Start: 0, End: 4, SHA256: sum("text"), Lang: masar.Arabic, Locators: both("top"),
			},
		}
		if claim.Basis == masar.Inferred {
			e.Directness = masar.CuratorsReading
		}
		e.Key = e.NewKey()
		c.Evidence = append(c.Evidence, e)
	}
	c.Edges = []masar.DirectEdge{
		{masar.Ref{masar.KindRecommendation, "R"}, masar.Advances, target.Ref()},
		{org.Ref(), masar.Participates, activity.Ref()}, // one edge for both roles
	}
	observation := &masar.Observation{
		Of: country.Ref(), Indicator: "CASES", Year: 2023, Value: 0, Qualifier: masar.Exactly, Nature: masar.Reported, Unit: "CASES",
		Source: document.Ref(), Passage: c.Evidence[0].Passage,
	}
	observation.Key = observation.NewKey()
	c.Observations = []*masar.Observation{observation}
	c.Texts = []*masar.SourceText{{SHA256: sum("text"), Length: 4, Document: document.Ref(), Text: "text"}}
	return c
}

func TestSoundGraphHasNoFindings(t *testing.T) {
	if findings := masar.Check(sound()); len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
}

// Catches: a fault of the database that a check misses, and false faults. The rules on records have their own cases
// in testdata/faults.
func TestFaultsOfTheDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*masar.Contents)
		want  []string // code and record without its key
	}{
		"two records of a key": {
			func(c *masar.Contents) {
				c.Entities = append(c.Entities, &masar.CountryGroup{Header: header(masar.KindCountryGroup, "ARAB")})
			},
			[]string{"RECORD_TWICE COUNTRY_GROUP/ARAB"},
		},
		"two records of a key that differ": {
			func(c *masar.Contents) {
				c.Entities = append(c.Entities, &masar.CountryGroup{Header: header(masar.KindCountryGroup, "ARAB")})
				c.Entities[len(c.Entities)-1].Head().Titles = both("else")
			},
			[]string{"RECORD_TWICE COUNTRY_GROUP/ARAB"},
		},
		"no snapshot": {func(c *masar.Contents) { c.Snapshot = 0 }, []string{"SNAPSHOT_MISSING SNAPSHOT"}},
		"an edge too many": {
			func(c *masar.Contents) {
				c.Edges = append(c.Edges, masar.DirectEdge{
					Subject: masar.Ref{Kind: masar.KindTopic, Code: "narrow"}, Predicate: masar.Concerns, Object: masar.Ref{Kind: masar.KindTopic, Code: "broad"},
				})
			},
			[]string{"EDGE_UNFOUNDED TOPIC/narrow CONCERNS TOPIC/broad"},
		},
		"an edge missing": {
			func(c *masar.Contents) { c.Edges = c.Edges[:1] },
			[]string{"EDGE_MISSING ORGANIZATION/ORG PARTICIPATES ACTIVITY/MEETING"},
		},
		"a claim that is not accepted": {
			func(c *masar.Contents) { c.Claims[2].Status = masar.ClaimRejected },
			[]string{"EDGE_MARK CLAIM"}, // the other role keeps the edge
		},
		"what the database found": {
			func(c *masar.Contents) {
				c.Faults = []masar.Finding{{Record: "TOPIC/x", Fault: masar.Fault{Code: masar.FaultNodeType}}}
			},
			[]string{"NODE_TYPE TOPIC/x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			broken := sound()
			c.spoil(broken)
			var got []string
			for _, f := range masar.Check(broken) {
				record := f.Record
				if strings.HasPrefix(record, "CLAIM/") {
					record = "CLAIM"
				}
				got = append(got, string(f.Code)+" "+record)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
