package words

import (
	"fmt"
	"strconv"
	"strings"

	"masar"
	"masar/answers"
)

// find returns the entity of a reference; nil if the graph does not have it.
type find func(masar.Ref) masar.Entity

// Explain explains a number in the first of the languages. called returns the entities that the reason refers to.
func Explain(r answers.Reason, called func(masar.Ref) masar.Entity, lang []masar.Language) *masar.Text {
	sentences := reason(r, called)
	return text(lang, func(l masar.Language) string {
		said := make([]string, len(sentences))
		for i, s := range sentences {
			said[i] = capital(Say(l, s.Key, s.Args))
		}
		return strings.Join(said, " ")
	})
}

// reason returns the sentences of a reason.
func reason(r answers.Reason, called find) []masar.Phrase {
	switch r := r.(type) {
	case *answers.AlignReason:
		return align(r)
	case *answers.EvidenceReason:
		return evidence(r)
	case *answers.NeedReason:
		return need(r, called)
	case *answers.FitReason:
		return fit(r, called)
	case *answers.TransferReason:
		return transfer(r, called)
	case *answers.DoneReason:
		return done(r)
	case *answers.NeedsReason:
		return needs(r, called)
	case *answers.SupplyReason:
		return supply(r, called)
	case *answers.StepReason:
		return step(r, called)
	case *answers.SimilarityReason:
		return similarity(r, called)
	case *answers.AvailabilityReason:
		return availability(r, called)
	}
	panic(fmt.Sprintf("words: no sentence for a reason of type %T", r))
}

// one is a reason of a single sentence.
func one(key string, args masar.Args) []masar.Phrase { return []masar.Phrase{{Key: key, Args: args}} }

func align(r *answers.AlignReason) []masar.Phrase {
	key := "reason.align.direct"
	switch {
	case r.Asked.IsZero():
		key = "reason.align.open"
	case r.Asked.Kind == masar.KindSdgTarget && r.Advanced.Kind == masar.KindSdgGoal:
		key = "reason.align.goal"
	case r.Asked != r.Advanced:
		key = "reason.align.within"
	}
	return one(key, masar.Args{"asked": r.Asked, "advanced": r.Advanced, "value": r.Value})
}

func evidence(r *answers.EvidenceReason) []masar.Phrase {
	if r.Support == nil {
		return one("reason.evidence.none", nil)
	}
	return append(one("reason.evidence.known", masar.Args{"advanced": r.Advanced, "value": r.Support.Net}), supportSentence(r.Support))
}

func need(r *answers.NeedReason, called find) []masar.Phrase {
	args := masar.Args{"net": r.Net, "factor": r.Factor, "value": r.Value}
	key := "reason.need.country"
	switch {
	case len(r.Addressed) == 0:
		return one("reason.need.none", nil)
	case r.Challenge.IsZero():
		return one("reason.need.unknown", masar.Args{"country": called(r.Country), "addressed": titles(r.Addressed, called)})
	case r.ProxyIndicator != nil:
		key = "reason.need.proxy"
		args["indicator"], args["year"], args["measured"] = indicator(r, called), strconv.Itoa(r.Measured.Year), r.Measured.Value
		args["worst"], args["best"] = r.ProxyIndicator.Worst, r.ProxyIndicator.Best
	case !r.Group.IsZero():
		key = "reason.need.region"
		args["group"] = called(r.Group)
	}
	args["country"], args["challenge"] = called(r.Country), called(r.Challenge)
	if r.Contested {
		return append(one(key, args), masar.Phrase{Key: "reason.need.contested"})
	}
	return one(key, args)
}

// indicator is the indicator of a need: its entity, or its code if the graph does not have the entity.
func indicator(r *answers.NeedReason, called find) any {
	for _, ref := range answers.IndicatorRefs(r.ProxyIndicator.Indicator) {
		if e := called(ref); e != nil {
			return e
		}
	}
	return r.ProxyIndicator.Indicator
}

func fit(r *answers.FitReason, called find) []masar.Phrase {
	if r.Band.IsZero() {
		return one("reason.fit.no_band", nil)
	}
	args := masar.Args{"country": called(r.Country), "low": r.Band.Low, "high": r.Band.High, "suits": r.Suits}
	if r.Maturity == nil {
		return one("reason.fit.no_maturity", args)
	}
	args["maturity"] = *r.Maturity
	key := "reason.fit.inside"
	switch {
	case *r.Maturity < r.Band.Low:
		key = "reason.fit.below"
	case *r.Maturity > r.Band.High:
		key = "reason.fit.above"
	}
	required := prerequisites(r, called)
	if len(required) == 0 {
		return one(key, args)
	}
	said := append(one(key, args), required...)
	return append(said, masar.Phrase{Key: "reason.fit.sum", Args: masar.Args{"value": between(r.Low, r.High)}})
}

// prerequisites are the sentences on the prerequisites of a recommendation, by their state.
func prerequisites(r *answers.FitReason, called find) []masar.Phrase {
	var said []masar.Phrase
	for _, part := range []struct {
		key    string
		things []masar.Ref
	}{{"reason.fit.met", r.Met}, {"reason.fit.partly", r.Partly}, {"reason.fit.unmet", r.Unmet}, {"reason.fit.open", r.Unsure}} {
		if len(part.things) > 0 {
			said = append(said, masar.Phrase{Key: part.key, Args: masar.Args{"things": titles(part.things, called)}})
		}
	}
	return said
}

// between is an exact number or an interval.
func between(low, high float64) any {
	if low == high {
		return low
	}
	return masar.Phrase{Key: "reason.between", Args: masar.Args{"low": low, "high": high}}
}

func transfer(r *answers.TransferReason, called find) []masar.Phrase {
	if len(r.Cases) == 0 {
		return one("reason.transfer.none", nil)
	}
	cases := make(series, len(r.Cases))
	for i, c := range r.Cases[:min(answers.MostNamed, len(r.Cases))] { // the reason refers only to these entities
		cases[i] = transferred(c, called)
	}
	return one("reason.transfer.known", masar.Args{"cases": cases, "value": between(r.Low, r.High)})
}

// transferred is a case study with its contribution to transferability.
func transferred(c answers.CaseShare, called find) masar.Phrase {
	args := masar.Args{"case": called(c.Case), "support": c.Support}
	if c.Similarity == nil {
		return masar.Phrase{Key: "reason.case.no_similarity", Args: args}
	}
	args["country"], args["similarity"] = called(c.Country), *c.Similarity
	return masar.Phrase{Key: "reason.case.similar", Args: args}
}

func done(r *answers.DoneReason) []masar.Phrase {
	if !r.Reported {
		return one("reason.done.unknown", nil)
	}
	return one("reason.done.known", masar.Args{"value": r.Value})
}

// series is a list that a sentence shortens: it names the first few items and counts the others.
type series []any

func (s series) in(l masar.Language) string {
	more := len(s) - answers.MostNamed
	if more <= 0 {
		return list(s).in(l)
	}
	return append(list(s[:answers.MostNamed:answers.MostNamed]), masar.Phrase{Key: "list.more", Args: masar.Args{"n": more}}).in(l)
}

// list is a list of phrases and titles that may contain commas.
type list []any

func (s list) in(l masar.Language) string {
	said := make([]string, len(s))
	for i, v := range s {
		said[i] = written(l, v, "title")
	}
	return strings.Join(said, Say(l, "list.long_separator", nil))
}

// titles lists things by their titles.
func titles(refs []masar.Ref, called find) series {
	all := make(series, len(refs))
	for i, r := range refs {
		all[i] = called(r)
	}
	return all
}
