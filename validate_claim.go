package masar

import (
	"slices"
)

func (v *validator) claim(c *Claim) {
	domain, object := Kinds, Kinds
	if spec, ok := PredicateSpecs[c.Predicate]; ok && !spec.SameKind {
		object = spec.Range
		if len(spec.Domain) > 0 {
			domain = spec.Domain
		}
	}
	v.needRef("subject", c.Subject, domain)
	v.needRef("object", c.Object, object)
	v.predicate(c)
	v.role(c)
	v.rationale(c)
	v.withdrawal(c.Withdrawal, string(c.Status))
	v.evidenceOf(c)
	v.bothWays(c)
}

// predicate checks that the predicate allows the kinds of subject and object.
func (v *validator) predicate(c *Claim) {
	spec, ok := PredicateSpecs[c.Predicate]
	from, to := c.Subject.Kind, c.Object.Kind
	switch {
	case !ok || c.Subject.IsZero() || c.Object.IsZero(): // reported separately
	case c.Subject == c.Object:
		v.fault("object", FaultClaimSelf, Args{"ref": c.Subject.String()})
	case spec.Admits(from, to):
	case spec.SameKind:
		v.fault("predicate", FaultPredicateSameKind, Args{"predicate": string(c.Predicate), "subject": string(from), "object": string(to)})
	case len(spec.Domain) == 0:
		v.fault("predicate", FaultPredicateRange, Args{"predicate": string(c.Predicate), "range": names(spec.Range), "object": string(to)})
	default:
		v.fault("predicate", FaultPredicateKinds, Args{
			"predicate": string(c.Predicate), "domain": names(spec.Domain), "range": names(spec.Range),
			"subject": string(from), "object": string(to),
		})
	}
}

func (v *validator) role(c *Claim) {
	switch takes := c.Predicate == Participates; {
	case takes && c.Role == "":
		v.fault("role", FaultRoleMissing, Args{"roles": names(Roles)})
	case !takes && c.Role != "" && slices.Contains(Predicates, c.Predicate):
		v.fault("role", FaultRoleNotAllowed, Args{"predicate": string(c.Predicate)})
	}
}

func (v *validator) rationale(c *Claim) {
	switch {
	case c.Basis == Inferred && c.Rationales.IsZero():
		v.fault("rationale", FaultRationaleMissing, nil)
	case c.Basis == Stated && !c.Rationales.IsZero():
		v.fault("rationale", FaultRationaleNotAllowed, nil)
	}
}

// withdrawal checks that a deprecated record has a cause and a reason, and that only a deprecated or rejected one has.
func (v *validator) withdrawal(w Withdrawal, status string) {
	deprecated, rejected := status == string(ClaimDeprecated), status == string(ClaimRejected)
	switch {
	case deprecated:
		v.need("retirement.cause", string(w.Cause))
		v.needText("retirement.reason", w.Reasons)
	case w.Cause != "":
		v.fault("retirement.cause", FaultRetirementNotAllowed, Args{"status": status})
	case !rejected && !w.Reasons.IsZero():
		v.fault("retirement.reason", FaultRetirementNotAllowed, Args{"status": status})
	}
}

// evidenceOf checks that a claim has the evidence that its status and basis require. A deprecated claim needs none: in what readers
// see, all its evidence may be retired, too.
func (v *validator) evidenceOf(c *Claim) {
	all := v.EvidenceFor(c.Key)
	accepted := slices.DeleteFunc(slices.Clone(all), func(e *Evidence) bool { return e.Review != ReviewAccepted })
	against := func(e *Evidence) bool { return e.Stance == Refutes }
	switch {
	case len(all) == 0 && c.Status != ClaimDeprecated:
		v.fault("evidence", FaultClaimNoEvidence, nil)
	case c.Status != ClaimAccepted:
	case len(accepted) == 0:
		v.fault("evidence", FaultClaimNoneAccepted, nil)
	case c.Basis == Stated && !slices.ContainsFunc(accepted, func(e *Evidence) bool { return !against(e) }):
		v.fault("evidence", FaultClaimUnsupported, nil)
	}
}

// bothWays checks that a symmetric claim does not also exist in the other direction.
func (v *validator) bothWays(c *Claim) {
	if c.Predicate != Duplicates && c.Predicate != SameAs || c.Subject == c.Object {
		return
	}
	back := v.Claim((&Claim{Subject: c.Object, Predicate: c.Predicate, Object: c.Subject}).NewKey())
	if back == nil || !current(c) || !current(back) {
		return
	}
	v.fault("object", FaultClaimBothWays, Args{"predicate": string(c.Predicate), "subject": c.Subject.String(), "object": c.Object.String()})
}

// current reports whether a claim is neither rejected nor deprecated.
func current(c *Claim) bool { return c.Status != ClaimRejected && c.Status != ClaimDeprecated }

// The valid years of an observation.
const firstYear, lastYear = 1990, 2100

func (v *validator) evidence(e *Evidence) {
	switch c := v.Claim(e.ClaimKey); {
	case c == nil:
		v.fault("claim", FaultClaimNotFound, Args{"key": string(e.ClaimKey)})
	case c.Basis == Inferred && (e.Directness == Named || e.Directness == GoalNamed):
		v.fault("directness", FaultDirectnessTooHigh, nil)
	}
	v.withdrawal(e.Withdrawal, string(e.Review))
	v.needText("summary", e.Summaries)
	if e.Passage.IsZero() {
		v.fault("passage", FaultPassageMissing, nil)
		return
	}
	v.passage(e.Passage)
}

func (v *validator) observation(o *Observation) {
	v.needRef("of", o.Of, referenceKinds["Of"])
	if o.Source.IsZero() {
		v.fault("source", FaultSourceMissing, nil)
	}
	v.indicator("indicator", o.Indicator)
	v.inRange("year", float64(o.Year), firstYear, lastYear)
	if o.Passage.IsZero() {
		return
	}
	if o.Passage.Source != o.Source {
		v.fault("passage.source", FaultPassageOtherSource, Args{"passage": o.Passage.Source.String(), "source": o.Source.String()})
	}
	v.passage(o.Passage)
}

// passage checks a passage.
func (v *validator) passage(p Passage) {
	v.needText("passage.locator", p.Locators)
	hashed := v.hash("passage.sha256", p.SHA256)
	d, ok := v.Entity(p.Source).(*Document)
	if !ok {
		return // the reference is reported separately
	}
	at := slices.IndexFunc(d.Versions, func(version DocumentVersion) bool { return version.SHA256 == p.Version })
	if at < 0 {
		v.fault("passage.version", FaultVersionNotFound, Args{"document": d.Code, "version": p.Version})
		return
	}
	faults := ValidRange(p.Start, p.End, d.Versions[at].Length)
	for _, f := range faults {
		v.fault("passage."+f.Path, f.Code, f.Args)
	}
	if len(faults) == 0 && hashed {
		v.quote(p)
	}
}

// quote checks the words of a passage if their text is imported.
func (v *validator) quote(p Passage) {
	text := v.Text(p.Version)
	if text == nil || text.Removed() {
		return
	}
	if _, status := p.Quote(text); status != QuoteVerified {
		v.fault("passage.sha256", FaultQuoteMismatch, Args{"document": p.Source.Code, "start": p.Start, "end": p.End})
	}
}
