package seed

import (
	"cmp"
	"strings"

	"masar"
)

// claim is an entry of the graph's edges, with its evidence.
type claim struct {
	Claim     triple        `yaml:"claim,required"`
	Role      masar.Role    `yaml:"role"`
	Basis     masar.Basis   `yaml:"basis" default:"STATED"`
	Rationale localizedText `yaml:"rationale"`
	withdrawal
	Origin   string     `yaml:"origin"`
	Evidence []evidence `yaml:"evidence,required" least:"1"`
}

// withdrawal says that an entry is no longer accepted, or never was, and why. The reason stays on record.
type withdrawal struct {
	Status masar.ClaimStatus     `yaml:"status" default:"ACCEPTED"`
	Cause  masar.RetirementCause `yaml:"cause"`
	Reason localizedText         `yaml:"reason"`
}

// domain returns the withdrawal. A deprecated entry without a cause was an error.
func (w *withdrawal) domain() masar.Withdrawal {
	out := masar.Withdrawal{Cause: w.Cause, Reasons: w.Reason.domain()}
	if w.Status == masar.ClaimDeprecated && out.Cause == "" {
		out.Cause = masar.RetiredAsError
	}
	return out
}

// check reports a rejected entry without a reason. masar.Validate reports a deprecated one.
func (w *withdrawal) check(l linter) {
	if w.Status == masar.ClaimRejected && !l.Group("reason").Given() {
		l.missing("reason", "a rejected entry says why")
	}
}

// evidence is an entry of one evidence item, for or against a claim.
type evidence struct {
	Passage    pointer            `yaml:"passage,required"`
	Stance     masar.Stance       `yaml:"stance" default:"SUPPORTS"`
	Kind       masar.EvidenceKind `yaml:"kind"`
	Directness masar.Directness   `yaml:"directness"`
	Summary    localizedText      `yaml:"summary"`
	withdrawal
}

// domain returns the claim with its key.
func (c *claim) domain(path string) *masar.Claim {
	out := &masar.Claim{
		Subject: c.Claim.subject, Predicate: c.Claim.predicate, Object: c.Claim.object, Role: c.Role,
		Basis: c.Basis, Status: c.Status, Rationales: c.Rationale.domain(), Withdrawal: c.withdrawal.domain(),
		Origin: cmp.Or(c.Origin, originOf(path)),
	}
	out.Key = out.NewKey()
	return out
}

// originOf is the default origin of the claims of a file.
func originOf(path string) string { return "seed:" + path }

// domain returns the evidence item with its key and the defaults of what the entry omits.
func (e *evidence) domain(about *masar.Claim, d *document, p *passage) *masar.Evidence {
	out := &masar.Evidence{
		ClaimKey: about.Key, Stance: e.Stance, Kind: e.Kind, Directness: e.Directness, Review: masar.Review(e.Status),
		Summaries: e.Summary.domain(), Withdrawal: e.withdrawal.domain(), Passage: p.domain(d),
	}
	if out.Kind == "" {
		out.Kind = d.evidenceKind()
	}
	if out.Directness == "" {
		out.Directness = directness(about)
	}
	if out.Summaries.IsZero() {
		out.Summaries = p.Summary.domain()
	}
	out.Key = out.NewKey()
	return out
}

// directness is the default directness of the evidence for a claim.
func directness(c *masar.Claim) masar.Directness {
	switch {
	case c.Basis == masar.Inferred:
		return masar.CuratorsReading
	case c.Object.Kind == masar.KindSdgGoal:
		return masar.GoalNamed
	}
	return masar.Named
}

// claims adds a file's claims and merges them with equal claims of earlier files.
func (r *reader) claims(s *source) {
	for i := range s.file.Claims {
		c, l := &s.file.Claims[i], s.root().Group("claims").At(i)
		about := c.domain(s.path)
		c.check(l)
		if about.Predicate != "" {
			about = r.join(about, l)
		}
		for j := range c.Evidence {
			at := l.Group("evidence").At(j)
			c.Evidence[j].check(at)
			r.evidence(&c.Evidence[j], about, at)
		}
	}
}

// joined is a merged claim with its first position.
type joined struct {
	*masar.Claim
	linter
	// number is the position of the claim in the order of the files.
	number int
}

// join merges a claim with an equal claim of earlier files, and returns the result.
func (r *reader) join(c *masar.Claim, l linter) *masar.Claim {
	before, ok := r.claimByKey[c.Key]
	if !ok {
		r.claimByKey[c.Key] = joined{c, l, len(r.claimByKey) + 1}
		r.index.Add(c)
		r.records = append(r.records, placed{c, l.claimed})
		r.graph.Claims = append(r.graph.Claims, c)
		return c
	}
	switch {
	case before.source == l.source:
		l.Group("claim").Errorf("this claim is also in line %d; merge the evidence into one entry", before.spot.line)
	case before.Basis != c.Basis && before.Basis != "" && c.Basis != "":
		l.Group("basis").Errorf("this claim is %s here and %s in %s; the files must agree", c.Basis, before.Basis, before)
	case before.Status != c.Status && before.Status != "" && c.Status != "":
		l.Group("status").Errorf("this claim is %s here and %s in %s; the files must agree", c.Status, before.Status, before)
	default:
		before.Withdrawal.Reasons.AR.Value = appendText(before.Withdrawal.Reasons.AR.Value, c.Withdrawal.Reasons.AR.Value)
		before.Withdrawal.Reasons.EN.Value = appendText(before.Withdrawal.Reasons.EN.Value, c.Withdrawal.Reasons.EN.Value)
		before.Rationales.AR.Value = appendText(before.Rationales.AR.Value, c.Rationales.AR.Value)
		before.Rationales.EN.Value = appendText(before.Rationales.EN.Value, c.Rationales.EN.Value)
	}
	return before.Claim
}

// appendText appends the text of another file, unless it is already contained.
func appendText(a, b string) string {
	if a == "" || strings.Contains(a, b) {
		return cmp.Or(a, b)
	}
	return a + " " + b
}

// evidence adds an evidence item to its claim.
func (r *reader) evidence(e *evidence, about *masar.Claim, l linter) {
	found := r.passage(e.Passage, l.Group("passage"))
	if found == nil || about.Predicate == "" {
		return
	}
	out := e.domain(about, found.document, found.passage)
	if before, ok := r.evidenceByKey[out.Key]; ok {
		l.Errorf("this passage is already evidence for the claim in %s; remove one of the two", before)
		return
	}
	r.evidenceByKey[out.Key] = l
	r.index.Add(out)
	r.records = append(r.records, placed{out, func(path string) linter { return l.pointed(path, found) }})
	r.graph.Evidence = append(r.graph.Evidence, out)
}
