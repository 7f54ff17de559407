package advice

import (
	"cmp"
	"slices"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// judged is an interval with the claims and observations behind it.
type judged struct {
	scoring.Interval
	reason       answers.Reason
	claims       []masar.ClaimKey
	observations []masar.ObservationKey
}

// component makes a component of it that has a weight.
func (j judged) component(name answers.ScoreComponentName, weight float64) *answers.ScoreComponent {
	c := component(name, j.Interval, j.reason)
	c.Weight, c.Claims, c.Observations = &weight, j.claims, j.observations
	return c
}

// evidence is the net support of the claim that a recommendation advances the requested target; 0 without such a
// claim. A claim about the target's goal counts with its support for the goal, because ALIGN already halves it.
func (t *tailoring) evidence(c candidate) (judged, *answers.EvidenceReason) {
	reason := &answers.EvidenceReason{}
	if c.advances == nil {
		return judged{reason: reason}, reason
	}
	claim := c.advances.Via[0]
	reason.Advanced, reason.Support = t.g.Ref(t.g.Object(claim)), t.g.Support(claim)
	return judged{Interval: scoring.Known(reason.Support.Net), reason: reason, claims: []masar.ClaimKey{t.g.Key(claim)}}, reason
}

// need is the strongest known need for a recommendation, over the challenges that it addresses. Needs are claims that
// the country has a challenge, claims that one of its groups has it (times the profile's factor), and proxy
// indicators. It is 0 if the recommendation addresses no challenge, and unknown without claims and values.
func (t *tailoring) need(recommendation topology.Entity) judged {
	reason := &answers.NeedReason{Country: t.g.Ref(t.country)}
	need := judged{reason: reason}
	stronger := func(value float64, is answers.NeedReason, claims []masar.ClaimKey, observations []masar.ObservationKey) {
		if !reason.Challenge.IsZero() && reason.Value >= value {
			return
		}
		is.Country, is.Addressed, is.Value = reason.Country, reason.Addressed, value
		*reason = is
		need.Interval, need.claims, need.observations = scoring.Known(value), claims, observations
	}
	groups := t.g.Structural(t.country, topology.Groups)
	for _, addressed := range along(t.g, recommendation, masar.Addresses) {
		challenge := t.g.Ref(addressed.At)
		reason.Addressed = append(reason.Addressed, challenge)
		addresses := t.g.Key(addressed.Via[0])
		for _, faced := range against(t.g, addressed.At, masar.HasChallenge) {
			is := answers.NeedReason{Challenge: challenge, Net: faced.Score(), Factor: 1, Contested: t.g.Status(faced.Via[0]) == masar.Contested}
			switch {
			case faced.At == t.country:
			case slices.Contains(groups, faced.At):
				is.Group, is.Factor = t.g.Ref(faced.At), t.profile.RegionalNeed
			default:
				continue
			}
			stronger(is.Net*is.Factor, is, []masar.ClaimKey{addresses, t.g.Key(faced.Via[0])}, nil)
		}
		for _, proxyIndicator := range t.g.ProxyIndicators(addressed.At) {
			if measured, at, ok := t.g.Newest(t.country, proxyIndicator.Indicator); ok {
				is := answers.NeedReason{Challenge: challenge, ProxyIndicator: &proxyIndicator, Measured: measured}
				stronger(scoring.Gap(measured.Value, proxyIndicator.Worst, proxyIndicator.Best), is, []masar.ClaimKey{addresses}, []masar.ObservationKey{t.g.ObservationKey(at)})
			}
		}
	}
	if len(reason.Addressed) > 0 && reason.Challenge.IsZero() {
		need.Interval = scoring.Unknown
	}
	return need
}

// fit is how well the country's maturity suits the recommendation, times the share of its prerequisites that are in
// place. It is unknown if the recommendation has no maturity band or the country no maturity.
func (t *tailoring) fit(recommendation topology.Entity) judged {
	reason := &answers.FitReason{Country: t.g.Ref(t.country)}
	fit := judged{Interval: scoring.Unknown, reason: reason, observations: t.indices}
	ready := scoring.Ready(t.prerequisites(recommendation, reason, &fit))
	low, high, set := t.g.Band(recommendation)
	if t.maturity != nil {
		reason.Maturity = &t.maturity.Value
	}
	if set {
		reason.Band = masar.MaturityBand{Low: low, High: high}
	}
	if set && t.maturity != nil {
		reason.Suits = scoring.BandFit(t.maturity.Value, low, high, t.profile.BandFade)
		fit.Interval = ready.Times(scoring.Known(reason.Suits))
	}
	reason.Low, reason.High = fit.Low, fit.High
	return fit
}

// prerequisites are the degrees to which a recommendation's prerequisites are in place. It adds them to the reason,
// and their claims to fit.
func (t *tailoring) prerequisites(recommendation topology.Entity, reason *answers.FitReason, fit *judged) []scoring.Interval {
	var all []scoring.Interval
	for _, required := range along(t.g, recommendation, masar.Requires) {
		met, by := t.prerequisite(required.At)
		all = append(all, met)
		list := &reason.Partly
		switch met {
		case scoring.Unknown:
			list = &reason.Unsure
		case scoring.Known(1):
			list = &reason.Met
		case scoring.Known(0):
			list = &reason.Unmet
		}
		*list = append(*list, t.g.Ref(required.At))
		fit.claims = append(append(fit.claims, t.g.Key(required.Via[0])), by...)
	}
	return all
}

// prerequisite is the degree to which a prerequisite is in place. The request's own value comes first, then a case
// study of the country that demonstrates the recommendation or concerns the topic or a narrower one. Otherwise it is
// unknown, because no text lists what a country lacks.
func (t *tailoring) prerequisite(required topology.Entity) (scoring.Interval, []masar.ClaimKey) {
	if share, reported := t.done[required]; reported {
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

// transferred is a transferability with its case studies from other countries, and with those from the country
// itself.
type transferred struct {
	judged
	cases answers.RankedRefs
	here  []masar.Ref
}

// transfer is how well experience with a recommendation in other countries can be transferred to the country.
func (t *tailoring) transfer(recommendation topology.Entity) transferred {
	reason := &answers.TransferReason{}
	transfer := transferred{judged: judged{reason: reason}}
	transfer.cases.List = []string{"cases", t.g.Ref(recommendation).Code, t.g.Ref(t.country).Code, t.g.AsOf().String()}
	var precedents []scoring.Precedent
	for _, shown := range demonstrations(t.g, recommendation) {
		if _, ours := t.practised[shown.At]; ours {
			transfer.here = append(transfer.here, t.g.Ref(shown.At))
			continue
		}
		p, share, claims := t.precedent(shown)
		precedents = append(precedents, p)
		reason.Cases = append(reason.Cases, share)
		transfer.claims = append(transfer.claims, claims...)
		transfer.cases.Items = append(transfer.cases.Items, answers.RankedRef{Ref: share.Case, Claim: claims[0], Score: counts(share)})
	}
	transfer.Interval = scoring.Transfer(precedents)
	reason.Low, reason.High = transfer.Low, transfer.High
	slices.SortStableFunc(transfer.cases.Items, func(a, b answers.RankedRef) int { return cmp.Compare(b.Score, a.Score) })
	slices.SortStableFunc(reason.Cases, func(a, b answers.CaseShare) int { return cmp.Compare(counts(b), counts(a)) })
	return transfer
}

// precedent is a case study with the similarity of the most similar of its countries.
func (t *tailoring) precedent(shown item) (scoring.Precedent, answers.CaseShare, []masar.ClaimKey) {
	p := scoring.Precedent{Support: shown.Score(), Similarity: scoring.Unknown}
	share := answers.CaseShare{Case: t.g.Ref(shown.At), Support: p.Support}
	claims := []masar.ClaimKey{t.g.Key(shown.Via[0])}
	for _, in := range along(t.g, shown.At, masar.PractisedIn) {
		similarity := t.similarity(in.At)
		if similarity.IsKnown() && (share.Similarity == nil || similarity.Low > *share.Similarity) {
			p.Similarity, share.Country, share.Similarity = similarity, t.g.Ref(in.At), &similarity.Low
			claims = append(claims[:1], t.g.Key(in.Via[0]))
		}
	}
	return p, share, claims
}

// counts is the known value of a case study: 0 if the similarity of its country is unknown.
func counts(c answers.CaseShare) float64 {
	if c.Similarity == nil {
		return 0
	}
	return c.Support * *c.Similarity
}
