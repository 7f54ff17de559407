package masar

import "slices"

// The years that an observation may be of.
const firstYear, lastYear = 1990, 2100

func (v *validator) evidence(e *Evidence) {
	if v.Claim(e.ClaimKey) == nil {
		v.fault("claim", FaultClaimNotFound, Args{"key": string(e.ClaimKey)})
	}
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

// passage checks a pointer into a document.
func (v *validator) passage(p Passage) {
	v.needText("passage.locator", p.Locators)
	hashed := v.hash("passage.sha256", p.SHA256)
	d, ok := v.Entity(p.Source).(*Document)
	if !ok {
		return // the reference has a fault of its own
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

// quote checks the words of a passage, if their text is imported.
func (v *validator) quote(p Passage) {
	text := v.Text(p.Version)
	if text == nil {
		return
	}
	if _, status := p.Quote(text); status != QuoteVerified {
		v.fault("passage.sha256", FaultQuoteMismatch, Args{"document": p.Source.Code, "start": p.Start, "end": p.End})
	}
}
