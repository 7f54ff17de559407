package masar

// RetirementCause says why a record no longer holds.
type RetirementCause string

// The causes.
const (
	// RetiredAsError: it was wrong.
	RetiredAsError RetirementCause = "ERROR"
	// Outdated: it held once and no longer does.
	Outdated RetirementCause = "OUTDATED"
	// Superseded: another record says it better.
	Superseded RetirementCause = "SUPERSEDED"
	// SourceWithdrawn: the publisher withdrew its source.
	SourceWithdrawn RetirementCause = "SOURCE_WITHDRAWN"
	// Harmful: it must not be shown. Readers see no text of it.
	Harmful RetirementCause = "HARMFUL"
)

// RetirementCauses lists the causes.
var RetirementCauses = []RetirementCause{RetiredAsError, Outdated, Superseded, SourceWithdrawn, Harmful}

// Withdrawal says why a claim or an evidence item is deprecated or rejected.
type Withdrawal struct {
	// Cause is empty for a rejected record.
	Cause   RetirementCause `json:"cause,omitzero"`
	Reasons LocalizedText   `json:"reason,omitzero"`
}

// IsZero reports whether there is neither a cause nor a reason.
func (w Withdrawal) IsZero() bool { return w.Cause == "" && w.Reasons.IsZero() }

// Retirement says why and when a claim or an evidence item was deprecated.
type Retirement struct {
	Cause   RetirementCause
	Reasons LocalizedText
	// At is the time of the retirement, in RFC 3339; nil if it is unknown.
	At *string
}

// Reason is why the record no longer holds; nil for a harmful claim.
func (r *Retirement) Reason(lang []Language) *Text { return r.Reasons.In(lang) }

// Readable reports whether readers find a claim of the status by its ID. Lists have accepted claims only.
func (s ClaimStatus) Readable() bool { return s == ClaimAccepted || s == ClaimDeprecated }

// Retirement says why and when the claim was deprecated; nil for a claim of another status.
func (c *Claim) Retirement() *Retirement {
	if c.Status != ClaimDeprecated {
		return nil
	}
	r := &Retirement{Cause: c.Withdrawal.Cause, Reasons: c.Withdrawal.Reasons}
	if at := c.Authorship.RetiredAt; at != "" {
		r.At = &at
	}
	return r
}

// Retirement says why the evidence item was deprecated; nil for an item of another status. The time is not known.
func (e *Evidence) Retirement() *Retirement {
	if e.Review != ReviewDeprecated {
		return nil
	}
	return &Retirement{Cause: e.Withdrawal.Cause, Reasons: e.Withdrawal.Reasons}
}

// Harmful reports whether the claim was retired because its text must not be shown.
func (c *Claim) Harmful() bool { return c.Status == ClaimDeprecated && c.Withdrawal.Cause == Harmful }

// Harmful reports whether the evidence item was retired because it must not be shown.
func (e *Evidence) Harmful() bool {
	return e.Review == ReviewDeprecated && e.Withdrawal.Cause == Harmful
}

// Shown is the claim as readers see it: without texts if it is harmful.
func (c *Claim) Shown() *Claim {
	if !c.Harmful() {
		return c
	}
	shown := *c
	shown.Rationales, shown.Withdrawal.Reasons = LocalizedText{}, LocalizedText{}
	return &shown
}
