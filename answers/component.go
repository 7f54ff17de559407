package answers

import "masar"

// ComponentName names a component of a score.
type ComponentName string

// The components, in the order of answers: those of a recommendation's score for a country, then those of twinning.
const (
	// ComponentAlign is how directly a recommendation advances the requested target; in twinning, the share of a
	// country's needs that the topic covers.
	ComponentAlign ComponentName = "ALIGN"
	// ComponentEvidence is the net support that it advances the target.
	ComponentEvidence ComponentName = "EVIDENCE"
	// ComponentNeed is the country's need for it.
	ComponentNeed ComponentName = "NEED"
	// ComponentFit is how well it suits the country's means.
	ComponentFit ComponentName = "FIT"
	// ComponentTransfer is how well experience from other countries can be transferred.
	ComponentTransfer ComponentName = "TRANSFER"
	// ComponentDone is the finished share of it.
	ComponentDone ComponentName = "DONE"

	// ComponentSupply and ComponentOwn are the experience of the supplier and of the country itself.
	ComponentSupply ComponentName = "SUPPLY"
	ComponentOwn    ComponentName = "OWN_SUPPLY"
	// ComponentStep is how well the two levels of maturity suit each other.
	ComponentStep ComponentName = "STEP"
	// ComponentSimilarity is the similarity of the two countries.
	ComponentSimilarity ComponentName = "SIMILARITY"
	// ComponentAvailability is how likely the supplier is to take part.
	ComponentAvailability ComponentName = "AVAILABILITY"
)

// Component is a part of a score, with its reasons.
type Component struct {
	Name ComponentName
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
func (c *Component) Known() bool { return c.Low == c.High }
