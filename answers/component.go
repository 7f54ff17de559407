package answers

import "masar"

// ScoreComponentName names a component of a score.
type ScoreComponentName string

// The components, in the order of answers: those of a recommendation's score for a country, then those of twinning.
const (
	// ComponentAlign is how directly a recommendation advances the requested target; in twinning, the share of a
	// country's needs that the topic covers.
	ComponentAlign ScoreComponentName = "ALIGN"
	// ComponentEvidence is the net support that it advances the target.
	ComponentEvidence ScoreComponentName = "EVIDENCE"
	// ComponentNeed is the country's need for it.
	ComponentNeed ScoreComponentName = "NEED"
	// ComponentFit is how well it suits the country's means.
	ComponentFit ScoreComponentName = "FIT"
	// ComponentTransfer is how well experience from other countries can be transferred.
	ComponentTransfer ScoreComponentName = "TRANSFER"
	// ComponentDone is the finished share of it.
	ComponentDone ScoreComponentName = "DONE"

	// ComponentSupply and ComponentOwn are the experience of the supplier and of the country itself.
	ComponentSupply ScoreComponentName = "SUPPLY"
	ComponentOwn    ScoreComponentName = "OWN_SUPPLY"
	// ComponentStep is how well the two levels of maturity suit each other.
	ComponentStep ScoreComponentName = "STEP"
	// ComponentSimilarity is the similarity of the two countries.
	ComponentSimilarity ScoreComponentName = "SIMILARITY"
	// ComponentAvailability is how likely the supplier is to take part.
	ComponentAvailability ScoreComponentName = "AVAILABILITY"
)

// ScoreComponent is a part of a score, with its reasons.
type ScoreComponent struct {
	Name ScoreComponentName
	// Low and High are the minimum and maximum of the number, in [0,1]. They are equal if it is exactly known.
	Low, High float64
	// Weight is the weight in the sum; nil for a factor that multiplies the sum.
	Weight *float64
	// Explanation is the reason for the number.
	Explanation Reason
	// Claims and Observations are the records behind the number.
	Claims       []masar.ClaimKey
	Observations []masar.ObservationKey
}

// Known reports whether the number is exactly known.
func (c *ScoreComponent) Known() bool { return c.Low == c.High }
