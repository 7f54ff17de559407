package words_test

import (
	"regexp"
	"strings"
	"testing"

	"masar"
	"masar/answers"
	"masar/words"
)

// reasons has every type of reason in each of its forms.
func reasons() map[string]answers.Reason {
	ref := func(kind masar.Kind, code string) masar.Ref { return masar.Ref{Kind: kind, Code: code} }
	egypt, oman := ref(masar.KindCountry, "EGY"), ref(masar.KindCountry, "OMN")
	goal, target := ref(masar.KindSdgGoal, "16"), ref(masar.KindSdgTarget, "16.6")
	divide, region := ref(masar.KindChallenge, "divide"), ref(masar.KindCountryGroup, "ARAB-REGION")
	topic, other := ref(masar.KindTopic, "identity"), ref(masar.KindRecommendation, "R2")
	one, two := answers.CaseShare{Case: ref(masar.KindCaseStudy, "C1"), Country: oman, Support: .2, Similarity: new(.4)}, answers.CaseShare{Case: ref(masar.KindCaseStudy, "C2"), Support: .2}
	band := masar.MaturityBand{Low: .4, High: .7}
	need := answers.NeedReason{Country: egypt, Addressed: []masar.Ref{divide}, Challenge: divide, Net: .3, Factor: 1, Value: .3}
	regional, byProxy, unheard, contested := need, need, need, need
	contested.Contested = true
	regional.Group, regional.Factor, regional.Value = region, .5, .15
	byProxy.ProxyIndicator, byProxy.Measured = &masar.ProxyIndicator{Indicator: "17.8.1", Best: 100}, masar.IndexValue{Year: 2022, Value: 72.2}
	unheard.Challenge = masar.Ref{}
	fit := answers.FitReason{Country: egypt, Maturity: new(.5), Band: band, Suits: 1, Low: .5, High: 1}
	early, late, ready, unsure, strange := fit, fit, fit, fit, fit
	early.Maturity, late.Maturity, strange.Maturity = new(.2), new(.9), nil
	ready.Met, ready.Partly, ready.Unmet, ready.Unsure = []masar.Ref{topic}, []masar.Ref{other}, []masar.Ref{other}, []masar.Ref{other}
	unsure.Unsure = []masar.Ref{other}
	return map[string]answers.Reason{
		"nothing asked": &answers.AlignReason{Value: 1}, "the target": &answers.AlignReason{Asked: target, Advanced: target, Value: 1},
		"its goal": &answers.AlignReason{Asked: target, Advanced: goal, Value: .5}, "a part of it": &answers.AlignReason{Asked: goal, Advanced: target, Value: 1},
		"no evidence": &answers.EvidenceReason{}, "evidence": &answers.EvidenceReason{Advanced: target, Support: &masar.Support{Nature: masar.Effect, Inferred: true, Families: 2, Net: .3, Certainty: masar.CertaintyLow, Terms: []masar.SupportTerm{{Kind: masar.News, Stance: masar.Supports, Strength: .3}}}},
		"need": &need, "regional": &regional, "byProxy": &byProxy, "unheard": &unheard, "contested": &contested, "addresses nothing": &answers.NeedReason{Country: egypt},
		"fits": &fit, "early": &early, "late": &late, "ready": &ready, "unsure": &unsure, "no maturity": &strange, "no band": &answers.FitReason{Country: egypt},
		"no case": &answers.TransferReason{}, "a case of nobody": &answers.TransferReason{Cases: []answers.CaseShare{two}},
		"cases": &answers.TransferReason{Cases: []answers.CaseShare{one, two, one, one, one}, Low: .2, High: .3},
		"done":  &answers.DoneReason{Reported: true, Value: .5}, "not told": &answers.DoneReason{},
		"any topic": &answers.NeedsReason{Country: egypt, Value: 1}, "a topic": &answers.NeedsReason{Country: egypt, Topic: topic, Answered: []masar.Ref{divide}, Of: 3, Known: true, Value: .3},
		"no answer": &answers.NeedsReason{Country: egypt, Topic: topic, Of: 3, Known: true}, "no need": &answers.NeedsReason{Country: egypt, Topic: topic},
		"supply": &answers.SupplyReason{Country: oman, Topic: topic, Cases: []answers.CaseShare{one}, Value: .2}, "no supply": &answers.SupplyReason{Country: egypt}, "no supply on a topic": &answers.SupplyReason{Country: egypt, Topic: topic},
		"unnamed": &answers.SupplyReason{Country: oman, Cases: []answers.CaseShare{one}, Unnamed: 11, UnnamedShare: .05, Value: .5}, "unnamed alone": &answers.SupplyReason{Country: oman, Unnamed: 1, UnnamedShare: .05, Value: .05},
		"a step": &answers.StepReason{Supplier: oman, Recipient: egypt, Theirs: new(.6), Ours: new(.4), Value: 1}, "a stride": &answers.StepReason{Supplier: oman, Recipient: egypt, Theirs: new(.9), Ours: new(.1), Value: .4},
		"a small step": &answers.StepReason{Supplier: oman, Recipient: egypt, Theirs: new(.45), Ours: new(.4), Value: .5}, "no lead": &answers.StepReason{Supplier: oman, Recipient: egypt, Theirs: new(.3), Ours: new(.4)},
		"no step": &answers.StepReason{Supplier: oman, Recipient: egypt, Ours: new(.4)}, "no ground": &answers.StepReason{Supplier: oman, Recipient: egypt, Theirs: new(.4)},
		"alike":  &answers.SimilarityReason{Supplier: oman, Recipient: egypt, Groups: []masar.Ref{region}, Languages: []string{"ar", "xx"}, SameIncome: true, LeastDeveloped: true, Known: true, Value: .5},
		"unlike": &answers.SimilarityReason{Supplier: oman, Recipient: egypt, Known: true}, "unknown": &answers.SimilarityReason{Supplier: oman, Recipient: egypt},
		"sent": &answers.AvailabilityReason{Supplier: oman, Sent: true, Value: 1}, "not sent": &answers.AvailabilityReason{Supplier: oman, Value: .7},
	}
}

var easternDigits = regexp.MustCompile(`[٠-٩۰-۹]`)

// Catches: an unfilled slot in a reason, a missing or unfinished sentence, digits that are not Western, and an entity
// that the reason does not declare.
func TestReasonsInWords(t *testing.T) {
	for name, reason := range reasons() {
		about := map[masar.Ref]bool{}
		for _, ref := range reason.About() {
			about[ref] = true
		}
		called := func(ref masar.Ref) masar.Entity {
			if ref.Kind == masar.KindIndicator {
				return nil // the code of an SDG indicator without an entity
			}
			if !about[ref] {
				t.Errorf("%s names %s, which it is not about", name, ref)
			}
			e := masar.NewEntity(ref.Kind)
			*e.Head() = masar.Header{Kind: ref.Kind, Code: ref.Code, Titles: masar.LocalizedText{AR: masar.Translation{Value: "عنوان"}, EN: masar.Translation{Value: "Title"}}}
			return e
		}
		for _, lang := range []masar.Language{masar.Arabic, masar.English} {
			said := words.Explain(reason, called, []masar.Language{lang})
			if said == nil || said.Lang != lang || said.Fallback || !strings.HasSuffix(said.Value, ".") ||
				strings.ContainsAny(said.Value, "{}") || strings.Contains(said.Value, "  ") || easternDigits.MatchString(said.Value) {
				t.Errorf("%s in %s: %+v", name, lang, said)
			}
		}
	}
}
