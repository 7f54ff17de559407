package advice

import (
	"cmp"
	"slices"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// judged is an estimate with where it comes from.
type judged struct {
	scoring.Estimate
	reason       answers.Reason
	claims       []masar.ClaimKey
	observations []masar.ObservationKey
}

// component makes a component of it that has a weight.
func (j judged) component(name answers.ComponentName, weight float64) *answers.Component {
	c := component(name, j.Estimate, j.reason)
	c.Weight, c.Claims, c.Observations = &weight, j.claims, j.observations
	return c
}

// evidence is the net support of the claim that a recommendation advances what was asked for. A claim about the goal of a
// target counts here as what it is, one about the goal: that it counts half for the target is said by ALIGN, and only there.
func (t *tailoring) evidence(c candidate) (judged, *answers.EvidenceReason) {
	reason := &answers.EvidenceReason{}
	if c.advances == nil {
		return judged{Estimate: scoring.Unknown, reason: reason}, reason
	}
	claim := c.advances.Via[0]
	support := t.g.Support(claim)
	reason.Advanced, reason.Basis = t.g.Ref(t.g.Object(claim)), t.g.Basis(claim)
	reason.Families, reason.Net = support.Families, support.Net
	return judged{Estimate: scoring.Known(support.Net), reason: reason, claims: []masar.ClaimKey{t.g.Key(claim)}}, reason
}

// need is the strongest of what is known of the country's facing the challenges that a recommendation addresses: claims about
// the country, claims about groups that it belongs to, which count by the profile's factor, and what gauges measure.
func (t *tailoring) need(recommendation topology.Entity) judged {
	reason := &answers.NeedReason{Country: t.g.Ref(t.country)}
	need := judged{Estimate: scoring.Unknown, reason: reason}
	stronger := func(value float64, is answers.NeedReason, claims []masar.ClaimKey, observations []masar.ObservationKey) {
		if need.IsKnown() && need.Value >= value {
			return
		}
		is.Country, is.Addressed, is.Value = reason.Country, reason.Addressed, value
		*reason = is
		need.Estimate, need.claims, need.observations = scoring.Known(value), claims, observations
	}
	groups := t.g.Structural(t.country, topology.Groups)
	for _, addressed := range along(t.g, recommendation, masar.Addresses) {
		challenge := t.g.Ref(addressed.At)
		reason.Addressed = append(reason.Addressed, challenge)
		addresses := t.g.Key(addressed.Via[0])
		for _, faced := range against(t.g, addressed.At, masar.HasChallenge) {
			is := answers.NeedReason{Challenge: challenge, Net: faced.Score(), Factor: 1}
			switch {
			case faced.At == t.country:
			case slices.Contains(groups, faced.At):
				is.Group, is.Factor = t.g.Ref(faced.At), t.profile.RegionalNeed
			default:
				continue
			}
			stronger(is.Net*is.Factor, is, []masar.ClaimKey{addresses, t.g.Key(faced.Via[0])}, nil)
		}
		for _, gauge := range t.g.Gauges(addressed.At) {
			if measured, at, ok := t.g.Newest(t.country, gauge.Indicator); ok {
				is := answers.NeedReason{Challenge: challenge, Gauge: &gauge, Measured: measured}
				stronger(scoring.Gap(measured.Value, gauge.Worst, gauge.Best), is, []masar.ClaimKey{addresses}, []masar.ObservationKey{t.g.ObservationKey(at)})
			}
		}
	}
	return need
}

// fit is how well the country's maturity suits the recommendation, times the share of what it requires that is in place.
func (t *tailoring) fit(recommendation topology.Entity) judged {
	reason := &answers.FitReason{Country: t.g.Ref(t.country)}
	fit := judged{Estimate: scoring.Unknown, reason: reason, observations: t.indices}
	var prerequisites []scoring.Estimate
	for _, required := range along(t.g, recommendation, masar.Requires) {
		met, by := t.prerequisite(required.At)
		prerequisites = append(prerequisites, met)
		list := &reason.Unsure
		switch {
		case !met.IsKnown():
		case met.Value == 1:
			list = &reason.Met
		case met.Value == 0:
			list = &reason.Unmet
		default:
			list = &reason.Partly
		}
		*list = append(*list, t.g.Ref(required.At))
		fit.claims = append(append(fit.claims, t.g.Key(required.Via[0])), by...)
	}
	low, high, judgedBand := t.g.Band(recommendation)
	if t.maturity != nil {
		reason.Maturity = &t.maturity.Value
	}
	if !judgedBand {
		return fit
	}
	reason.Band = masar.MaturityBand{Low: low, High: high}
	if t.maturity == nil {
		return fit
	}
	reason.Suits = scoring.BandFit(t.maturity.Value, low, high)
	fit.Estimate = scoring.Ready(prerequisites).Times(reason.Suits)
	reason.Value, reason.Low = fit.Value, fit.Low
	return fit
}

// prerequisite tells how far something that a recommendation requires is in place: by what the caller says of it, else by a
// case study of the country that shows the recommendation in practice or concerns the topic, or a narrower one. Where there is
// neither, nothing is known: no text lists what a country has not.
func (t *tailoring) prerequisite(required topology.Entity) (scoring.Estimate, []masar.ClaimKey) {
	if share, told := t.done[required]; told {
		return scoring.Known(share), nil
	}
	predicate, subjects := masar.Demonstrates, []topology.Entity{required}
	if t.g.Ref(required).Kind == masar.KindTopic {
		predicate, subjects = masar.Concerns, t.narrower(required)
	}
	for _, subject := range subjects {
		for _, by := range against(t.g, subject, predicate) {
			if practised, ours := t.practised[by.At]; ours {
				return scoring.Known(1), []masar.ClaimKey{t.g.Key(by.Via[0]), t.g.Key(practised)}
			}
		}
	}
	return scoring.Unknown, nil
}

// transfer is how well the case studies that show a recommendation in practice can be carried over to the country.
func (t *tailoring) transfer(recommendation topology.Entity) (judged, answers.RankedRefs) {
	reason := &answers.TransferReason{}
	transfer := judged{reason: reason}
	cases := answers.RankedRefs{List: []string{"cases", t.g.Ref(recommendation).Code, t.g.Ref(t.country).Code, t.g.AsOf().String()}}
	var precedents []scoring.Precedent
	for _, shown := range demonstrations(t.g, recommendation) {
		p := scoring.Precedent{Support: shown.Score(), Similarity: scoring.Unknown}
		told := answers.CaseShare{Case: t.g.Ref(shown.At), Support: p.Support}
		claims := []masar.ClaimKey{t.g.Key(shown.Via[0])}
		for _, in := range along(t.g, shown.At, masar.PractisedIn) {
			if like := t.similarity(in.At); like.IsKnown() && (!p.Similarity.IsKnown() || like.Value > p.Similarity.Value) {
				p.Similarity, told.Country, told.Similarity = like, t.g.Ref(in.At), &like.Value
				claims = append(claims[:1], t.g.Key(in.Via[0]))
			}
		}
		precedents = append(precedents, p)
		reason.Cases = append(reason.Cases, told)
		transfer.claims = append(transfer.claims, claims...)
		cases.Items = append(cases.Items, answers.RankedRef{Ref: told.Case, Claim: claims[0], Score: p.Support * p.Similarity.Value})
	}
	transfer.Estimate = scoring.Transfer(precedents)
	reason.Value = transfer.Value
	slices.SortStableFunc(cases.Items, func(a, b answers.RankedRef) int { return cmp.Compare(b.Score, a.Score) })
	slices.SortStableFunc(reason.Cases, func(a, b answers.CaseShare) int { return cmp.Compare(counts(b), counts(a)) })
	return transfer, cases
}

// counts is how much a case study counts: nothing where it is not known whose it is.
func counts(c answers.CaseShare) float64 {
	if c.Similarity == nil {
		return 0
	}
	return c.Support * *c.Similarity
}
